// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.testing;

import com.google.protobuf.util.Timestamps;
import dev.corkboard.oauth.v1.ListRevocationsRequest;
import dev.corkboard.oauth.v1.ListRevocationsResponse;
import dev.corkboard.oauth.v1.OAuthServiceGrpc.OAuthServiceImplBase;
import dev.corkboard.oauth.v1.Revocation;
import dev.corkboard.platform.server.Unary;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** An authorization server that lists the revocations it is told; none at first. */
public final class TestRevocations extends OAuthServiceImplBase {
  private final List<Revocation> revocations = new CopyOnWriteArrayList<>();

  public void add(String id) {
    revocations.add(
        Revocation.newBuilder()
            .setId(id)
            .setRevokeTime(Timestamps.fromMillis(System.currentTimeMillis()))
            .build());
  }

  @Override
  public void listRevocations(
      ListRevocationsRequest request, StreamObserver<ListRevocationsResponse> observer) {
    Unary.reply(
        observer,
        () ->
            CompletableFuture.completedStage(
                ListRevocationsResponse.newBuilder()
                    .addAllRevocations(revocations)
                    .setNextCursor("0")
                    .build()));
  }
}
