// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.pins;

import com.google.common.collect.Iterables;
import dev.corkboard.pin.v1.BatchGetPinsRequest;
import dev.corkboard.pin.v1.Pin;
import dev.corkboard.pin.v1.PinServiceGrpc;
import dev.corkboard.pin.v1.PinServiceGrpc.PinServiceFutureStub;
import dev.corkboard.platform.client.Bearer;
import dev.corkboard.platform.client.Futures;
import dev.corkboard.platform.server.Caller;
import io.grpc.Channel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** {@link PinDirectory} over gRPC. */
public final class GrpcPinDirectory implements PinDirectory {
  /** The most Pins one call may ask for; pin-service's limit. */
  private static final int BATCH = 250;

  private final PinServiceFutureStub pins;

  public GrpcPinDirectory(Channel channel) {
    this.pins = PinServiceGrpc.newFutureStub(channel);
  }

  private PinServiceFutureStub as(Caller caller) {
    return pins.withCallCredentials(Bearer.forward(caller));
  }

  @Override
  public CompletionStage<Map<String, Pin>> visible(Caller caller, Collection<String> pinIds) {
    if (!SCOPES.stream().allMatch(caller::hasScope)) {
      return CompletableFuture.completedStage(Map.of());
    }
    List<CompletableFuture<List<Pin>>> batches = new ArrayList<>();
    for (List<String> batch : Iterables.partition(new LinkedHashSet<>(pinIds), BATCH)) {
      batches.add(batch(caller, batch).toCompletableFuture());
    }
    return CompletableFuture.allOf(batches.toArray(CompletableFuture[]::new))
        .thenApply(
            all -> {
              Map<String, Pin> visible = new HashMap<>();
              for (CompletableFuture<List<Pin>> batch : batches) {
                for (Pin pin : batch.join()) visible.put(pin.getId(), pin);
              }
              return visible;
            });
  }

  private CompletionStage<List<Pin>> batch(Caller caller, List<String> pinIds) {
    return Futures.toStage(
            as(caller).batchGetPins(BatchGetPinsRequest.newBuilder().addAllPinIds(pinIds).build()))
        .thenApply(answer -> answer.getPinsList());
  }
}
