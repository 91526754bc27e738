// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.benchmarks.compare;

import com.google.common.util.concurrent.FutureCallback;
import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.MoreExecutors;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.corkboard.pin.v1.GetPinRequest;
import dev.corkboard.pin.v1.Pin;
import dev.corkboard.pin.v1.PinServiceGrpc;
import dev.corkboard.pin.v1.PinServiceGrpc.PinServiceFutureStub;
import dev.corkboard.platform.client.Bearer;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Two floors of the edge, under paths of their own: {@code /memory/ID} is answered with the same
 * JSON from memory, {@code /grpc/ID} with the same once {@code GetPin} was answered, whatever that
 * said.
 */
final class BareArmeria {
  private static final ResponseHeaders OK =
      ResponseHeaders.builder(HttpStatus.OK).contentType(MediaType.JSON).build();
  private static final String SCHEME = "Bearer ";
  private static final long DEADLINE_SECONDS = 8;

  private final PinServiceFutureStub pins;
  private final byte[] json;

  private BareArmeria(PinServiceFutureStub pins, byte[] json) {
    this.pins = pins;
    this.json = json;
  }

  /** Serves the file {@code JSON_FILE}, in front of {@code PIN_TARGET}, on {@code PORT}. */
  public static void main(String[] args) throws IOException {
    PinServiceFutureStub pins =
        PinServiceGrpc.newFutureStub(
            NettyChannelBuilder.forTarget(System.getenv("PIN_TARGET"))
                .usePlaintext()
                .directExecutor()
                .build());
    BareArmeria floor =
        new BareArmeria(pins, Files.readAllBytes(Path.of(System.getenv("JSON_FILE"))));
    int port = Integer.parseInt(System.getenv("PORT"));
    Server.builder()
        .http(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
        .service("/memory/{id}", (ctx, request) -> floor.answer())
        .service("/grpc/{id}", floor::ask)
        .build()
        .start()
        .join();
  }

  private HttpResponse answer() {
    return HttpResponse.of(OK, HttpData.wrap(json));
  }

  private HttpResponse ask(ServiceRequestContext ctx, HttpRequest request) {
    String token =
        request.headers().get(HttpHeaderNames.AUTHORIZATION, SCHEME).substring(SCHEME.length());
    GetPinRequest call = GetPinRequest.newBuilder().setPinId(ctx.pathParam("id")).build();
    CompletableFuture<HttpResponse> answer = new CompletableFuture<>();
    Futures.addCallback(
        pins.withCallCredentials(new Bearer(token, ""))
            .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS)
            .getPin(call),
        new FutureCallback<Pin>() {
          @Override
          public void onSuccess(Pin pin) {
            answer.complete(answer());
          }

          @Override
          public void onFailure(Throwable failure) {
            answer.complete(HttpResponse.of(HttpStatus.BAD_GATEWAY));
          }
        },
        MoreExecutors.directExecutor());
    return HttpResponse.of(answer);
  }
}
