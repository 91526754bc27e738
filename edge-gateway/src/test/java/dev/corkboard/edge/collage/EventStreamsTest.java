// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.collage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corkboard.edge.media.MediaUrls;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.platform.error.ApiException;
import org.junit.jupiter.api.Test;

class EventStreamsTest {
  private final EventStreams streams = new EventStreams(3);

  private static EditStream stream() {
    return new EditStream(new EditJson(new MediaUrls("https://pins.example")));
  }

  private void isRefused(ErrorReason reason) {
    EditStream stream = stream();
    assertThatThrownBy(() -> streams.add(stream, "9"))
        .isInstanceOf(ApiException.class)
        .satisfies(e -> assertThat(((ApiException) e).reason()).isEqualTo(reason));
    streams.remove(stream);
  }

  @Test
  void thereAreSoManyAtOnceAndOneThatEndsMakesRoom() {
    EditStream first = stream();
    streams.add(first, "1");
    streams.add(stream(), "2");
    streams.add(stream(), "3");
    isRefused(ErrorReason.ERROR_REASON_OVERLOADED);
    streams.remove(first);
    streams.remove(first);
    streams.add(stream(), "1");
    isRefused(ErrorReason.ERROR_REASON_OVERLOADED);
  }

  @Test
  void noneBeginsOnceTheEdgeStops() {
    streams.close();
    isRefused(ErrorReason.ERROR_REASON_UNAVAILABLE);
  }
}
