// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy.canary;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Every operation of the description, with a canary for each parameter and each text of its body:
 * once as it is, once with quotes, statements and line breaks around.
 */
final class Sweep {
  private static final Set<String> METHODS =
      Set.of("get", "head", "post", "put", "patch", "delete");
  private static final int DEPTH = 6;

  private final Calls calls;
  private final Canaries canaries;
  private final JsonNode description;
  private final String token;

  Sweep(Calls calls, Canaries canaries, JsonNode description, String token) {
    this.calls = calls;
    this.canaries = canaries;
    this.description = description;
    this.token = token;
  }

  /** Returns how many operations it called. */
  int run() {
    List<Runnable> operations = new ArrayList<>();
    description
        .get("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(
                        method -> {
                          if (METHODS.contains(method.getKey())) {
                            operations.add(
                                () -> call(method.getKey(), path.getKey(), method.getValue()));
                          }
                        }));
    operations.forEach(Runnable::run);
    return operations.size();
  }

  private void call(String method, String path, JsonNode operation) {
    String id = operation.path("operationId").asText(path);
    for (boolean hostile : new boolean[] {false, true}) {
      String name = id + (hostile ? " hostile" : "");
      String to = path;
      while (to.contains("{")) {
        String value = text(name + " path", hostile);
        to = to.replaceFirst("\\{[a-z_]+}", Calls.encoded(value).replace("+", "%20"));
      }
      String query = Calls.encoded(query(name, operation, hostile));
      ObjectNode body = body(name, operation, hostile);
      calls.send(
          method.toUpperCase(java.util.Locale.ROOT),
          to + (query.isEmpty() ? "" : "?" + query),
          body == null ? null : body.toString(),
          "authorization",
          "Bearer " + (hostile ? canaries.plant(name + " token") : token),
          "content-type",
          "application/json",
          "idempotency-key",
          canaries.plant(name + " key"),
          "user-agent",
          canaries.plant(name + " agent"),
          "x-forwarded-for",
          canaries.plant(name + " forwarded"),
          "tracestate",
          "a=" + canaries.plant(name + " state"),
          "traceparent",
          canaries.plant(name + " parent"));
    }
  }

  private String text(String name, boolean hostile) {
    String canary = canaries.plant(name);
    return hostile ? "'; DROP TABLE pin; --\r\nx-injected: " + canary + "\u0000${jndi:x}" : canary;
  }

  private Map<String, String> query(String name, JsonNode operation, boolean hostile) {
    Map<String, String> query = new LinkedHashMap<>();
    for (JsonNode parameter : operation.path("parameters")) {
      JsonNode known = resolve(parameter);
      if (known.path("in").asText().equals("query")) {
        String key = known.get("name").asText();
        query.put(key, text(name + " " + key, hostile));
      }
    }
    return query;
  }

  private ObjectNode body(String name, JsonNode operation, boolean hostile) {
    JsonNode schema =
        resolve(operation.path("requestBody"))
            .path("content")
            .path("application/json")
            .path("schema");
    if (schema.isMissingNode()) return null;
    return object(name, schema, hostile, 0);
  }

  private ObjectNode object(String name, JsonNode schema, boolean hostile, int depth) {
    ObjectNode object = description.deepCopy();
    object.removeAll();
    JsonNode known = resolve(schema);
    known
        .path("properties")
        .properties()
        .forEach(
            property -> {
              String key = property.getKey();
              JsonNode type = resolve(property.getValue());
              if (type.has("properties") && depth < DEPTH) {
                object.set(key, object(name + "." + key, type, hostile, depth + 1));
              } else if (type.path("type").asText().equals("array")) {
                object.putArray(key).add(text(name + "." + key, hostile));
              } else {
                object.put(key, text(name + "." + key, hostile));
              }
            });
    return object;
  }

  private JsonNode resolve(JsonNode node) {
    JsonNode reference = node.path("$ref");
    return reference.isMissingNode() ? node : description.at(reference.textValue().substring(1));
  }
}
