// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corkboard.access.v1.ListSigningKeysRequest;
import dev.corkboard.access.v1.ListSigningKeysResponse;
import dev.corkboard.access.v1.SigningKeyServiceGrpc;
import dev.corkboard.platform.auth.AuthInterceptor;
import dev.corkboard.platform.server.Caller;
import dev.corkboard.platform.server.GrpcServer;
import dev.corkboard.platform.server.Resources;
import dev.corkboard.platform.server.Unary;
import dev.corkboard.platform.testing.TestTokens;
import io.grpc.CallCredentials;
import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.ManagedChannel;
import io.grpc.stub.StreamObserver;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A server that calls another one, after something that ended on a thread of its own. */
class DeadlineTest {
  private static final ListSigningKeysRequest REQUEST = ListSigningKeysRequest.getDefaultInstance();

  private final Resources open = new Resources();
  private final TestTokens tokens = new TestTokens();
  private final AtomicReference<Deadline> seen = new AtomicReference<>();

  @AfterEach
  void close() {
    open.close();
  }

  private ManagedChannel serve(Supplier<CompletionStage<ListSigningKeysResponse>> handler) {
    SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    GrpcServer server =
        open.add(
            GrpcServer.start(
                new GrpcServer.Options(
                    "account",
                    "127.0.0.1",
                    0,
                    false,
                    List.of(
                        new SigningKeyServiceGrpc.SigningKeyServiceImplBase() {
                          @Override
                          public void listSigningKeys(
                              ListSigningKeysRequest request,
                              StreamObserver<ListSigningKeysResponse> observer) {
                            Unary.reply(observer, handler);
                          }
                        }),
                    new AuthInterceptor(tokens.verifier("account")),
                    metrics)));
    ManagedChannel channel =
        Channels.open(
            "127.0.0.1:" + server.port(), metrics, SigningKeyServiceGrpc.getServiceDescriptor());
    open.<AutoCloseable>add(channel::shutdownNow);
    return channel;
  }

  private void passedOn(Function<Caller, CallCredentials> credentials) {
    ManagedChannel callee =
        serve(
            () -> {
              seen.set(Context.current().getDeadline());
              return CompletableFuture.completedStage(ListSigningKeysResponse.getDefaultInstance());
            });
    ManagedChannel between =
        serve(
            () -> {
              Caller caller = Caller.current();
              return CompletableFuture.supplyAsync(
                      () -> {
                        assertThat(Context.current()).isSameAs(Context.ROOT);
                        return SigningKeyServiceGrpc.newFutureStub(callee)
                            .withCallCredentials(credentials.apply(caller));
                      })
                  .thenCompose(stub -> Futures.toStage(stub.listSigningKeys(REQUEST)));
            });
    Deadline own = Deadline.after(5, TimeUnit.SECONDS);
    var unused =
        SigningKeyServiceGrpc.newBlockingStub(between).withDeadline(own).listSigningKeys(REQUEST);
    // On the wire is what is left of it, rounded down or up by some microseconds.
    assertThat(seen.get().isBefore(own.offset(100, TimeUnit.MILLISECONDS))).isTrue();
  }

  @Test
  void whatIsForwardedForACallerWaitsNoLongerThanTheCaller() {
    passedOn(Bearer::forward);
  }

  @Test
  void whatAServiceAsksForACallerWaitsNoLongerThanTheCaller() {
    ServiceTokens own = new ServiceTokens(tokens.identity("pin"), Clock.systemUTC());
    passedOn(caller -> own.credentials("account", caller));
  }
}
