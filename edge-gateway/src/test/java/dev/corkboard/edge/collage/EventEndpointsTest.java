// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.collage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.corkboard.collage.v1.Collage;
import dev.corkboard.edge.testing.Api;
import dev.corkboard.edge.testing.EdgeExtension;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.testing.TestTokens;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class EventEndpointsTest {
  private static final String EDIT =
      "{\"base_revision\":0,\"operations\":[{\"type\":\"remove_layer\",\"layer_id\":\"a\"}]}";

  /** Requests have little time here, and streams as much as they want. */
  @RegisterExtension static final EdgeExtension edge = new EdgeExtension(Duration.ofSeconds(1));

  private final Api api = edge.api("7");
  private String id;

  @BeforeEach
  void make() {
    id = edge.collages().put("7", Collage.getDefaultInstance()).getId();
  }

  private Events watch(String more) throws IOException {
    return watch("", more);
  }

  private Events watch(String query, String more) throws IOException {
    return watch(query, api.token(TestTokens.ALL_SCOPES), more);
  }

  private Events watch(String query, String token, String more) throws IOException {
    return new Events(
        edge.edge().port(),
        "/v1/collages/" + id + "/events" + query,
        "authorization: Bearer " + token + "\r\n" + more);
  }

  private void edit() {
    api.post("/v1/collages/" + id + "/edits", EDIT).has(201);
  }

  private static void awaitText(Events events, String text) {
    await().untilAsserted(() -> assertThat(events.received()).contains(text));
  }

  @Test
  void saysWhereItBeginsAndThenEachEditOnce() throws IOException {
    edit();
    try (Events events = watch("")) {
      awaitText(events, "id: 1\nevent: begin\ndata: {\"revision\":1}\n\n");
      assertThat(events.received().toLowerCase(java.util.Locale.ROOT))
          .startsWith("http/1.1 200")
          .contains("content-type: text/event-stream", "cache-control: no-store");
      edit();
      edit();
      awaitText(events, "id: 3\nevent: edit\ndata: {\"revision\":3,\"actor_id\":\"7\",");
      assertThat(events.received()).containsOnlyOnce("id: 2\nevent: edit");
      edge.edits().beat(id);
      awaitText(events, "\r\n: 3\n\n\r\n");
    }
  }

  @Test
  void goesOnAfterTheLastIdThatTheClientHad() throws IOException {
    edit();
    edit();
    edit();
    try (Events events = watch("?after_revision=1", "")) {
      awaitText(events, "id: 3\nevent: edit");
      assertThat(events.received()).contains("id: 2\nevent: edit");
    }
    try (Events events = watch("?after_revision=1", "Last-Event-ID: 2\r\n")) {
      awaitText(events, "id: 3\nevent: edit");
      assertThat(events.received()).doesNotContain("id: 2\nevent: edit");
    }
  }

  @Test
  void refusesBeforeTheStreamBegins() {
    String path = "/v1/collages/" + id + "/events";
    api.get(path + "?after_revision=x").fails(400, 1, "after_revision: 'x' is not an integer");
    api.send(api.request(path).header("Last-Event-ID", "b").GET())
        .fails(400, 1, "Last-Event-ID: 'b' is not an integer");
    api.get(path + "?after_revision=9").fails(404, 404, "Revision not found.");
    edge.api("8").get(path).fails(404, 404, "Collage not found.");
  }

  @Test
  void outlivesTheTimeOfARequestAndEndsTheCallWhenItsReaderLeaves() throws IOException {
    int before = edge.edits().cancelled();
    try (Events events = watch("")) {
      awaitText(events, "event: begin");
      Instant begun = Instant.now();
      await()
          .until(
              () -> {
                edge.edits().beat(id);
                return Instant.now().isAfter(begun.plusSeconds(2));
              });
      edit();
      awaitText(events, "id: 1\nevent: edit");
    }
    await().until(() -> edge.edits().cancelled() > before);
  }

  @Test
  void endsWithTheToken() throws IOException {
    String token = edge.tokens().access("7", TestTokens.ALL_SCOPES, Instant.now().plusSeconds(2));
    try (Events events = watch("", token, "")) {
      awaitText(events, "event: begin");
      await().until(events::endedCleanly);
    }
  }

  @Test
  void saysWhyItCannotGoOn() throws IOException {
    ApiException expired =
        ApiException.outOfRange(
            ErrorReason.ERROR_REASON_EDITS_EXPIRED, "after_revision", "0", "secret detail");
    for (ApiException failure : List.of(expired, ApiException.unavailable("away", null))) {
      try (Events events = watch("")) {
        awaitText(events, "event: begin");
        await().until(() -> edge.edits().watching(id) > 0);
        edge.edits().fail(id, failure);
        await().until(events::endedCleanly);
        assertThat(events.received())
            .contains(
                failure.equals(expired)
                    ? "\nevent: end\ndata: {\"code\":410,\"message\":\"Edits after that revision"
                    : "\nevent: end\ndata: {\"code\":503,\"message\":\"The service is not");
      }
    }
  }

  @Test
  void endsCleanlyWhenTheEdgeStops() throws Exception {
    EdgeExtension stopping = new EdgeExtension();
    stopping.beforeAll(null);
    String there = stopping.collages().put("7", Collage.getDefaultInstance()).getId();
    String token = stopping.api("7").token(TestTokens.ALL_SCOPES);
    try (Events events =
        new Events(
            stopping.edge().port(),
            "/v1/collages/" + there + "/events",
            "authorization: Bearer " + token + "\r\n")) {
      awaitText(events, "event: begin");
      stopping.afterAll(null);
      await().until(events::endedCleanly);
    }
  }

  @Test
  void anAccountHasTwentyAtOnce() throws IOException {
    int before = edge.edits().cancelled();
    List<Events> open = new ArrayList<>();
    String token = edge.api("20").token(TestTokens.ALL_SCOPES);
    id = edge.collages().put("20", Collage.getDefaultInstance()).getId();
    try {
      for (int i = 0; i < 20; i++) open.add(watch("", token, ""));
      for (Events events : open) awaitText(events, "event: begin");
      String path = "/v1/collages/" + id + "/events";
      edge.api("20").get(path).fails(429, 8, "exceeded a rate limit");
    } finally {
      for (Events events : open) events.close();
    }
    await().until(() -> edge.edits().cancelled() >= before + 20);
    try (Events events = watch("", token, "")) {
      awaitText(events, "event: begin");
    }
  }
}
