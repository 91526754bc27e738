// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Reads what processes wrote to a folder of traces, or one file of it: OTLP in JSON, by lines. */
final class TraceFiles {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int STATUS_ERROR = 2;

  private final Path source;

  TraceFiles(Path source) {
    this.source = source;
  }

  /** Every span of a line that has this text; of every line when it is empty. */
  void read(String text, Consumer<TraceSpan> consumer) {
    for (Path file : files()) {
      try (Stream<String> lines = Files.lines(file)) {
        lines.filter(line -> line.contains(text)).forEach(line -> spans(line, consumer));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private List<Path> files() {
    if (!Files.isDirectory(source)) return Files.exists(source) ? List.of(source) : List.of();
    try (Stream<Path> files = Files.list(source)) {
      return files.filter(file -> file.getFileName().toString().contains(".jsonl")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A line that is being written is left out. */
  private static void spans(String line, Consumer<TraceSpan> consumer) {
    JsonNode request;
    try {
      request = JSON.readTree(line);
    } catch (JsonProcessingException unfinished) {
      return;
    }
    for (JsonNode resource : request.path("resourceSpans")) {
      String service =
          attributes(resource.path("resource").path("attributes"))
              .getOrDefault("service.name", "?");
      for (JsonNode scope : resource.path("scopeSpans")) {
        scope.path("spans").forEach(span -> consumer.accept(span(service, span)));
      }
    }
  }

  private static TraceSpan span(String service, JsonNode span) {
    return new TraceSpan(
        service,
        span.path("traceId").asText(),
        span.path("spanId").asText(),
        span.path("parentSpanId").asText(),
        span.path("name").asText(),
        span.path("startTimeUnixNano").asLong(),
        span.path("endTimeUnixNano").asLong(),
        span.path("status").path("code").asInt() == STATUS_ERROR,
        attributes(span.path("attributes")));
  }

  private static Map<String, String> attributes(JsonNode attributes) {
    Map<String, String> values = new HashMap<>();
    for (JsonNode attribute : attributes) {
      List<JsonNode> value = new ArrayList<>();
      attribute.path("value").elements().forEachRemaining(value::add);
      if (!value.isEmpty()) values.put(attribute.path("key").asText(), value.get(0).asText());
    }
    return values;
  }
}
