// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.render;

import static dev.corkboard.collage.render.Documents.box;
import static dev.corkboard.collage.render.Documents.canvas;
import static dev.corkboard.collage.render.Documents.image;
import static dev.corkboard.collage.render.Documents.layer;
import static dev.corkboard.collage.render.Documents.rectangle;
import static dev.corkboard.collage.render.Documents.text;
import static dev.corkboard.collage.render.Documents.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import dev.corkboard.collage.v1.BlendMode;
import dev.corkboard.collage.v1.Crop;
import dev.corkboard.collage.v1.Document;
import dev.corkboard.collage.v1.DropShadow;
import dev.corkboard.collage.v1.Group;
import dev.corkboard.collage.v1.Layer;
import dev.corkboard.platform.error.ApiException;
import io.grpc.Status.Code;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.NodeList;

class SvgRendererTest {
  private static final String HOSTILE = "</path><script>alert(1)</script>&\"'<!--]]>";

  private static Element svg(Document document) throws Exception {
    return svg(document, Goldens.PICTURES);
  }

  private static Element svg(Document document, PictureSource pictures) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setNamespaceAware(true);
    factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    return factory
        .newDocumentBuilder()
        .parse(new SvgRenderer(pictures).draw(document).newInput())
        .getDocumentElement();
  }

  private static List<Element> all(Element root, String name) {
    NodeList nodes = root.getElementsByTagNameNS("http://www.w3.org/2000/svg", name);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) elements.add((Element) nodes.item(i));
    return elements;
  }

  private static Element only(Element root, String name) {
    assertThat(all(root, name)).hasSize(1);
    return all(root, name).get(0);
  }

  private static double number(Element element, String attribute) {
    return Double.parseDouble(element.getAttribute(attribute));
  }

  private static BufferedImage embedded(Element image) throws Exception {
    String data = image.getAttribute("href");
    byte[] bytes = Base64.getDecoder().decode(data.substring(data.indexOf(',') + 1));
    return ImageIO.read(new ByteArrayInputStream(bytes));
  }

  @Test
  void itIsAnIsolatedGroupOfTheSizeOfTheCanvas() throws Exception {
    Element root = svg(canvas(30, 20).build());
    assertThat(root.getNamespaceURI()).isEqualTo("http://www.w3.org/2000/svg");
    assertThat(root.getAttribute("width")).isEqualTo("30");
    assertThat(root.getAttribute("viewBox")).isEqualTo("0 0 30 20");
    assertThat(only(root, "g").getAttribute("style")).isEqualTo("isolation:isolate");
  }

  @Test
  void referencesLeadToElementsOfItsOwnAndToNothingElse() throws Exception {
    for (Document document : List.of(Goldens.layers(), Goldens.words())) {
      Element root = svg(document);
      List<String> ids = all(root, "*").stream().map(e -> e.getAttribute("id")).toList();
      for (Element element : all(root, "*")) {
        NamedNodeMap attributes = element.getAttributes();
        for (int i = 0; i < attributes.getLength(); i++) {
          String name = attributes.item(i).getNodeName();
          String value = attributes.item(i).getNodeValue();
          if (value.contains("url(")) {
            assertThat(value).matches("url\\(#d\\d+\\)");
            assertThat(ids).contains(value.substring(5, value.length() - 1));
          } else if (name.equals("href")) {
            assertThat(value).matches("data:image/(png|jpeg);base64,[A-Za-z0-9+/=]+");
          } else if (!name.equals("xmlns")) {
            assertThat(value).doesNotContain(":/").doesNotContain("javascript");
          }
        }
      }
      assertThat(ids.stream().filter(id -> !id.isEmpty())).doesNotHaveDuplicates();
      assertThat(all(root, "*"))
          .extracting(Element::getLocalName)
          .doesNotContain("script", "foreignObject", "style", "text", "a", "use");
    }
  }

  @Test
  void whatUsersWriteIsNowhereInIt() throws Exception {
    Document document =
        with(
                canvas(100, 100),
                layer(box(0, 0, 100, 100))
                    .setId("layer-id")
                    .setName(HOSTILE)
                    .setGroupId("group-id")
                    .setText(text(HOSTILE, "Caveat", 20)))
            .addGroups(Group.newBuilder().setId("group-id").setName(HOSTILE))
            .build();
    String svg = new SvgRenderer(Goldens.PICTURES).draw(document).toStringUtf8();
    assertThat(svg).doesNotContain("script", "alert", "layer-id", "group-id", "<!--");
    assertThat(only(svg(document), "path").getAttribute("d")).startsWith("M");
  }

  @Test
  void aLayerIsBlendedOutsideAndTurnedInside() throws Exception {
    Layer.Builder layer =
        rectangle(box(10, 20, 40, 20).toBuilder().setRotation(90).build(), "#11223380")
            .setBlendMode(BlendMode.BLEND_MODE_MULTIPLY)
            .setOpacity(0.25)
            .setDropShadow(
                DropShadow.newBuilder()
                    .setOffsetX(3)
                    .setOffsetY(4)
                    .setBlur(5)
                    .setColor("#00ff0080"));
    Element root = svg(with(canvas(100, 100), layer).build());
    Element path = only(root, "path");
    Element turned = (Element) path.getParentNode();
    Element blended = (Element) turned.getParentNode();
    assertThat(path.getAttribute("fill")).isEqualTo("#112233");
    assertThat(number(path, "fill-opacity")).isCloseTo(128 / 255.0, within(1e-5));
    assertThat(turned.getAttribute("transform")).isEqualTo("matrix(0 1 -1 0 40 10)");
    assertThat(blended.getAttribute("style")).isEqualTo("mix-blend-mode:multiply");
    assertThat(blended.getAttribute("opacity")).isEqualTo("0.25");
    Element shadow = only(root, "feDropShadow");
    assertThat(number(shadow, "dx")).isEqualTo(3);
    assertThat(number(shadow, "stdDeviation")).isEqualTo(5);
    Element filter = (Element) shadow.getParentNode();
    assertThat(blended.getAttribute("filter")).isEqualTo("url(#" + filter.getAttribute("id") + ")");
    // The turned box is 20 to 40 by 10 to 50.
    assertThat(number(filter, "x")).isLessThanOrEqualTo(20 + 3 - 15);
    assertThat(number(filter, "y") + number(filter, "height")).isGreaterThanOrEqualTo(50 + 4 + 15);
  }

  @Test
  void onlyTheShownPartOfAPictureIsEmbedded() throws Exception {
    BufferedImage picture = new BufferedImage(100, 100, BufferedImage.TYPE_INT_RGB);
    Layer.Builder layer = image(box(0, 0, 400, 400), picture);
    layer
        .getImageBuilder()
        .setCrop(Crop.newBuilder().setX(0.205).setY(0.2).setWidth(0.1).setHeight(0.1));
    Element root = svg(with(canvas(400, 400), layer).build(), image -> picture);
    Element image = only(root, "image");
    assertThat(embedded(image).getWidth()).isEqualTo(11);
    assertThat(embedded(image).getHeight()).isEqualTo(10);
    // Half a pixel of the picture stands out on each side.
    assertThat(number(image, "x")).isCloseTo(-20, within(1e-5));
    assertThat(number(image, "width")).isCloseTo(440, within(1e-5));
    Element viewport = (Element) image.getParentNode();
    assertThat(number(viewport, "width")).isEqualTo(400);
  }

  @Test
  void picturesAreJpegUnlessTheyHaveAlpha() throws Exception {
    BufferedImage opaque = Documents.pixels(1, 0xFF112233);
    BufferedImage clear = Documents.pixels(1, 0x80112233);
    Document document = with(canvas(9, 9), image(box(0, 0, 9, 9), opaque)).build();
    assertThat(only(svg(document, image -> opaque), "image").getAttribute("href"))
        .startsWith("data:image/jpeg");
    assertThat(only(svg(document, image -> clear), "image").getAttribute("href"))
        .startsWith("data:image/png");
    assertThat(embedded(only(svg(document, image -> clear), "image")).getRGB(0, 0))
        .isEqualTo(0x80112233);
  }

  @Test
  void allPicturesTogetherAreBounded() throws Exception {
    BufferedImage picture = new BufferedImage(4_000, 4_000, BufferedImage.TYPE_BYTE_GRAY);
    Document.Builder document = canvas(8_000, 8_000);
    for (int i = 0; i < 8; i++) document.addLayers(image(box(0, 0, 8_000, 8_000), picture));
    long pixels = 0;
    for (Element image : all(svg(document.build(), source -> picture), "image")) {
      BufferedImage embedded = embedded(image);
      pixels += (long) embedded.getWidth() * embedded.getHeight();
    }
    assertThat(pixels).isBetween(15_000_000L, SvgPictures.MAX_PIXELS + 100_000L);
  }

  @Test
  void hiddenLayersAreNotInIt() throws Exception {
    Document document =
        with(canvas(9, 9), rectangle(box(0, 0, 9, 9), "#ff0000").setHidden(true)).build();
    assertThat(all(svg(document), "path")).isEmpty();
  }

  @Test
  void featherIsABlurredMask() throws Exception {
    Element root = svg(Goldens.layers());
    assertThat(all(root, "clipPath")).hasSize(1);
    assertThat(all(root, "mask")).hasSize(2);
    assertThat(all(root, "feGaussianBlur"))
        .extracting(blur -> number(blur, "stdDeviation"))
        .containsExactly(4.0, 3.0);
    // A mask is a PNG: nothing of it is lost.
    Element mask = all(root, "mask").get(1);
    assertThat(only(mask, "image").getAttribute("href")).startsWith("data:image/png");
  }

  @Test
  void tooManyBytesAreRefusedByName() {
    Document document = Goldens.words();
    ApiException refused =
        catchThrowableOfType(
            ApiException.class, () -> new SvgRenderer(Goldens.PICTURES, 50_000).draw(document));
    assertThat(refused.code()).isEqualTo(Code.INVALID_ARGUMENT);
    assertThat(refused.violations())
        .extracting(ApiException.Violation::field)
        .containsExactly("format");
    assertThat(refused).hasMessageContaining("50,000");
  }
}
