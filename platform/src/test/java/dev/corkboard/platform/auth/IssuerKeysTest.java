// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corkboard.access.v1.ListSigningKeysRequest;
import dev.corkboard.access.v1.ListSigningKeysResponse;
import dev.corkboard.access.v1.SigningKey;
import dev.corkboard.access.v1.SigningKeyServiceGrpc;
import dev.corkboard.platform.testing.GrpcExtension;
import dev.corkboard.platform.testing.TestClock;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class IssuerKeysTest {
  private final AtomicInteger reads = new AtomicInteger();
  private final AtomicBoolean down = new AtomicBoolean();
  private final TestClock clock = new TestClock();

  @RegisterExtension
  final GrpcExtension grpc =
      new GrpcExtension(
          "account",
          tokens ->
              List.of(
                  new SigningKeyServiceGrpc.SigningKeyServiceImplBase() {
                    @Override
                    public void listSigningKeys(
                        ListSigningKeysRequest request,
                        StreamObserver<ListSigningKeysResponse> observer) {
                      reads.incrementAndGet();
                      if (down.get()) {
                        observer.onError(Status.UNAVAILABLE.asRuntimeException());
                        return;
                      }
                      observer.onNext(
                          ListSigningKeysResponse.newBuilder()
                              .addSigningKeys(
                                  SigningKey.newBuilder()
                                      .setId(tokens.issuerKey().getKeyID())
                                      .setPublicJwk(
                                          tokens.issuerKey().toPublicJWK().toJSONString()))
                              .build());
                      observer.onCompleted();
                    }
                  }));

  private IssuerKeys keys() {
    return new IssuerKeys(grpc.channel(), clock);
  }

  private boolean finds(IssuerKeys keys, String id) {
    return keys.find(id).toCompletableFuture().join().isPresent();
  }

  @Test
  void aFloodOfUnknownKeyIdsReadsOnce() {
    IssuerKeys keys = keys();
    for (int i = 0; i < 1_000; i++) assertThat(finds(keys, "unknown-" + i)).isFalse();
    assertThat(reads).hasValue(1);
    clock.advanceSeconds(6);
    assertThat(finds(keys, "unknown")).isFalse();
    assertThat(reads).hasValue(2);
  }

  @Test
  void anOutageFailsNoCallWhoseKeyIsKnown() {
    IssuerKeys keys = keys();
    assertThat(finds(keys, "issuer-1")).isTrue();
    down.set(true);
    clock.advanceSeconds(3_600);
    assertThat(finds(keys, "issuer-1")).isTrue();
  }

  @Test
  void anOutageAtTheFirstReadIsUnavailableAndThenMended() {
    IssuerKeys keys = keys();
    down.set(true);
    assertThatThrownBy(() -> finds(keys, "issuer-1"));
    down.set(false);
    clock.advanceSeconds(1);
    assertThat(finds(keys, "issuer-1")).isTrue();
  }
}
