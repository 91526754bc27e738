// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.video;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.corkboard.edge.testing.Api;
import dev.corkboard.edge.testing.EdgeExtension;
import dev.corkboard.media.v1.VideoState;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VideoEndpointsTest {
  @RegisterExtension static final EdgeExtension edge = new EdgeExtension();

  private Api api;

  @BeforeEach
  void connect() {
    api = edge.api("7");
  }

  @Test
  void m1RegisteringTellsWhereAndHowToUpload() {
    JsonNode media = api.post("/v5/media", "{\"media_type\":\"video\",\"x\":1}").has(201).json();
    assertThat(media.get("media_id").textValue()).matches("[0-9]+");
    assertThat(media.get("media_type").textValue()).isEqualTo("video");
    assertThat(media.get("upload_url").textValue())
        .isEqualTo(EdgeExtension.PUBLIC_URL + "/uploads/videos");
    JsonNode parameters = media.get("upload_parameters");
    assertThat(parameters.get("Content-Type").textValue()).isEqualTo("multipart/form-data");
    assertThat(parameters.get("key").textValue())
        .isEqualTo("key-" + media.get("media_id").textValue());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|'media_type' is a required property",
        "{\"media_type\":\"image\"}|is not one of",
        "{\"media_type\":1}|is not of type 'string'",
        "[]|is not of type 'object'",
        "{|is not valid JSON"
      },
      quoteCharacter = '`')
  void m1OtherTypesAreRefused(String body, String message) {
    api.post("/v5/media", body).fails(400, 1, message);
  }

  @ParameterizedTest
  @CsvSource({
    "VIDEO_STATE_REGISTERED,registered",
    "VIDEO_STATE_PROCESSING,processing",
    "VIDEO_STATE_SUCCEEDED,succeeded",
    "VIDEO_STATE_FAILED,failed"
  })
  void m3StatusIsOneOfTheContracts(VideoState state, String status) {
    String id = edge.videos().put(state);
    JsonNode media = api.get("/v5/media/" + id + "/").isOk().json();
    assertThat(media.get("media_id").textValue()).isEqualTo(id);
    assertThat(media.get("media_type").textValue()).isEqualTo("video");
    assertThat(media.get("status").textValue()).isEqualTo(status);
  }

  @Test
  void whatIsNoVideoIsNotFound() {
    api.get("/v5/media/1").fails(404, 404, "Media upload not found");
    api.get("/v5/media/99999999999999999999").fails(404, 404, "Media upload not found");
    api.get("/v5/media/abc").fails(400, 1, "does not match '^\\\\d+$'");
  }

  @Test
  void listingIsPaged() {
    for (int i = 0; i < 3; i++) edge.videos().put(VideoState.VIDEO_STATE_SUCCEEDED);
    Set<String> seen = new HashSet<>();
    String bookmark = "";
    do {
      JsonNode page = api.get("/v5/media?page_size=2" + bookmark).isOk().json();
      page.get("items").forEach(item -> seen.add(item.get("media_id").textValue()));
      JsonNode next = page.get("bookmark");
      bookmark = next.isNull() ? "" : "&bookmark=" + next.textValue();
    } while (!bookmark.isEmpty());
    assertThat(seen).hasSizeGreaterThanOrEqualTo(3);
    api.get("/v5/media?page_size=0").fails(400, 1, "page_size");
  }
}
