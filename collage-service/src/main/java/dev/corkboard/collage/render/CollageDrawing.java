// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.render;

import com.google.protobuf.ByteString;
import dev.corkboard.collage.v1.Document;
import dev.corkboard.collage.v1.RenderFormat;
import dev.corkboard.collage.v1.RenderSize;
import dev.corkboard.platform.error.ApiException;
import java.awt.image.BufferedImage;
import java.io.IOException;

/** Draws documents in the formats of the contract. It may be used by many threads at once. */
public final class CollageDrawing {
  private final Renderer renderer;
  private final SvgRenderer svg;

  public CollageDrawing(PictureSource pictures) {
    renderer = new Renderer(pictures);
    svg = new SvgRenderer(pictures);
  }

  /**
   * Draws a valid document; an SVG always has the size of the canvas, whatever that is. It takes
   * the time of the calling thread.
   *
   * @throws ApiException INVALID_FIELD of {@code size} beyond {@link OutputSize#MAX_PIXELS} or of
   *     {@code format} beyond {@link SvgRenderer#MAX_BYTES}
   * @throws IOException if a picture cannot be read
   */
  public Rendering draw(Document document, RenderFormat format, RenderSize size)
      throws IOException {
    if (format == RenderFormat.RENDER_FORMAT_SVG) {
      OutputSize canvas = OutputSize.scaled(document.getCanvas(), 1);
      return rendering("image/svg+xml", canvas, svg.draw(document));
    }
    OutputSize output = OutputSize.of(document.getCanvas(), size);
    BufferedImage drawing = renderer.draw(document, output);
    if (format == RenderFormat.RENDER_FORMAT_JPEG) {
      return rendering("image/jpeg", output, PictureEncoder.jpeg(drawing));
    }
    return rendering("image/png", output, PictureEncoder.png(drawing));
  }

  private static Rendering rendering(String contentType, OutputSize size, ByteString bytes) {
    return new Rendering(contentType, size.width(), size.height(), bytes);
  }
}
