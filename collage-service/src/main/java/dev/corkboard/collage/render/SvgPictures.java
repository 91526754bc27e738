// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.render;

import com.google.protobuf.ByteString;
import dev.corkboard.collage.v1.Background;
import dev.corkboard.collage.v1.Document;
import dev.corkboard.collage.v1.Layer;
import dev.corkboard.collage.v1.Picture;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Base64;
import javax.xml.stream.XMLStreamException;

/**
 * Embeds pictures: only the part that is shown, written anew as JPEG, or as PNG where it has alpha,
 * so that neither what was cropped nor what a camera noted gets out.
 */
final class SvgPictures {
  /** The most pixels that the pictures of a document have together. */
  static final int MAX_PIXELS = 16_000_000;

  /** Pixels of a picture for one of the canvas, at most, in each direction. */
  private static final double MAX_DENSITY = 2;

  private final PictureSource pictures;
  private final double density;

  SvgPictures(PictureSource pictures, Document document) {
    this.pictures = pictures;
    double area = 0;
    for (Layer layer : VisibleLayers.of(document)) {
      double box = layer.getPlacement().getWidth() * layer.getPlacement().getHeight();
      if (layer.hasImage() || layer.hasCutOut()) area += box;
      if (layer.getCutOut().hasMask()) area += box;
    }
    Background background = document.getCanvas().getBackground();
    if (background.hasPicture()) {
      area += (double) document.getCanvas().getWidth() * document.getCanvas().getHeight();
    }
    density = area == 0 ? MAX_DENSITY : Math.min(MAX_DENSITY, Math.sqrt(MAX_PIXELS / area));
  }

  /** Writes a part of a picture so that it fills a box. */
  void write(SvgWriter svg, PicturePart part, Box box) throws IOException, XMLStreamException {
    write(svg, part, box, false);
  }

  /** Writes a mask so that it fills a box; nothing of it is lost. */
  void writeMask(SvgWriter svg, Picture mask, Box box) throws IOException, XMLStreamException {
    write(svg, PicturePart.whole(mask), box, true);
  }

  private void write(SvgWriter svg, PicturePart part, Box box, boolean lossless)
      throws IOException, XMLStreamException {
    Bitmap bitmap = part.read(pictures, box.width() * density, box.height() * density);
    // The whole pixels written may stand out of the part by a fraction of one, which is cut off.
    AffineTransform toBitmap = bitmap.fromFractions();
    double scaleX = box.width() / toBitmap.getScaleX();
    double scaleY = box.height() / toBitmap.getScaleY();
    svg.open("svg")
        .with(0, 0, box.width(), box.height())
        .open("image")
        .with(
            -toBitmap.getTranslateX() * scaleX,
            -toBitmap.getTranslateY() * scaleY,
            bitmap.width() * scaleX,
            bitmap.height() * scaleY)
        .with("preserveAspectRatio", "none")
        .with("href", data(bitmap.image(), lossless))
        .close()
        .close();
  }

  private static String data(BufferedImage image, boolean lossless) throws IOException {
    boolean jpeg = !lossless;
    for (int pixel : Images.pixels(image)) jpeg &= Argb.alpha(pixel) == 255;
    ByteString bytes = jpeg ? PictureEncoder.jpeg(image) : PictureEncoder.png(image);
    String type = jpeg ? "image/jpeg" : "image/png";
    return "data:" + type + ";base64," + Base64.getEncoder().encodeToString(bytes.toByteArray());
  }
}
