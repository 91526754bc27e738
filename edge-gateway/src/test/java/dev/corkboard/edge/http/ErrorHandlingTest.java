// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corkboard.edge.testing.Answer;
import dev.corkboard.edge.testing.Api;
import dev.corkboard.edge.testing.EdgeExtension;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.platform.error.ApiException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ErrorHandlingTest {
  @RegisterExtension static final EdgeExtension edge = new EdgeExtension();

  private final Api api = edge.api("7");

  private Answer failing(ApiException failure) {
    edge.boards().script().failNext(failure);
    return api.get("/v5/boards/1");
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"UNRECOGNIZED"})
  void e1EveryFailureOfAServiceArrivesInTheContractsShape(ErrorReason reason) {
    Answer answer = failing(ApiException.aborted(reason, "internal detail"));
    assertThat(answer.status()).isBetween(400, 599);
    answer.fails(answer.status(), answer.json().get("code").intValue(), "");
    assertThat(answer.text()).doesNotContain("internal detail");
  }

  @Test
  void aDefectOfAServiceSaysNothing() {
    failing(ApiException.internal(new IllegalStateException("password=hunter2")))
        .fails(500, 500, "Something went wrong on our end");
  }

  @Test
  void waitingIsSuggestedWhereItHelps() {
    Answer overloaded = failing(ApiException.overloaded("pictures"));
    overloaded.fails(429, 8, "This request exceeded a rate limit.");
    assertThat(overloaded.header("retry-after")).isEqualTo("1");
  }

  @Test
  void anIdempotentCallIsRepeatedBehindTheEdge() {
    failing(unavailable()).fails(404, 40, "Board not found.");
  }

  @Test
  void aServiceThatStaysAwayIsUnavailable() {
    for (int attempt = 1; attempt < 4; attempt++) edge.boards().script().failNext(unavailable());
    Answer away = failing(unavailable());
    away.fails(503, 503, "The service is not available.");
    assertThat(away.header("retry-after")).isEqualTo("1");
  }

  private static ApiException unavailable() {
    return ApiException.unavailable("the store is away", null);
  }

  @Test
  void requestsAreCountedByRouteAndStatus() throws Exception {
    api.get("/v5/boards/1").has(404);
    api.get("/nowhere").has(404);
    org.awaitility.Awaitility.await()
        .untilAsserted(
            () ->
                assertThat(edge.metrics())
                    .contains("route=\"/v5/boards/{board_id}\"", "status=\"404\"")
                    .contains("route=\"none\"")
                    .contains("corkboard_edge_requests_seconds_bucket")
                    .doesNotContain("nowhere"));
  }
}
