// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.peers;

import com.google.common.util.concurrent.FutureCallback;
import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.MoreExecutors;
import dev.corkboard.pin.v1.GetPinRequest;
import dev.corkboard.pin.v1.ListBoardPinsRequest;
import dev.corkboard.pin.v1.PinServiceGrpc;
import dev.corkboard.pin.v1.PinServiceGrpc.PinServiceFutureStub;
import io.grpc.CallCredentials;
import io.grpc.Metadata;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** The same with Spring Boot: functional routes of WebFlux over a gRPC stub, JSON by hand. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class WebFluxEdge {
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
  private static final long DEADLINE_SECONDS = 8;

  private final PinJson json = PinJson.fromEnv();
  private final PinServiceFutureStub pins =
      PinServiceGrpc.newFutureStub(
          NettyChannelBuilder.forTarget(System.getenv("PIN_TARGET"))
              .usePlaintext()
              .directExecutor()
              .build());

  /** Serves on {@code PORT} until killed. */
  public static void main(String[] args) {
    System.setProperty("server.port", System.getenv("PORT"));
    System.setProperty("server.address", "127.0.0.1");
    SpringApplication.run(WebFluxEdge.class, args);
  }

  @Bean
  RouterFunction<ServerResponse> routes() {
    return RouterFunctions.route()
        .GET("/v5/pins/{id}", this::pin)
        .GET("/v5/boards/{id}/pins", this::page)
        .build();
  }

  private Mono<ServerResponse> pin(ServerRequest request) {
    GetPinRequest call = GetPinRequest.newBuilder().setPinId(request.pathVariable("id")).build();
    return answer(stub(request).getPin(call), json::pin);
  }

  private Mono<ServerResponse> page(ServerRequest request) {
    ListBoardPinsRequest call =
        ListBoardPinsRequest.newBuilder()
            .setBoardId(request.pathVariable("id"))
            .setPageSize(Integer.parseInt(request.queryParam("page_size").orElse("25")))
            .setPageToken(request.queryParam("bookmark").orElse(""))
            .build();
    return answer(stub(request).listBoardPins(call), json::page);
  }

  private PinServiceFutureStub stub(ServerRequest request) {
    String authorization = request.headers().firstHeader(HttpHeaders.AUTHORIZATION);
    return pins.withCallCredentials(new Forwarded(authorization))
        .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS);
  }

  private static <A> Mono<ServerResponse> answer(
      ListenableFuture<A> call, Function<A, byte[]> writer) {
    return Mono.<A>create(
            sink ->
                Futures.addCallback(
                    call,
                    new FutureCallback<A>() {
                      @Override
                      public void onSuccess(A found) {
                        sink.success(found);
                      }

                      @Override
                      public void onFailure(Throwable failure) {
                        sink.error(failure);
                      }
                    },
                    MoreExecutors.directExecutor()))
        .flatMap(
            found ->
                ServerResponse.ok()
                    .contentType(MediaType.APPLICATION_JSON)
                    .bodyValue(writer.apply(found)));
  }

  private static final class Forwarded extends CallCredentials {
    private final String authorization;

    Forwarded(String authorization) {
      this.authorization = authorization;
    }

    @Override
    public void applyRequestMetadata(RequestInfo call, Executor executor, MetadataApplier applier) {
      Metadata headers = new Metadata();
      headers.put(AUTHORIZATION, authorization);
      applier.apply(headers);
    }
  }
}
