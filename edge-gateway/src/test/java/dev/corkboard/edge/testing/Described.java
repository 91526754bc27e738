// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.corkboard.edge.docs.OpenApi;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Compares answers with the description of the API: every property is described and of its type,
 * and every one that is required is there. Bounds of values are the services'.
 */
public final class Described {
  private static final JsonNode DESCRIPTION = OpenApi.at("https://pins.example");

  private Described() {}

  /** Fails unless the value is as the schema of this name says. */
  public static void as(String schema, JsonNode value) {
    check(DESCRIPTION.at("/components/schemas/" + schema), value, schema);
  }

  private static void check(JsonNode schema, JsonNode value, String path) {
    if (schema.has("$ref")) {
      check(DESCRIPTION.at(schema.get("$ref").textValue().substring(1)), value, path);
    } else if (value.isNull()) {
      assertThat(schema.path("nullable").booleanValue()).as("%s may be null", path).isTrue();
    } else if (schema.path("allOf").size() == 1) {
      check(schema.at("/allOf/0"), value, path);
    } else if (schema.has("oneOf")) {
      String kind = value.path(schema.at("/discriminator/propertyName").textValue()).asText();
      JsonNode mapped = schema.at("/discriminator/mapping").path(kind);
      assertThat(mapped.isTextual()).as("%s of the kind %s", path, kind).isTrue();
      check(DESCRIPTION.at(mapped.textValue().substring(1)), value, path);
    } else if (value.isObject()) {
      object(schema, value, path);
    } else if (value.isArray()) {
      assertThat(schema.path("type").asText()).as(path).isEqualTo("array");
      for (JsonNode item : value) check(schema.get("items"), item, path + "[]");
    } else {
      scalar(schema, value, path);
    }
  }

  private static void object(JsonNode schema, JsonNode value, String path) {
    Map<String, JsonNode> properties = new TreeMap<>();
    List<String> required = new ArrayList<>();
    collect(schema, properties, required);
    assertThat(value.fieldNames()).toIterable().as(path).containsAll(required);
    JsonNode others = schema.path("additionalProperties");
    for (var field : value.properties()) {
      if (others.booleanValue() && !properties.containsKey(field.getKey())) continue;
      JsonNode property = properties.getOrDefault(field.getKey(), others);
      String inner = path + "." + field.getKey();
      assertThat(property.isObject()).as("%s is described", inner).isTrue();
      check(property, field.getValue(), inner);
    }
  }

  private static void collect(
      JsonNode schema, Map<String, JsonNode> properties, List<String> required) {
    JsonNode there =
        schema.has("$ref") ? DESCRIPTION.at(schema.get("$ref").textValue().substring(1)) : schema;
    for (JsonNode part : there.path("allOf")) collect(part, properties, required);
    for (var property : there.path("properties").properties()) {
      properties.put(property.getKey(), property.getValue());
    }
    for (JsonNode name : there.path("required")) required.add(name.textValue());
  }

  private static void scalar(JsonNode schema, JsonNode value, String path) {
    switch (schema.path("type").asText()) {
      case "string" -> assertThat(value.isTextual()).as(path).isTrue();
      case "integer" -> assertThat(value.isIntegralNumber()).as(path).isTrue();
      case "number" -> assertThat(value.isNumber()).as(path).isTrue();
      case "boolean" -> assertThat(value.isBoolean()).as(path).isTrue();
      default -> throw new AssertionError(path + " has no type of " + value);
    }
    if (schema.has("enum")) {
      assertThat(schema.get("enum")).as(path).contains(value);
    }
  }
}
