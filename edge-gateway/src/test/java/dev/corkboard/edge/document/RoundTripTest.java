// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.FieldMask;
import com.google.protobuf.Message;
import com.google.protobuf.util.FieldMaskUtil;
import dev.corkboard.collage.v1.BlendMode;
import dev.corkboard.collage.v1.Document;
import dev.corkboard.collage.v1.Layer;
import dev.corkboard.collage.v1.Operation;
import dev.corkboard.collage.v1.Picture;
import dev.corkboard.collage.v1.TextContent;
import dev.corkboard.collage.v1.TextContent.Alignment;
import dev.corkboard.collage.v1.UpdateCanvas;
import dev.corkboard.collage.v1.UpdateGroup;
import dev.corkboard.collage.v1.UpdateLayer;
import dev.corkboard.edge.json.Json;
import dev.corkboard.edge.json.JsonReader;
import dev.corkboard.edge.media.MediaUrls;
import dev.corkboard.edge.testing.Described;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is written can be read: any document and any operation, with any of their fields. */
class RoundTripTest {
  private static final int ROUNDS = 2_000;
  private static final MediaUrls URLS = new MediaUrls("https://pins.example");

  private static final JsonMapper MAPPER = new JsonMapper();

  private final DocumentJson documents = new DocumentJson(URLS);
  private final OperationJson operations = new OperationJson(URLS);

  /** Reads the value of one property. */
  @FunctionalInterface
  private interface Reader<T> {
    T read(JsonReader in) throws IOException;
  }

  private static <T> T read(byte[] json, Reader<T> reader) {
    List<T> read = new ArrayList<>();
    JsonReader.document(json, (name, in) -> read.add(reader.read(in)));
    return read.get(0);
  }

  private Document throughJson(Document document) {
    return read(object(out -> documents.write(out, document)), DocumentReader::document);
  }

  private Operation throughJson(Operation operation) {
    return read(object(out -> property(out, operation)), OperationReader::read);
  }

  /** What means the same in the words of a writer, with defaults spelled out. */
  private static Message.Builder meant(Message.Builder message) {
    for (var field : message.getAllFields().keySet()) {
      if (field.getJavaType() != JavaType.MESSAGE) {
        continue;
      }
      int count = field.isRepeated() ? message.getRepeatedFieldCount(field) : 1;
      for (int i = 0; i < count; i++) {
        meant(
            field.isRepeated()
                ? message.getRepeatedFieldBuilder(field, i)
                : message.getFieldBuilder(field));
      }
    }
    if (message instanceof Picture.Builder picture) {
      String key = picture.getImage().getAssetKey();
      picture.clear().setAssetKey(key);
    }
    if (message instanceof Layer.Builder layer) {
      if (!layer.hasOpacity()) layer.setOpacity(1);
      if (layer.getBlendMode() == BlendMode.BLEND_MODE_UNSPECIFIED) {
        layer.setBlendMode(BlendMode.BLEND_MODE_NORMAL);
      }
    }
    if (message instanceof TextContent.Builder text) {
      if (!text.hasLineHeight()) text.setLineHeight(1.2);
      if (text.getFontWeight() == 0) text.setFontWeight(400);
      if (text.getAlignment() == Alignment.ALIGNMENT_UNSPECIFIED) {
        text.setAlignment(Alignment.ALIGNMENT_START);
      }
    }
    return message;
  }

  @Test
  void anyDocument() {
    for (int seed = 0; seed < ROUNDS; seed++) {
      Document document = RandomMessages.any(seed).like(Document.getDefaultInstance());
      assertThat(throughJson(document))
          .as("seed %s", seed)
          .isEqualTo(meant(document.toBuilder()).build());
    }
  }

  @Test
  void anyOperationThatClientsMaySend() {
    for (int seed = 0; seed < ROUNDS; seed++) {
      Operation operation =
          masked(RandomMessages.any(seed).like(Operation.getDefaultInstance()), new Random(seed));
      if (operation.hasReplaceDocument()) continue;
      assertThat(said(throughJson(operation)))
          .as("seed %s", seed)
          .isEqualTo(said((Operation) meant(operation.toBuilder()).build()));
    }
  }

  /** Of changes what their masks name: nothing else is written. */
  private static Operation said(Operation operation) {
    Operation.Builder said = operation.toBuilder();
    if (operation.hasUpdateLayer()) {
      UpdateLayer update = operation.getUpdateLayer();
      said.getUpdateLayerBuilder()
          .setLayer(
              FieldMaskUtil.trim(update.getUpdateMask(), update.getLayer()).toBuilder()
                  .setId(update.getLayer().getId()));
    }
    if (operation.hasUpdateCanvas()) {
      UpdateCanvas update = operation.getUpdateCanvas();
      said.getUpdateCanvasBuilder()
          .setCanvas(FieldMaskUtil.trim(update.getUpdateMask(), update.getCanvas()));
    }
    if (operation.hasUpdateGroup()) {
      UpdateGroup update = operation.getUpdateGroup();
      said.getUpdateGroupBuilder()
          .setGroup(
              FieldMaskUtil.trim(update.getUpdateMask(), update.getGroup()).toBuilder()
                  .setId(update.getGroup().getId()));
    }
    return said.build();
  }

  private static Operation masked(Operation operation, Random random) {
    Operation.Builder masked = operation.toBuilder();
    if (operation.hasUpdateLayer()) {
      Layer layer = operation.getUpdateLayer().getLayer();
      masked.getUpdateLayerBuilder().setUpdateMask(some(ofLayer(layer), random));
    }
    if (operation.hasUpdateCanvas()) {
      masked
          .getUpdateCanvasBuilder()
          .setUpdateMask(some(List.of("width", "height", "background"), random));
    }
    if (operation.hasUpdateGroup()) {
      masked
          .getUpdateGroupBuilder()
          .setUpdateMask(some(List.of("name", "parent_id", "hidden", "locked"), random));
    }
    if (operation.hasReorderLayer()
        && operation.getReorderLayer().getPositionCase().getNumber() == 0) {
      masked.getReorderLayerBuilder().setToFront(true);
    }
    // They say something only when they are true.
    if (operation.getReorderLayer().hasToFront()) masked.getReorderLayerBuilder().setToFront(true);
    if (operation.getReorderLayer().hasToBack()) masked.getReorderLayerBuilder().setToBack(true);
    return masked.build();
  }

  private static FieldMask some(List<String> paths, Random random) {
    FieldMask.Builder mask = FieldMask.newBuilder();
    paths.stream().filter(path -> random.nextBoolean()).forEach(mask::addPaths);
    return mask.build();
  }

  private static List<String> ofLayer(Layer layer) {
    List<String> paths =
        new ArrayList<>(
            List.of(
                "name",
                "placement",
                "placement.rotation",
                "opacity",
                "blend_mode",
                "locked",
                "hidden",
                "group_id",
                "drop_shadow",
                "drop_shadow.blur"));
    switch (layer.getContentCase()) {
      case IMAGE -> paths.addAll(List.of("image", "image.picture", "image.crop", "image.crop.x"));
      case CUT_OUT -> {
        paths.addAll(List.of("cut_out", "cut_out.picture", "cut_out.crop", "cut_out.feather"));
        switch (layer.getCutOut().getClipCase()) {
          case POLYGON -> paths.addAll(List.of("cut_out.polygon", "cut_out.polygon.points"));
          case PATH -> paths.addAll(List.of("cut_out.path", "cut_out.path.d"));
          case MASK -> paths.addAll(List.of("cut_out.mask", "cut_out.mask.picture"));
          case CLIP_NOT_SET -> {}
        }
      }
      case TEXT -> paths.addAll(List.of("text", "text.text", "text.color", "text.alignment"));
      case STROKE -> paths.addAll(List.of("stroke", "stroke.points", "stroke.color"));
      case SHAPE -> {
        paths.addAll(
            List.of(
                "shape",
                "shape.fill",
                "shape.fill.color",
                "shape.fill.gradient.angle",
                "shape.fill.gradient.stops",
                "shape.outline",
                "shape.outline.width"));
        switch (layer.getShape().getGeometryCase()) {
          case RECTANGLE ->
              paths.addAll(List.of("shape.rectangle", "shape.rectangle.corner_radius"));
          case ELLIPSE -> paths.add("shape.ellipse");
          case POLYGON -> paths.addAll(List.of("shape.polygon", "shape.polygon.points"));
          case LINE -> paths.addAll(List.of("shape.line", "shape.line.from", "shape.line.to.x"));
          case GEOMETRY_NOT_SET -> {}
        }
      }
      case CONTENT_NOT_SET -> {}
    }
    return paths;
  }

  @Test
  void whatIsWrittenIsAsDescribed() {
    for (int seed = 0; seed < 500; seed++) {
      RandomMessages messages = RandomMessages.whole(seed);
      Document document = messages.like(Document.getDefaultInstance());
      Described.as("Document", tree(out -> documents.write(out, document)).get("document"));
      Operation operation = masked(messages.like(Operation.getDefaultInstance()), new Random(seed));
      Described.as("Operation", tree(out -> property(out, operation)).get("operation"));
    }
  }

  private void property(JsonGenerator out, Operation operation) throws IOException {
    out.writeFieldName("operation");
    operations.write(out, operation);
  }

  private static JsonNode tree(Json.Content property) {
    try {
      return MAPPER.readTree(object(property));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An object with one property. */
  private static byte[] object(Json.Content property) {
    return Json.bytes(
            out -> {
              out.writeStartObject();
              property.write(out);
              out.writeEndObject();
            })
        .array();
  }

  @Test
  void someOfALayer() {
    Operation.Builder update = Operation.newBuilder();
    Layer.Builder layer = update.getUpdateLayerBuilder().getLayerBuilder().setId("a");
    layer.getCutOutBuilder().setFeather(2);
    update
        .getUpdateLayerBuilder()
        .setUpdateMask(FieldMask.newBuilder().addPaths("cut_out.feather"));
    JsonNode written = tree(out -> property(out, update.build())).get("operation");
    assertThat(written.get("layer").toString())
        .isEqualTo("{\"id\":\"a\",\"content\":{\"type\":\"cut_out\",\"feather\":2}}");
    assertThat(written.get("update_mask").toString()).isEqualTo("[\"content.feather\"]");
    assertThat(said(throughJson(update.build()))).isEqualTo(said(update.build()));
  }

  @Test
  void whatOnlyTheServiceDoesIsWrittenAsWell() throws IOException {
    Document document = RandomMessages.any(7).like(Document.getDefaultInstance());
    Operation.Builder restored = Operation.newBuilder();
    restored.getReplaceDocumentBuilder().setDocument(document);
    String json = Json.bytes(out -> operations.write(out, restored.build())).toStringUtf8();
    assertThat(json).startsWith("{\"type\":\"replace_document\",\"document\":{\"canvas\":");
    assertThat(
            Json.bytes(out -> operations.write(out, Operation.getDefaultInstance())).toStringUtf8())
        .isEqualTo("{\"type\":\"unknown\"}");
  }
}
