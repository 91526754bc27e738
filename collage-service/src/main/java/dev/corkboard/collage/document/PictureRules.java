// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.document;

import dev.corkboard.collage.v1.Crop;
import dev.corkboard.collage.v1.CutOutContent;
import dev.corkboard.collage.v1.Mask;
import dev.corkboard.collage.v1.Picture;
import dev.corkboard.media.v1.Image;

/**
 * The limits of pictures, their crops and clips. Pictures are resolved before they come here: they
 * have the collage's own copy, and no source.
 */
final class PictureRules {
  static final double MAX_FEATHER = 100;

  private PictureRules() {}

  static void picture(Checks checks, String field, boolean present, Picture picture) {
    if (!present) {
      checks.add(field, "is required");
      return;
    }
    if (picture.getSourceCase() != Picture.SourceCase.SOURCE_NOT_SET
        || picture.getImage().getAssetKey().isEmpty()) {
      throw new IllegalStateException(field + ": a picture that is not resolved");
    }
  }

  static void crop(Checks checks, boolean present, Crop crop) {
    if (!present) return;
    Checks inner = checks.in("crop");
    edge(inner, "x", crop.getX(), "width", crop.getWidth());
    edge(inner, "y", crop.getY(), "height", crop.getHeight());
  }

  private static void edge(Checks checks, String edge, double from, String extent, double size) {
    if (!(from >= 0 && from < 1)) {
      checks.add(edge, "must be from 0 and below 1, got " + from);
      return;
    }
    checks.size(extent, size, 1);
    if (size <= 1 && from + size > 1) {
      checks.add(extent, "must with %s be at most 1, got %s".formatted(edge, from + size));
    }
  }

  /**
   * Checks a cut-out.
   *
   * @param pathAsBefore whether its path was accepted before; reading a path costs the most of all
   */
  static void cutOut(Checks checks, CutOutContent cutOut, boolean pathAsBefore) {
    picture(checks, "picture", cutOut.hasPicture(), cutOut.getPicture());
    crop(checks, cutOut.hasCrop(), cutOut.getCrop());
    checks.range("feather", cutOut.getFeather(), 0, MAX_FEATHER);
    switch (cutOut.getClipCase()) {
      case POLYGON -> PaintRules.polygon(checks.in("polygon"), cutOut.getPolygon());
      case PATH -> {
        if (!pathAsBefore) path(checks.in("path"), cutOut.getPath().getD());
      }
      case MASK -> mask(checks.in("mask"), cutOut.getMask(), cutOut.getPicture().getImage());
      case CLIP_NOT_SET -> checks.add("clip", "needs polygon, path or mask");
    }
  }

  private static void path(Checks checks, String d) {
    try {
      PathData.parse(d);
    } catch (IllegalArgumentException broken) {
      checks.add("d", broken.getMessage());
    }
  }

  private static void mask(Checks checks, Mask mask, Image masked) {
    picture(checks, "picture", mask.hasPicture(), mask.getPicture());
    if (!mask.hasPicture()) return;
    Image image = mask.getPicture().getImage();
    if (!image.getContentType().equals("image/png")) {
      checks.add("picture", "must be a PNG, got " + image.getContentType());
    }
    if (image.getWidth() > masked.getWidth() || image.getHeight() > masked.getHeight()) {
      checks.add(
          "picture",
          "must be no wider or higher than the picture, %dx%d, got %dx%d"
              .formatted(
                  masked.getWidth(), masked.getHeight(), image.getWidth(), image.getHeight()));
    }
  }
}
