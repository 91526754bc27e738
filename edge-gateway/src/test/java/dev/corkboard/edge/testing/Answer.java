// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** What the edge answered. */
public final class Answer {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final Pattern RID = Pattern.compile("[0-9]+");

  private final HttpResponse<byte[]> response;

  Answer(HttpResponse<byte[]> response) {
    this.response = response;
    assertThat(header("x-pinterest-rid")).as("T10").matches(RID);
  }

  public int status() {
    return response.statusCode();
  }

  public String header(String name) {
    return response.headers().firstValue(name).orElse("");
  }

  public byte[] bytes() {
    return response.body();
  }

  public String text() {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  public JsonNode json() {
    try {
      return MAPPER.readTree(response.body());
    } catch (JsonProcessingException e) {
      throw new AssertionError("not JSON: " + text(), e);
    } catch (java.io.IOException e) {
      throw new AssertionError(e);
    }
  }

  /** A field of the answer, as text. */
  public String field(String name) {
    return json().path(name).asText();
  }

  public Answer isOk() {
    return has(200);
  }

  public Answer has(int status) {
    assertThat(status()).as("%s", text()).isEqualTo(status);
    return this;
  }

  /** An error in the contract's shape (E1), with this code and a message that holds the text. */
  public Answer fails(int status, int code, String text) {
    has(status);
    assertThat(header("content-type")).startsWith("application/json");
    assertThat(json().fieldNames()).toIterable().containsExactlyInAnyOrder("code", "message");
    assertThat(json().get("code").isInt()).isTrue();
    assertThat(json().get("code").intValue()).as("%s", text()).isEqualTo(code);
    assertThat(json().get("message").textValue()).contains(text);
    return this;
  }
}
