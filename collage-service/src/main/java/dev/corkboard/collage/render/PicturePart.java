// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.render;

import dev.corkboard.collage.v1.Crop;
import dev.corkboard.collage.v1.CutOutContent;
import dev.corkboard.collage.v1.ImageContent;
import dev.corkboard.collage.v1.Picture;
import dev.corkboard.media.v1.Image;
import java.io.IOException;

/** The part of a picture that fills a box. */
record PicturePart(Image image, Crop crop) {
  private static final Crop WHOLE = Crop.newBuilder().setWidth(1).setHeight(1).build();

  static PicturePart of(ImageContent content) {
    return new PicturePart(
        content.getPicture().getImage(), content.hasCrop() ? content.getCrop() : WHOLE);
  }

  static PicturePart of(CutOutContent content) {
    return new PicturePart(
        content.getPicture().getImage(), content.hasCrop() ? content.getCrop() : WHOLE);
  }

  static PicturePart whole(Picture picture) {
    return new PicturePart(picture.getImage(), WHOLE);
  }

  /** The largest part about the middle that has the shape of the box. */
  static PicturePart covering(Picture picture, Box box) {
    Image image = picture.getImage();
    double scale = Math.max(box.width() / image.getWidth(), box.height() / image.getHeight());
    double width = Math.min(1, box.width() / scale / image.getWidth());
    double height = Math.min(1, box.height() / scale / image.getHeight());
    return new PicturePart(
        image,
        Crop.newBuilder()
            .setX((1 - width) / 2)
            .setY((1 - height) / 2)
            .setWidth(width)
            .setHeight(height)
            .build());
  }

  /** With as many pixels as are needed to draw it {@code width} by {@code height} pixels large. */
  Bitmap read(PictureSource pictures, double width, double height) throws IOException {
    return Bitmap.of(pictures.read(image), crop, width, height);
  }
}
