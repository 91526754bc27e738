// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.OpenApi30;
import dev.corkboard.edge.docs.OpenApi;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** An OpenAPI description that every answer of the end-to-end tests is held to. */
final class Description {
  /** Present beside the project where it is developed; not ours to publish. */
  private static final Path OFFICIAL = Path.of("../../shared/contract/v5-curation.openapi.json");

  private static final List<Description> ALL = all();

  private final String name;
  private final JsonNode root;
  private final String prefix;
  private final Map<String, Pattern> paths = new LinkedHashMap<>();
  private final Map<String, Schema> schemas = new ConcurrentHashMap<>();
  private final SchemaRegistry registry =
      SchemaRegistry.withDialect(
          OpenApi30.getInstance(),
          builder ->
              builder.schemaRegistryConfig(
                  SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));

  private Description(String name, JsonNode root, String prefix) {
    this.name = name;
    this.root = root;
    this.prefix = prefix;
    List<String> templates = new ArrayList<>();
    root.get("paths").fieldNames().forEachRemaining(templates::add);
    // A literal segment wins over a variable (T8).
    templates.sort((a, b) -> a.replace('{', '\uffff').compareTo(b.replace('{', '\uffff')));
    for (String template : templates) {
      paths.put(template, Pattern.compile(template.replaceAll("\\{[a-z_]+}", "[^/]+") + "/?"));
    }
  }

  private static List<Description> all() {
    List<Description> all = new ArrayList<>(List.of(own()));
    if (Files.exists(OFFICIAL)) {
      try {
        all.add(new Description("official", Rest.JSON.readTree(OFFICIAL.toFile()), "/v5"));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return List.copyOf(all);
  }

  /** Our own. */
  static Description own() {
    return new Description("own", OpenApi.at("http://corkboard.test"), "");
  }

  /**
   * Holds an answer to every description there is.
   *
   * @throws AssertionError if one of them does not allow it
   */
  static void checkAll(String method, URI uri, int status, String body) {
    for (Description description : ALL) description.check(method, uri, status, body);
  }

  /** The same for this one; what is no operation of it is passed over. */
  void check(String method, URI uri, int status, String body) {
    Optional<String> template = template(uri.getRawPath());
    if (template.isEmpty()) return;
    String verb = method.toLowerCase(Locale.ROOT);
    JsonNode operation = root.get("paths").get(template.get()).path(verb);
    if (operation.isMissingNode()) return;
    String answer = "%s, %s %s: %d %s".formatted(name, method, uri, status, body);
    JsonNode responses = operation.get("responses");
    String key = responses.has(Integer.toString(status)) ? Integer.toString(status) : "default";
    if (!responses.has(key)) throw new AssertionError("not described: " + answer);
    JsonNode content = resolved(responses.get(key)).path("content");
    if (content.isMissingNode() != body.isEmpty()) {
      throw new AssertionError("a body, or none, is not described: " + answer);
    }
    JsonNode schema = content.path("application/json").path("schema");
    if (schema.isMissingNode()) return;
    List<Error> errors =
        schemas
            .computeIfAbsent(template.get() + ' ' + verb + ' ' + key, k -> compile(schema))
            .validate(body, InputFormat.JSON);
    if (!errors.isEmpty()) throw new AssertionError(errors + " in " + answer);
  }

  private Optional<String> template(String path) {
    if (!path.startsWith(prefix)) return Optional.empty();
    String rest = path.substring(prefix.length());
    return paths.entrySet().stream()
        .filter(entry -> entry.getValue().matcher(rest).matches())
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private JsonNode resolved(JsonNode response) {
    JsonNode reference = response.path("$ref");
    return reference.isMissingNode() ? response : root.at(reference.textValue().substring(1));
  }

  private Schema compile(JsonNode schema) {
    ObjectNode document = Rest.JSON.createObjectNode();
    document.putArray("allOf").add(schema);
    document.set("components", root.get("components"));
    return registry.getSchema(document.toString(), InputFormat.JSON);
  }
}
