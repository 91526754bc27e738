// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.pin;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import dev.corkboard.pin.store.v1.Creation;
import dev.corkboard.pin.store.v1.Deletion;
import dev.corkboard.pin.store.v1.Intent;
import dev.corkboard.pin.store.v1.Move;
import dev.corkboard.pin.store.v1.Takedown;
import dev.corkboard.pin.v1.Pin;
import dev.corkboard.platform.server.Caller;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.UUID;

/** Makes intents and the ids of their steps. */
final class Intents {
  private Intents() {}

  /** The id of a step: the same in every process and for every repeat. */
  static UUID step(Intent intent, String step) {
    return UUID.nameUUIDFromBytes((intent.getId() + ":" + step).getBytes(StandardCharsets.UTF_8));
  }

  static Intent create(Pin pin, String requestId, Caller caller, Instant now) {
    return begin(pin.getId(), caller, now)
        .setCreation(Creation.newBuilder().setPin(pin).setRequestId(requestId))
        .build();
  }

  static Intent move(
      Pin before, Pin after, String requestId, ByteString hash, Caller caller, Instant now) {
    return begin(before.getId(), caller, now)
        .setMove(
            Move.newBuilder()
                .setBefore(before)
                .setAfter(after)
                .setRequestId(requestId)
                .setRequestHash(hash))
        .build();
  }

  static Intent delete(Pin pin, boolean conditional, Caller caller, Instant now) {
    Pin row =
        Pin.newBuilder()
            .setId(pin.getId())
            .setOwnerId(pin.getOwnerId())
            .setBoardId(pin.getBoardId())
            .setEtag(pin.getEtag())
            .build();
    return begin(pin.getId(), caller, now)
        .setDeletion(Deletion.newBuilder().setPin(row).setConditional(conditional))
        .build();
  }

  /** Work that follows from another operation, for the same account. */
  static Intent takedown(Intent cause, Pin pin, String boardId, Instant now) {
    return begin(pin.getId(), cause.getActorId(), cause.getActorScopesList(), now)
        .setTakedown(Takedown.newBuilder().setBoardId(boardId).setOwnerId(pin.getOwnerId()))
        .build();
  }

  private static Intent.Builder begin(String pinId, Caller caller, Instant now) {
    return begin(pinId, caller.accountId(), caller.scopes(), now);
  }

  private static Intent.Builder begin(
      String pinId, String actorId, Collection<String> scopes, Instant now) {
    return Intent.newBuilder()
        .setId(UUID.randomUUID().toString())
        .setPinId(pinId)
        .setActorId(actorId)
        .addAllActorScopes(scopes.stream().sorted().toList())
        .setBeginTime(timestamp(now));
  }

  static Timestamp timestamp(Instant instant) {
    return Timestamp.newBuilder()
        .setSeconds(instant.getEpochSecond())
        .setNanos(instant.getNano())
        .build();
  }
}
