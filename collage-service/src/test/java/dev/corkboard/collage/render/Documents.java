// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.render;

import dev.corkboard.collage.v1.Background;
import dev.corkboard.collage.v1.Canvas;
import dev.corkboard.collage.v1.Document;
import dev.corkboard.collage.v1.ImageContent;
import dev.corkboard.collage.v1.Layer;
import dev.corkboard.collage.v1.Outline;
import dev.corkboard.collage.v1.Paint;
import dev.corkboard.collage.v1.Picture;
import dev.corkboard.collage.v1.Placement;
import dev.corkboard.collage.v1.Rectangle;
import dev.corkboard.collage.v1.ShapeContent;
import dev.corkboard.collage.v1.TextContent;
import dev.corkboard.media.v1.Image;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Documents for tests. */
final class Documents {
  private static final AtomicInteger IDS = new AtomicInteger();

  private Documents() {}

  static Document.Builder canvas(int width, int height) {
    return Document.newBuilder().setCanvas(Canvas.newBuilder().setWidth(width).setHeight(height));
  }

  static Document.Builder canvas(int width, int height, String color) {
    Document.Builder document = canvas(width, height);
    document
        .getCanvasBuilder()
        .setBackground(Background.newBuilder().setPaint(Paint.newBuilder().setColor(color)));
    return document;
  }

  static Placement box(double left, double top, double width, double height) {
    return Placement.newBuilder()
        .setCenterX(left + width / 2)
        .setCenterY(top + height / 2)
        .setWidth(width)
        .setHeight(height)
        .build();
  }

  static Layer.Builder layer(Placement placement) {
    return Layer.newBuilder().setId("l" + IDS.incrementAndGet()).setPlacement(placement);
  }

  static Layer.Builder rectangle(Placement placement, String color) {
    return layer(placement)
        .setShape(
            ShapeContent.newBuilder()
                .setRectangle(Rectangle.getDefaultInstance())
                .setFill(Paint.newBuilder().setColor(color)));
  }

  static Outline outline(String color, double width) {
    return Outline.newBuilder().setColor(color).setWidth(width).build();
  }

  static TextContent.Builder text(String text, String family, double size) {
    return TextContent.newBuilder()
        .setText(text)
        .setFontFamily(family)
        .setFontSize(size)
        .setColor("#000000");
  }

  static Picture picture(String key, BufferedImage image) {
    return Picture.newBuilder()
        .setImage(
            Image.newBuilder()
                .setAssetKey(key)
                .setWidth(image.getWidth())
                .setHeight(image.getHeight()))
        .build();
  }

  static Layer.Builder image(Placement placement, BufferedImage image) {
    return layer(placement)
        .setImage(ImageContent.newBuilder().setPicture(picture("picture", image)));
  }

  /** An image of the colours given, row by row. */
  static BufferedImage pixels(int width, int... argb) {
    BufferedImage image =
        new BufferedImage(width, argb.length / width, BufferedImage.TYPE_INT_ARGB);
    image.setRGB(0, 0, width, argb.length / width, argb, 0, width);
    return image;
  }

  static PictureSource noPictures() {
    return image -> {
      throw new IOException("no picture " + image.getAssetKey());
    };
  }

  static BufferedImage draw(Document.Builder document) {
    return draw(document, noPictures());
  }

  static BufferedImage draw(Document.Builder document, BufferedImage picture) {
    return draw(document, image -> picture);
  }

  static BufferedImage draw(Document.Builder document, PictureSource pictures) {
    Canvas canvas = document.getCanvas();
    try {
      return new Renderer(pictures)
          .draw(document.build(), new OutputSize(canvas.getWidth(), canvas.getHeight(), 1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Document.Builder with(Document.Builder document, Layer.Builder... layers) {
    List.of(layers).forEach(document::addLayers);
    return document;
  }
}
