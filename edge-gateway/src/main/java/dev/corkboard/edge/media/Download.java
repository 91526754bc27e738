// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.media;

import com.google.protobuf.ByteString;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpObject;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpResponseWriter;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.corkboard.platform.error.ApiException;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.netty.buffer.Unpooled;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Passes bytes that a service streams on: the next are asked for when those before are on their way
 * to the client, and a client that goes away ends the call.
 *
 * @param <Q> the request
 * @param <A> the messages that answer it
 */
public final class Download<Q, A> implements ClientResponseObserver<Q, A> {
  private final Function<A, HttpObject> parts;
  private final HttpResponseWriter response = HttpResponse.streaming();
  private final CompletableFuture<HttpResponse> opened = new CompletableFuture<>();
  private ClientCallStreamObserver<Q> call;

  /**
   * A download yet to be begun.
   *
   * @param parts what a message stands for: the headers of the response, then its bytes; with the
   *     headers of a response that has none the rest is not asked for
   */
  public Download(Function<A, HttpObject> parts) {
    this.parts = parts;
  }

  /** Ends the call also when the client goes away before there is anything to send. */
  public Download<Q, A> endingWith(ServiceRequestContext request) {
    request.log().whenComplete().thenRun(() -> call.cancel("the request is over", null));
    return this;
  }

  /** A part of the bytes. */
  public static HttpData bytes(ByteString chunk) {
    return HttpData.wrap(Unpooled.wrappedBuffer(chunk.asReadOnlyByteBuffer()));
  }

  /** The response, once its headers are known; fails as the call does before. */
  public CompletionStage<HttpResponse> opened() {
    return opened;
  }

  @Override
  public void beforeStart(ClientCallStreamObserver<Q> stream) {
    call = stream;
    call.disableAutoRequestWithInitial(1);
    response
        .whenComplete()
        .whenComplete(
            (sent, gone) -> {
              if (gone != null) call.cancel("the client went away", null);
            });
  }

  @Override
  public void onNext(A message) {
    HttpObject part = parts.apply(message);
    if (part instanceof ResponseHeaders headers) {
      begin(headers);
    } else if (part instanceof HttpData data && data.isEmpty()) {
      call.request(1);
    } else if (response.tryWrite(part)) {
      response.whenConsumed().thenRun(() -> call.request(1));
    }
  }

  private void begin(ResponseHeaders headers) {
    response.write(headers);
    opened.complete(response);
    if (headers.status().isContentAlwaysEmpty()) {
      response.close();
      call.cancel("nothing more is wanted", null);
    } else {
      call.request(1);
    }
  }

  @Override
  public void onError(Throwable failure) {
    ApiException error = ApiException.from(failure);
    if (!opened.completeExceptionally(error)) response.close(error);
  }

  @Override
  public void onCompleted() {
    response.close();
    opened.completeExceptionally(
        ApiException.internal(new IllegalStateException("no metadata came")));
  }
}
