// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.corkboard.edge.EdgeServer;
import dev.corkboard.edge.testing.Answer;
import dev.corkboard.edge.testing.Api;
import dev.corkboard.edge.testing.EdgeExtension;
import dev.corkboard.platform.testing.TestTokens;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DocsEndpointsTest {
  private static final String NOBODY = "127.0.0.1:1";
  private static final Set<String> METHODS =
      Set.of("get", "head", "post", "patch", "put", "delete");

  private final TestTokens tokens = new TestTokens();
  private EdgeServer edge;
  private Api api;

  @BeforeEach
  void start() throws IOException {
    edge = EdgeServer.start(EdgeExtension.config(tokens, 0, NOBODY, NOBODY, NOBODY, NOBODY));
    api = new Api(edge.port(), tokens, "7");
  }

  @AfterEach
  void close() {
    edge.close();
  }

  private Answer anonymous(String path) {
    return api.send(api.anonymous(path).GET());
  }

  private JsonNode description() {
    return anonymous("/openapi.json").isOk().json();
  }

  @Test
  void everyRouteIsDescribedAndEveryOperationHasARoute() {
    Set<String> described = new TreeSet<>();
    description()
        .get("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .fieldNames()
                    .forEachRemaining(
                        method -> {
                          if (METHODS.contains(method)) {
                            described.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey());
                          }
                        }));
    Set<String> served = new TreeSet<>(edge.operations());
    assertThat(served.remove("ANY /healthz")).isTrue();
    served.add("GET /healthz");
    assertThat(described).isEqualTo(served);
  }

  @Test
  void operationsHaveNamesOfTheirOwnAndEveryReferenceIsThere() {
    JsonNode description = description();
    List<JsonNode> ids = description.findValues("operationId");
    assertThat(ids).hasSizeGreaterThan(20).doesNotHaveDuplicates();
    Set<String> references = new HashSet<>(description.findValuesAsText("$ref"));
    assertThat(references).isNotEmpty();
    for (String reference : references) {
      assertThat(description.at(reference.substring(1)).isMissingNode()).as(reference).isFalse();
    }
    assertThat(description.at("/servers/0/url").textValue()).startsWith("http");
  }

  @Test
  void everySchemaPartParameterAndAnswerIsUsed() {
    JsonNode description = description();
    Set<String> references = new HashSet<>(description.findValuesAsText("$ref"));
    List<String> unused = new ArrayList<>();
    for (String kind : List.of("schemas", "parameters", "headers", "responses", "requestBodies")) {
      description
          .at("/components/" + kind)
          .fieldNames()
          .forEachRemaining(
              name -> {
                String reference = "#/components/" + kind + "/" + name;
                if (!references.contains(reference)) unused.add(reference);
              });
    }
    assertThat(unused).isEmpty();
  }

  /** In YAML a comma ends a text that is not quoted, and what follows is a name without a value. */
  @Test
  void noTextEndsAtItsFirstComma() {
    assertThat(withoutValue(description(), "")).isEmpty();
  }

  private static List<String> withoutValue(JsonNode node, String path) {
    List<String> found = new ArrayList<>();
    node.properties()
        .forEach(
            field -> {
              String inner = path + "/" + field.getKey();
              if (field.getValue().isNull()) found.add(inner);
              found.addAll(withoutValue(field.getValue(), inner));
            });
    for (JsonNode element : node.isArray() ? node : List.<JsonNode>of()) {
      found.addAll(withoutValue(element, path + "[]"));
    }
    return found;
  }

  @Test
  void thePageLoadsNothingFromElsewhere() {
    Answer page = anonymous("/docs").isOk();
    assertThat(page.header("content-type")).startsWith("text/html");
    assertThat(page.header("content-security-policy")).startsWith("default-src 'none'");
    Matcher loaded = Pattern.compile("(?:src|href)=\"([^\"]+)\"").matcher(page.text());
    Set<String> files = new HashSet<>();
    while (loaded.find()) files.add(loaded.group(1));
    assertThat(files).hasSize(5);
    for (String file : files) {
      assertThat(file).startsWith(file.startsWith("data:") ? "data:," : "/");
      if (file.startsWith("/")) anonymous(file).isOk();
    }
    anonymous("/docs/").isOk();
  }

  @ParameterizedTest
  @CsvSource({
    "docs.js, text/javascript",
    "swagger-ui-bundle.js, text/javascript",
    "swagger-ui.css, text/css"
  })
  void itsFilesAreServed(String name, String type) {
    Answer file = anonymous("/docs/" + name).isOk();
    assertThat(file.header("content-type")).startsWith(type);
    assertThat(file.bytes()).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource({"index.html", "openapi.yaml", "swagger-ui.css.map"})
  void nothingElseIsServed(String name) {
    anonymous("/docs/" + name).fails(404, 404, "");
  }
}
