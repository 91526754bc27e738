// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.board.change;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IntentIdsTest {
  private static final long NOW = 1_795_000_000_123L;

  @Test
  void idsAreVersion7AndTellTheirTime() {
    UUID id = IntentIds.at(NOW);

    assertThat(id.version()).isEqualTo(7);
    assertThat(id.variant()).isEqualTo(2);
    assertThat(IntentIds.millisOf(id)).isEqualTo(NOW);
    assertThat(IntentIds.bucketOf(id)).isEqualTo(NOW / 10_000);
  }

  @Test
  void idsOfOneMillisecondDiffer() {
    Set<UUID> ids = new HashSet<>();
    for (int i = 0; i < 10_000; i++) ids.add(IntentIds.at(NOW));

    assertThat(ids).hasSize(10_000);
  }

  @Test
  void laterIdsSortLater() {
    List<UUID> ids =
        new ArrayList<>(IntStream.range(0, 100).mapToObj(i -> IntentIds.at(NOW + i)).toList());
    List<UUID> inOrder = List.copyOf(ids);
    Collections.shuffle(ids);

    ids.sort(IntentIds.ORDER);

    assertThat(ids).isEqualTo(inOrder);
  }

  @Test
  void idsSpreadOverAllShards() {
    Set<Short> shards = new HashSet<>();
    for (int i = 0; i < 200; i++) shards.add(IntentIds.shardOf(IntentIds.at(NOW)));

    assertThat(shards).containsExactlyInAnyOrder((short) 0, (short) 1, (short) 2, (short) 3);
  }
}
