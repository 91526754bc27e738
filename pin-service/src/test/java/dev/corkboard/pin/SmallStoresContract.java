// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.pin;

import static dev.corkboard.pin.Pins.get;
import static dev.corkboard.pin.Pins.someId;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.corkboard.pin.RequestStore.Known;
import dev.corkboard.pin.store.v1.Intent;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every {@link RequestStore}, {@link IntentStore} and {@link ProgressStore} does. */
interface SmallStoresContract {
  RequestStore requests();

  IntentStore intents();

  ProgressStore progress();

  @Test
  default void firstRequestFixesThePin() {
    String owner = someId();
    String request = UUID.randomUUID().toString();
    Known first = new Known(someId(), ByteString.copyFromUtf8("a"));
    Known second = new Known(someId(), ByteString.copyFromUtf8("b"));
    assertThat(get(requests().find(owner, request))).isEmpty();
    assertThat(get(requests().fix(owner, request, first))).isEqualTo(first);
    assertThat(get(requests().fix(owner, request, second))).isEqualTo(first);
    assertThat(get(requests().find(owner, request))).contains(first);
    assertThat(get(requests().find(someId(), request))).isEmpty();
    get(requests().forget(owner, request, second.pinId()));
    assertThat(get(requests().find(owner, request))).contains(first);
    get(requests().forget(owner, request, first.pinId()));
    assertThat(get(requests().fix(owner, request, second))).isEqualTo(second);
  }

  @Test
  default void intentIsFoundInItsBucketUntilRemoved() {
    Intent intent = Pins.creation(Pins.pin(someId(), someId(), someId()));
    long bucket = IntentStore.bucketOf(intent);
    get(intents().put(intent));
    get(intents().put(intent));
    assertThat(get(intents().list(bucket))).contains(intent);
    assertThat(get(intents().list(bucket + 1))).doesNotContain(intent);
    get(intents().remove(intent));
    assertThat(get(intents().list(bucket))).doesNotContain(intent);
    get(intents().remove(intent));
  }

  @Test
  default void positionIsTheLastOneSaved() {
    String name = "reader-" + someId();
    assertThat(get(progress().position(name))).isEmpty();
    get(progress().savePosition(name, "a"));
    get(progress().savePosition(name, "b"));
    assertThat(get(progress().position(name))).contains("b");
  }

  @Test
  default void cascadeKeepsItsPageUntilItEnds() {
    String board = someId();
    get(progress().saveCascade(board, ""));
    assertThat(get(progress().cascades())).containsEntry(board, "");
    get(progress().saveCascade(board, "page"));
    assertThat(get(progress().cascades())).containsEntry(board, "page");
    get(progress().endCascade(board));
    assertThat(get(progress().cascades())).doesNotContainKey(board);
  }
}
