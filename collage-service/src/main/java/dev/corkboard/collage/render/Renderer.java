// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.render;

import dev.corkboard.collage.v1.BlendMode;
import dev.corkboard.collage.v1.Canvas;
import dev.corkboard.collage.v1.Document;
import dev.corkboard.collage.v1.DropShadow;
import dev.corkboard.collage.v1.Layer;
import dev.corkboard.platform.error.ApiException;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Draws documents; the same document gives the same pixels on every machine.
 *
 * <p>It holds four bytes for each pixel of the drawing, at most eight more for each that the layer
 * at hand covers (its shadow drawn up to three deviations outside), and one picture at a time: as
 * it is decoded, and again with no more pixels than are drawn. It may be used by many threads at
 * once.
 */
public final class Renderer {
  private final PictureSource pictures;

  public Renderer(PictureSource pictures) {
    this.pictures = pictures;
  }

  /**
   * The drawing of a valid document, as non-premultiplied sRGB.
   *
   * @throws ApiException DEADLINE_EXCEEDED when the caller stops waiting
   * @throws IOException if a picture cannot be read
   */
  public BufferedImage draw(Document document, OutputSize size) throws IOException {
    Canvas canvas = document.getCanvas();
    View view = View.of(size);
    BufferedImage drawing =
        new BufferedImage(size.width(), size.height(), BufferedImage.TYPE_INT_ARGB);
    if (canvas.hasBackground()) {
      List<Fill> background = LayerContent.of(canvas, size.scale(), pictures).fills(view);
      put(drawing, background, BlendMode.BLEND_MODE_NORMAL, 1);
    }
    for (Layer layer : VisibleLayers.of(document)) {
      Abandonment.check();
      draw(drawing, layer, view);
    }
    return drawing;
  }

  private void draw(BufferedImage drawing, Layer layer, View view) throws IOException {
    LayerContent content = LayerContent.of(layer, view.scale(), pictures);
    List<Fill> fills = content.fills(view);
    if (layer.hasDropShadow()) {
      fills = new ArrayList<>(fills);
      fills.add(0, shadow(layer.getDropShadow(), content, view));
    }
    float opacity = layer.hasOpacity() ? (float) layer.getOpacity() : 1;
    put(drawing, fills, layer.getBlendMode(), opacity);
  }

  /** The alpha of a content, moved and blurred. */
  private static Fill shadow(DropShadow shadow, LayerContent content, View view)
      throws IOException {
    double sigma = shadow.getBlur() * view.scale();
    int reach = sigma == 0 ? 0 : new GaussianBlur(sigma).reach();
    View moved = view.moved(shadow.getOffsetX(), shadow.getOffsetY(), reach);
    Fills fills = new Fills(content.fills(moved), moved.limit().width);
    Coverage alpha = alpha(fills).blurred(sigma, view.limit());
    return new Fill(alpha, Ink.solid(Argb.parse(shadow.getColor())));
  }

  private static Coverage alpha(Fills fills) {
    Rectangle bounds = fills.bounds();
    byte[] alpha = new byte[bounds.width * bounds.height];
    int[] row = new int[bounds.width];
    for (int y = 0; y < bounds.height; y++) {
      fills.row(bounds.x, bounds.y + y, row, bounds.width);
      for (int x = 0; x < bounds.width; x++) {
        alpha[y * bounds.width + x] = (byte) Argb.alpha(row[x]);
      }
    }
    return new Coverage(bounds, alpha);
  }

  private static void put(
      BufferedImage drawing, List<Fill> content, BlendMode mode, float opacity) {
    Fills fills = new Fills(content, drawing.getWidth());
    Rectangle bounds = fills.bounds();
    int[] pixels = Images.pixels(drawing);
    int[] row = new int[bounds.width];
    for (int y = bounds.y; y < bounds.y + bounds.height; y++) {
      fills.row(bounds.x, y, row, bounds.width);
      int at = y * drawing.getWidth() + bounds.x;
      Blending.over(pixels, at, row, bounds.width, mode, opacity);
    }
  }
}
