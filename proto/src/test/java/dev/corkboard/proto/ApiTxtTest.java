// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.proto;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.TextFormat;
import dev.corkboard.access.v1.AccessProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Makes every change of the wire a reviewed line of {@code api.txt}. After a wanted change: {@code
 * mvn -pl proto test -Dtest=ApiTxtTest -Dapi.write=true}.
 */
class ApiTxtTest {
  private static final Path FILE = Path.of("api.txt");

  @Test
  void theWireIsAsReviewed() throws IOException {
    StringBuilder text = new StringBuilder();
    Api.files().forEach(file -> render(file, text));
    if (Boolean.getBoolean("api.write")) Files.writeString(FILE, text);
    assertThat(text.toString()).isEqualTo(Files.readString(FILE));
  }

  private static void render(FileDescriptor file, StringBuilder text) {
    file.getServices()
        .forEach(service -> service.getMethods().forEach(method -> render(method, text)));
    file.getMessageTypes().forEach(message -> render(message, text));
    file.getEnumTypes().forEach(type -> render(type, text));
  }

  private static void render(MethodDescriptor method, StringBuilder text) {
    text.append("rpc ").append(method.getFullName());
    text.append('(').append(method.isClientStreaming() ? "stream " : "");
    text.append(method.getInputType().getFullName()).append(") returns (");
    text.append(method.isServerStreaming() ? "stream " : "");
    text.append(method.getOutputType().getFullName()).append(") ");
    text.append(method.getOptions().getIdempotencyLevel()).append(" {");
    text.append(
        TextFormat.printer()
            .emittingSingleLine(true)
            .printToString(method.getOptions().getExtension(AccessProto.access)));
    text.append("}\n");
  }

  private static void render(Descriptor message, StringBuilder text) {
    text.append("message ").append(message.getFullName()).append('\n');
    List<FieldDescriptor> fields =
        message.getFields().stream()
            .sorted(Comparator.comparingInt(FieldDescriptor::getNumber))
            .toList();
    for (FieldDescriptor field : fields) {
      text.append("  ").append(field.getNumber()).append(' ').append(field.getName()).append(": ");
      text.append(field.isRepeated() ? "repeated " : "").append(type(field));
      if (field.getRealContainingOneof() != null) {
        text.append(" oneof ").append(field.getRealContainingOneof().getName());
      }
      text.append('\n');
    }
    message.getEnumTypes().forEach(type -> render(type, text));
    message.getNestedTypes().forEach(nested -> render(nested, text));
  }

  private static String type(FieldDescriptor field) {
    return switch (field.getType()) {
      case MESSAGE, GROUP -> field.getMessageType().getFullName();
      case ENUM -> field.getEnumType().getFullName();
      default -> field.getType().name().toLowerCase(java.util.Locale.ROOT);
    };
  }

  private static void render(EnumDescriptor type, StringBuilder text) {
    text.append("enum ").append(type.getFullName()).append('\n');
    type.getValues()
        .forEach(
            value ->
                text.append("  ")
                    .append(value.getNumber())
                    .append(' ')
                    .append(value.getName())
                    .append('\n'));
  }
}
