// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage;

import static dev.corkboard.collage.Fixtures.await;
import static dev.corkboard.collage.Fixtures.newId;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.corkboard.collage.CreationStore.Known;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every store of creations does. */
interface CreationStoreContract {
  CreationStore creations();

  @Test
  default void theFirstCollageOfARequestStays() {
    long owner = newId();
    UUID request = UUID.randomUUID();
    Known first = new Known(newId(), ByteString.copyFromUtf8("one"));
    Known second = new Known(newId(), ByteString.copyFromUtf8("two"));
    assertThat(await(creations().find(owner, request))).isEmpty();
    assertThat(await(creations().fix(owner, request, first))).isEqualTo(first);
    assertThat(await(creations().fix(owner, request, second))).isEqualTo(first);
    assertThat(await(creations().find(owner, request))).contains(first);
    assertThat(await(creations().find(newId(), request))).isEmpty();
    assertThat(await(creations().find(owner, UUID.randomUUID()))).isEmpty();
  }
}
