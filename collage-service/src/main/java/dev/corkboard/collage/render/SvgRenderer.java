// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.render;

import com.google.protobuf.ByteString;
import dev.corkboard.collage.v1.BlendMode;
import dev.corkboard.collage.v1.Canvas;
import dev.corkboard.collage.v1.Document;
import dev.corkboard.collage.v1.DropShadow;
import dev.corkboard.collage.v1.Layer;
import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.error.ApiException.Violation;
import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLStreamException;

/**
 * Draws documents as SVG that refers to nothing outside of it: pictures are embedded, words are
 * paths. It shows what {@link Renderer} draws, but for antialiasing and the sampling of pictures,
 * which are a browser's own.
 */
public final class SvgRenderer {
  /** The most bytes that an SVG may have. */
  public static final int MAX_BYTES = 64 << 20;

  private final PictureSource pictures;
  private final int maxBytes;

  public SvgRenderer(PictureSource pictures) {
    this(pictures, MAX_BYTES);
  }

  SvgRenderer(PictureSource pictures, int maxBytes) {
    this.pictures = pictures;
    this.maxBytes = maxBytes;
  }

  /**
   * The SVG of a valid document, in UTF-8; its pictures have at most {@link SvgPictures#MAX_PIXELS}
   * pixels together.
   *
   * @throws ApiException INVALID_FIELD of {@code format} beyond {@link #MAX_BYTES},
   *     DEADLINE_EXCEEDED when the caller stops waiting
   * @throws IOException if a picture cannot be read
   */
  public ByteString draw(Document document) throws IOException {
    BoundedOutput bytes = new BoundedOutput(maxBytes, this::tooLarge);
    try {
      write(document, new SvgWriter(bytes));
    } catch (XMLStreamException e) {
      throw new IOException("cannot write SVG", e);
    }
    return bytes.toByteString();
  }

  private ApiException tooLarge() {
    String description =
        "has more than %,d bytes as SVG (expected: another format)".formatted(maxBytes);
    return ApiException.invalid(List.of(new Violation("format", description)));
  }

  private void write(Document document, SvgWriter svg) throws IOException, XMLStreamException {
    Canvas canvas = document.getCanvas();
    double width = canvas.getWidth();
    double height = canvas.getHeight();
    svg.begin()
        .with("width", width)
        .with("height", height)
        .with("viewBox", "0 0 " + canvas.getWidth() + " " + canvas.getHeight())
        .open("g")
        .with("style", "isolation:isolate");
    SvgContent content = new SvgContent(svg, new SvgPictures(pictures, document));
    content.background(canvas);
    for (Layer layer : VisibleLayers.of(document)) {
      Abandonment.check();
      layer(layer, content, svg);
    }
    svg.close().close().end();
  }

  /**
   * The shadow is thrown by an element around the turned one, so that it is not turned; blending
   * and opacity are for both.
   */
  private static void layer(Layer layer, SvgContent content, SvgWriter svg)
      throws IOException, XMLStreamException {
    Box box = Box.of(layer.getPlacement());
    String shadow = layer.hasDropShadow() ? shadow(layer, box, content, svg) : null;
    svg.open("g");
    if (layer.hasOpacity()) svg.with("opacity", layer.getOpacity());
    String mode = cssName(layer.getBlendMode());
    if (!mode.equals("normal")) svg.with("style", "mix-blend-mode:" + mode);
    if (shadow != null) svg.reference("filter", shadow);
    svg.open("g").with(box.toCanvas());
    content.write(layer, box);
    svg.close().close();
  }

  private static String cssName(BlendMode mode) {
    if (mode == BlendMode.BLEND_MODE_UNSPECIFIED) return "normal";
    return mode.name().substring("BLEND_MODE_".length()).toLowerCase(Locale.ROOT);
  }

  private static String shadow(Layer layer, Box box, SvgContent content, SvgWriter svg)
      throws XMLStreamException {
    DropShadow shadow = layer.getDropShadow();
    Rectangle2D region =
        box.toCanvas().createTransformedShape(SvgContent.extent(layer, box)).getBounds2D();
    double margin = 3 * shadow.getBlur() + 4;
    Rectangle2D moved =
        new Rectangle2D.Double(
            region.getX() + shadow.getOffsetX() - margin,
            region.getY() + shadow.getOffsetY() - margin,
            region.getWidth() + 2 * margin,
            region.getHeight() + 2 * margin);
    Rectangle2D both = region.createUnion(moved);
    String id = content.nextId();
    svg.open("filter")
        .with("id", id)
        .with("filterUnits", "userSpaceOnUse")
        .with(both.getX(), both.getY(), both.getWidth(), both.getHeight())
        .with("color-interpolation-filters", "sRGB")
        .open("feDropShadow")
        .with("dx", shadow.getOffsetX())
        .with("dy", shadow.getOffsetY())
        .with("stdDeviation", shadow.getBlur())
        .color("flood-color", "flood-opacity", Argb.parse(shadow.getColor()))
        .close()
        .close();
    return id;
  }
}
