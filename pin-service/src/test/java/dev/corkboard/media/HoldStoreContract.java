// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.media;

import static dev.corkboard.media.MediaFixture.get;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every store of held assets does. */
interface HoldStoreContract {
  HoldStore holds();

  private static String some() {
    return UUID.randomUUID().toString();
  }

  private List<String> kept() {
    List<String> keys = new ArrayList<>();
    get(holds().forEachAssetKey(keys::add));
    return keys;
  }

  @Test
  default void theFirstAssetOfTheSameBytesIsKept() {
    String holder = some();
    String bytes = some();
    String first = some();
    assertThat(get(holds().find(holder, bytes))).isEmpty();
    assertThat(get(holds().put(holder, bytes, first))).isEqualTo(first);
    assertThat(get(holds().put(holder, bytes, first))).isEqualTo(first);
    assertThat(get(holds().put(holder, bytes, some()))).isEqualTo(first);
    assertThat(get(holds().find(holder, bytes))).contains(first);
    assertThat(get(holds().find(some(), bytes))).isEmpty();
    assertThat(kept()).contains(first);
  }

  @Test
  default void aReleaseForgetsAllOfOneHolder() {
    String holder = some();
    String other = some();
    List<String> keys = IntStream.range(0, 250).mapToObj(i -> some()).toList();
    for (String key : keys) get(holds().put(holder, some(), key));
    String stays = get(holds().put(other, some(), some()));
    assertThat(kept()).containsAll(keys);
    get(holds().release(holder));
    get(holds().release(holder));
    assertThat(kept()).doesNotContainAnyElementsOf(keys).contains(stays);
  }
}
