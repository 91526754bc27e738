// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.peers;

import com.google.protobuf.Message;
import dev.corkboard.pin.v1.GetPinRequest;
import dev.corkboard.pin.v1.ListBoardPinsRequest;
import dev.corkboard.pin.v1.ListBoardPinsResponse;
import dev.corkboard.pin.v1.Pin;
import dev.corkboard.pin.v1.PinServiceGrpc;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.SocketAddress;
import io.vertx.grpc.client.GrpcClient;
import io.vertx.grpc.common.GrpcMessageDecoder;
import io.vertx.grpc.common.GrpcMessageEncoder;
import io.vertx.grpc.common.GrpcReadStream;
import io.vertx.grpc.common.ServiceMethod;
import io.vertx.grpc.common.ServiceName;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * The bare Vert.x edge: routes by hand, one verticle a core with a gRPC client on its own event
 * loop, so that no request changes threads.
 */
public final class VertxEdge extends AbstractVerticle {
  private static final ServiceName PINS = ServiceName.create(PinServiceGrpc.SERVICE_NAME);
  private static final ServiceMethod<Pin, GetPinRequest> GET =
      ServiceMethod.client(
          PINS,
          "GetPin",
          GrpcMessageEncoder.encoder(),
          GrpcMessageDecoder.decoder(Pin.getDefaultInstance()));
  private static final ServiceMethod<ListBoardPinsResponse, ListBoardPinsRequest> LIST =
      ServiceMethod.client(
          PINS,
          "ListBoardPins",
          GrpcMessageEncoder.encoder(),
          GrpcMessageDecoder.decoder(ListBoardPinsResponse.getDefaultInstance()));
  private static final CharSequence JSON = HttpHeaders.createOptimized("application/json");
  private static final String PIN_PATH = "/v5/pins/";
  private static final String BOARD_PATH = "/v5/boards/";
  private static final String LIST_PATH = "/pins";
  private static final long DEADLINE_SECONDS = 8;

  private final PinJson json = PinJson.fromEnv();
  private SocketAddress pins;
  private GrpcClient client;

  /** Serves on {@code PORT} until killed. */
  public static void main(String[] args) {
    int loops = Runtime.getRuntime().availableProcessors();
    Vertx.vertx()
        .deployVerticle(VertxEdge.class, new DeploymentOptions().setInstances(loops))
        .onFailure(
            failure -> {
              failure.printStackTrace();
              System.exit(1);
            });
  }

  @Override
  public void start(Promise<Void> started) {
    HostAndPort target = HostAndPort.parseAuthority(System.getenv("PIN_TARGET"), -1);
    pins = SocketAddress.inetSocketAddress(target.port(), target.host());
    client = GrpcClient.client(vertx);
    vertx
        .createHttpServer()
        .requestHandler(this::serve)
        .listen(Integer.parseInt(System.getenv("PORT")), "127.0.0.1")
        .<Void>mapEmpty()
        .onComplete(started);
  }

  private void serve(HttpServerRequest request) {
    String path = request.path();
    if (path.startsWith(PIN_PATH)) {
      GetPinRequest call =
          GetPinRequest.newBuilder().setPinId(path.substring(PIN_PATH.length())).build();
      answer(request, call(request, GET, call), json::pin);
    } else if (path.startsWith(BOARD_PATH) && path.endsWith(LIST_PATH)) {
      String board = path.substring(BOARD_PATH.length(), path.length() - LIST_PATH.length());
      ListBoardPinsRequest call =
          ListBoardPinsRequest.newBuilder()
              .setBoardId(board)
              .setPageSize(Integer.parseInt(request.getParam("page_size", "25")))
              .setPageToken(request.getParam("bookmark", ""))
              .build();
      answer(request, call(request, LIST, call), json::page);
    } else {
      request.response().setStatusCode(404).end();
    }
  }

  private <Q extends Message, A> Future<A> call(
      HttpServerRequest request, ServiceMethod<A, Q> method, Q message) {
    return client
        .request(pins, method)
        .compose(
            call -> {
              call.headers()
                  .set(HttpHeaders.AUTHORIZATION, request.getHeader(HttpHeaders.AUTHORIZATION));
              call.timeout(DEADLINE_SECONDS, TimeUnit.SECONDS);
              return call.send(message);
            })
        .compose(GrpcReadStream::last);
  }

  private static <A> void answer(
      HttpServerRequest request, Future<A> answer, Function<A, byte[]> writer) {
    answer.onComplete(
        found ->
            request
                .response()
                .putHeader(HttpHeaders.CONTENT_TYPE, JSON)
                .end(Buffer.buffer(writer.apply(found))),
        failure -> request.response().setStatusCode(502).end());
  }
}
