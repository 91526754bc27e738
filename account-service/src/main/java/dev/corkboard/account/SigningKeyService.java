// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.account;

import com.google.protobuf.util.Timestamps;
import com.nimbusds.jose.jwk.ECKey;
import dev.corkboard.access.v1.ListSigningKeysRequest;
import dev.corkboard.access.v1.ListSigningKeysResponse;
import dev.corkboard.access.v1.RotateSigningKeyRequest;
import dev.corkboard.access.v1.SigningKey;
import dev.corkboard.access.v1.SigningKeyServiceGrpc;
import dev.corkboard.platform.server.Unary;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;

/** Publishes the public keys of the token issuer. */
final class SigningKeyService extends SigningKeyServiceGrpc.SigningKeyServiceImplBase {
  private final TokenIssuer issuer;

  SigningKeyService(TokenIssuer issuer) {
    this.issuer = issuer;
  }

  @Override
  public void listSigningKeys(
      ListSigningKeysRequest request, StreamObserver<ListSigningKeysResponse> observer) {
    Unary.reply(
        observer,
        () -> {
          ListSigningKeysResponse.Builder response = ListSigningKeysResponse.newBuilder();
          issuer.publicKeys().forEach(key -> response.addSigningKeys(proto(key)));
          return CompletableFuture.completedStage(response.build());
        });
  }

  @Override
  public void rotateSigningKey(
      RotateSigningKeyRequest request, StreamObserver<SigningKey> observer) {
    Unary.reply(observer, () -> issuer.rotate().thenApply(SigningKeyService::proto));
  }

  private static SigningKey proto(ECKey key) {
    return SigningKey.newBuilder()
        .setId(key.getKeyID())
        .setPublicJwk(key.toJSONString())
        .setCreateTime(Timestamps.fromMillis(key.getIssueTime().toInstant().toEpochMilli()))
        .build();
  }
}
