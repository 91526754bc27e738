// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.render;

import static dev.corkboard.collage.render.Documents.box;
import static dev.corkboard.collage.render.Documents.canvas;
import static dev.corkboard.collage.render.Documents.layer;
import static dev.corkboard.collage.render.Documents.outline;
import static dev.corkboard.collage.render.Documents.picture;
import static dev.corkboard.collage.render.Documents.rectangle;
import static dev.corkboard.collage.render.Documents.text;

import dev.corkboard.collage.v1.BlendMode;
import dev.corkboard.collage.v1.Crop;
import dev.corkboard.collage.v1.CutOutContent;
import dev.corkboard.collage.v1.Document;
import dev.corkboard.collage.v1.DropShadow;
import dev.corkboard.collage.v1.Ellipse;
import dev.corkboard.collage.v1.GradientStop;
import dev.corkboard.collage.v1.ImageContent;
import dev.corkboard.collage.v1.LinearGradient;
import dev.corkboard.collage.v1.Mask;
import dev.corkboard.collage.v1.Paint;
import dev.corkboard.collage.v1.Path;
import dev.corkboard.collage.v1.Picture;
import dev.corkboard.collage.v1.Placement;
import dev.corkboard.collage.v1.Rectangle;
import dev.corkboard.collage.v1.ShapeContent;
import dev.corkboard.collage.v1.StrokeContent;
import dev.corkboard.collage.v1.StrokePoint;
import dev.corkboard.collage.v1.TextContent.Alignment;
import java.awt.image.BufferedImage;

/** Documents whose drawings are kept and compared. */
final class Goldens {
  private static final BufferedImage PHOTO = photo();
  private static final BufferedImage MASK = mask();

  /** A photo and a mask. */
  static final PictureSource PICTURES = image -> image.getAssetKey().equals("mask") ? MASK : PHOTO;

  private Goldens() {}

  private static BufferedImage photo() {
    BufferedImage photo = new BufferedImage(160, 120, BufferedImage.TYPE_3BYTE_BGR);
    for (int y = 0; y < 120; y++) {
      for (int x = 0; x < 160; x++) {
        boolean sun = (x - 40) * (x - 40) + (y - 30) * (y - 30) < 300;
        int checker = (x / 16 + y / 16) % 2 == 0 ? 40 : 200;
        photo.setRGB(x, y, sun ? 0xFFFF00 : Argb.of(255, 255 * x / 160, 255 * y / 120, checker));
      }
    }
    return photo;
  }

  private static BufferedImage mask() {
    BufferedImage mask = new BufferedImage(60, 10, BufferedImage.TYPE_BYTE_GRAY);
    for (int y = 0; y < 10; y++) {
      for (int x = 0; x < 60; x++) mask.getRaster().setSample(x, y, 0, 255 * x / 59);
    }
    return mask;
  }

  /** Words in many scripts, in boxes of their own. */
  static Document words() {
    String[][] words = {
      {"Noto Sans", "Quick brown foxes, Ελλάδα, Русский AVATAR"},
      {"Noto Serif", "Office fjord, ﬁne “words” — and more"},
      {"Noto Sans Mono", "for (int i = 0; i < n; i++)"},
      {"Playfair Display", "Elegant, italic-free"},
      {"Oswald", "HEADLINES 2026"},
      {"Caveat", "by hand, приве́т"},
      {"Noto Sans", "مرحبا بالعالم، نص 123 with English"},
      {"Noto Sans", "שלום עולם (hello) שׁלום"},
      {"Noto Serif", "नमस्ते दुनिया क्षत्रिय हिन्दी"},
      {"Noto Sans", "ภาษาไทยไม่มีช่องว่างระหว่างคำ"},
      {"Noto Sans", "你好，世界。日本語、한국어"},
      {"Noto Sans", "😀 👨‍👩‍👧 🇩🇪 ❤️ 👍🏽 1️⃣ ☀ ✓ ★ ♫ €"},
      {"Noto Sans", "বাংলা தமிழ் Հայերեն ქართული"},
      {"Noto Sans", "Donaudampfschifffahrtsgesellschaft"},
    };
    Document.Builder document = canvas(440, 450, "#ffffff");
    for (int i = 0; i < words.length; i++) {
      Placement placement = box(10 + i % 2 * 215, 10 + i / 2 * 63, 205, 54);
      document.addLayers(rectangle(placement, "#eef2ff"));
      document.addLayers(
          layer(placement)
              .setText(
                  text(words[i][1], words[i][0], 18)
                      .setFontWeight(i % 4 < 2 ? 400 : 700)
                      .setAlignment(Alignment.forNumber(1 + i % 3))));
    }
    return document.build();
  }

  /** Every kind of layer, blending, shadow and clip. */
  static Document layers() {
    Picture photo = picture("photo", PHOTO);
    Document.Builder document = canvas(400, 420);
    document.getCanvasBuilder().getBackgroundBuilder().getPaintBuilder().setGradient(sunset(160));
    document.addLayers(
        layer(box(10, 10, 120, 90))
            .setImage(ImageContent.newBuilder().setPicture(photo))
            .setDropShadow(shadow(5, 5, 4, "#00000090")));
    document.addLayers(
        layer(turned(box(150, 15, 110, 70), 30).setFlipHorizontal(true).build())
            .setImage(ImageContent.newBuilder().setPicture(photo).setCrop(crop()))
            .setDropShadow(shadow(0, 8, 2, "#8000ff")));
    CutOutContent.Builder heart =
        CutOutContent.newBuilder().setPicture(photo).setPath(Path.newBuilder().setD(HEART));
    document.addLayers(layer(box(280, 10, 110, 90)).setCutOut(heart));
    document.addLayers(
        layer(turned(box(10, 125, 110, 90), -15).build())
            .setCutOut(heart.clone().setFeather(4))
            .setDropShadow(shadow(6, 6, 3, "#000000a0")));
    document.addLayers(
        layer(box(145, 120, 110, 90))
            .setCutOut(
                CutOutContent.newBuilder()
                    .setPicture(photo)
                    .setMask(Mask.newBuilder().setPicture(picture("mask", MASK)))
                    .setFeather(3))
            .setOpacity(0.8));
    document.addLayers(
        layer(turned(box(280, 125, 100, 70), 15).build())
            .setShape(
                ShapeContent.newBuilder()
                    .setRectangle(Rectangle.newBuilder().setCornerRadius(20))
                    .setFill(Paint.newBuilder().setGradient(sunset(60)))
                    .setOutline(outline("#00000080", 6))));
    for (int i = 0; i < 5; i++) {
      document.addLayers(
          layer(box(10 + 78 * i, 230, 68, 50))
              .setImage(ImageContent.newBuilder().setPicture(photo)));
      document.addLayers(
          layer(box(30 + 78 * i, 245, 40, 50))
              .setShape(
                  ShapeContent.newBuilder()
                      .setEllipse(Ellipse.getDefaultInstance())
                      .setFill(Paint.newBuilder().setColor("#3080c0c0")))
              .setBlendMode(BlendMode.forNumber(BlendMode.BLEND_MODE_MULTIPLY_VALUE + i)));
    }
    document.addLayers(layer(box(20, 320, 200, 80)).setStroke(wave()));
    document.addLayers(
        layer(turned(box(235, 310, 150, 90), -6).build())
            .setText(
                text("Words &\nمرحبا 😀", "Playfair Display", 30)
                    .setFontWeight(900)
                    .setColor("#402060"))
            .setDropShadow(shadow(2, 2, 1, "#ffffff")));
    return document.build();
  }

  private static final String HEART =
      "M.5 .95C-.2 .45 .1 -.05 .5 .25C.9 -.05 1.2 .45 .5 .95ZM.4 .4H.6V.6H.4Z";

  private static Placement.Builder turned(Placement placement, double degrees) {
    return placement.toBuilder().setRotation(degrees);
  }

  private static Crop crop() {
    return Crop.newBuilder().setX(0.1).setY(0.1).setWidth(0.5).setHeight(0.5).build();
  }

  private static DropShadow shadow(double x, double y, double blur, String color) {
    return DropShadow.newBuilder()
        .setOffsetX(x)
        .setOffsetY(y)
        .setBlur(blur)
        .setColor(color)
        .build();
  }

  private static LinearGradient sunset(double angle) {
    return LinearGradient.newBuilder()
        .setAngle(angle)
        .addStops(GradientStop.newBuilder().setOffset(0).setColor("#ffd0b0"))
        .addStops(GradientStop.newBuilder().setOffset(0.6).setColor("#ff80a0c0"))
        .addStops(GradientStop.newBuilder().setOffset(1).setColor("#8090ff"))
        .build();
  }

  private static StrokeContent wave() {
    StrokeContent.Builder stroke = StrokeContent.newBuilder().setColor("#d0208090").setWidth(18);
    for (int i = 0; i <= 40; i++) {
      stroke.addPoints(
          StrokePoint.newBuilder()
              .setX(i / 40.0)
              .setY(0.5 + 0.4 * StrictMath.sin(i / 4.0))
              .setPressure(0.15 + 0.85 * Math.abs(StrictMath.sin(i / 9.0))));
    }
    return stroke.build();
  }
}
