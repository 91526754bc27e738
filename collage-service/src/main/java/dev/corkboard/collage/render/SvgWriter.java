// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.render;

import java.awt.geom.AffineTransform;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes elements of SVG; what is written as a value is never read as markup. */
final class SvgWriter {
  private static final String NAMESPACE = "http://www.w3.org/2000/svg";

  private final XMLStreamWriter xml;

  SvgWriter(OutputStream out) throws XMLStreamException {
    xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(out, "UTF-8");
  }

  /** Begins the document with its root element, which attributes follow. */
  SvgWriter begin() throws XMLStreamException {
    xml.writeStartDocument(StandardCharsets.UTF_8.name(), "1.0");
    xml.setDefaultNamespace(NAMESPACE);
    xml.writeStartElement(NAMESPACE, "svg");
    xml.writeDefaultNamespace(NAMESPACE);
    return this;
  }

  /** Begins an element, which attributes follow. */
  SvgWriter open(String element) throws XMLStreamException {
    xml.writeStartElement(NAMESPACE, element);
    return this;
  }

  SvgWriter with(String attribute, String value) throws XMLStreamException {
    xml.writeAttribute(attribute, value);
    return this;
  }

  SvgWriter with(String attribute, double value) throws XMLStreamException {
    return with(attribute, SvgPath.number(value));
  }

  /** The attributes x, y, width and height. */
  SvgWriter with(double x, double y, double width, double height) throws XMLStreamException {
    return with("x", x).with("y", y).with("width", width).with("height", height);
  }

  /** The attribute {@code transform}. */
  SvgWriter with(AffineTransform transform) throws XMLStreamException {
    if (transform.isIdentity()) return this;
    double[] matrix = new double[6];
    transform.getMatrix(matrix);
    return with(
        "transform",
        DoubleStream.of(matrix)
            .mapToObj(SvgPath::number)
            .collect(Collectors.joining(" ", "matrix(", ")")));
  }

  /** A colour of {@code fill}, {@code stroke}, {@code stop} or {@code flood}. */
  SvgWriter color(String attribute, String opacity, int argb) throws XMLStreamException {
    with(attribute, "#%06x".formatted(argb & 0xFFFFFF));
    if (Argb.alpha(argb) != 255) with(opacity, Argb.alpha(argb) / 255.0);
    return this;
  }

  /** A reference to an element of this document, as {@code url(#id)}. */
  SvgWriter reference(String attribute, String id) throws XMLStreamException {
    return with(attribute, "url(#" + id + ")");
  }

  SvgWriter close() throws XMLStreamException {
    xml.writeEndElement();
    return this;
  }

  void end() throws XMLStreamException {
    xml.writeEndDocument();
    xml.close();
  }
}
