// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.testing;

import com.nimbusds.jose.jwk.ECKey;
import dev.corkboard.access.v1.ListSigningKeysRequest;
import dev.corkboard.access.v1.ListSigningKeysResponse;
import dev.corkboard.access.v1.SigningKey;
import dev.corkboard.access.v1.SigningKeyServiceGrpc.SigningKeyServiceImplBase;
import dev.corkboard.platform.server.Unary;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;

/** Publishes one key. */
final class FakeKeys extends SigningKeyServiceImplBase {
  private final ECKey key;

  FakeKeys(ECKey key) {
    this.key = key;
  }

  @Override
  public void listSigningKeys(
      ListSigningKeysRequest request, StreamObserver<ListSigningKeysResponse> observer) {
    SigningKey.Builder published =
        SigningKey.newBuilder()
            .setId(key.getKeyID())
            .setPublicJwk(key.toPublicJWK().toJSONString());
    Unary.reply(
        observer,
        () ->
            CompletableFuture.completedStage(
                ListSigningKeysResponse.newBuilder().addSigningKeys(published).build()));
  }
}
