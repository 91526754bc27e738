// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.collage;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpResponseWriter;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import dev.corkboard.collage.v1.WatchEditsRequest;
import dev.corkboard.collage.v1.WatchEditsResponse;
import dev.corkboard.edge.http.ErrorHandler;
import dev.corkboard.edge.json.Json;
import dev.corkboard.platform.error.ApiException;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Edits as Server-Sent Events (WHATWG HTML, section 9.2): the id of an event is the revision it
 * made. The next edit is asked for when the one before is on its way to the client. A stream whose
 * source fails says why and ends; the client comes back with the last id unless that is of no use.
 */
final class EditStream implements ClientResponseObserver<WatchEditsRequest, WatchEditsResponse> {
  private static final ResponseHeaders HEADERS =
      ResponseHeaders.builder(HttpStatus.OK)
          .contentType(MediaType.EVENT_STREAM)
          .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
          // A proxy that gathers an answer before it sends it would never send this one.
          .set("x-accel-buffering", "no")
          .build();

  private final EditJson json;
  private final HttpResponseWriter response = HttpResponse.streaming();
  private final CompletableFuture<HttpResponse> opened = new CompletableFuture<>();
  private volatile ClientCallStreamObserver<WatchEditsRequest> call;

  EditStream(EditJson json) {
    this.json = json;
  }

  /** The response, once the service has said where the stream begins. */
  CompletionStage<HttpResponse> opened() {
    return opened;
  }

  /** Ends the stream after what was sent so far. */
  void end() {
    response.close();
    cancel("the stream is ended");
  }

  /** Lets go of what nobody reads any more. */
  void drop() {
    response.abort();
    cancel("the client went away");
  }

  private void cancel(String reason) {
    if (call != null) call.cancel(reason, null);
  }

  @Override
  public void beforeStart(ClientCallStreamObserver<WatchEditsRequest> stream) {
    call = stream;
    call.disableAutoRequestWithInitial(1);
  }

  @Override
  public void onNext(WatchEditsResponse message) {
    boolean first = !opened.isDone();
    if (first) response.write(HEADERS);
    if (response.tryWrite(event(message, first))) {
      response.whenConsumed().thenRun(() -> call.request(1));
    }
    if (first) opened.complete(response);
  }

  private HttpData event(WatchEditsResponse message, boolean first) {
    if (message.hasEdit()) {
      return Json.event(message.getRevision(), "edit", out -> json.write(out, message.getEdit()));
    }
    if (!first) return HttpData.ofUtf8(": " + message.getRevision() + "\n\n");
    return Json.event(
        message.getRevision(),
        "begin",
        out -> {
          out.writeStartObject();
          out.writeNumberField("revision", message.getRevision());
          out.writeEndObject();
        });
  }

  @Override
  public void onError(Throwable failure) {
    ApiException error = ApiException.from(failure);
    if (opened.completeExceptionally(error)) return;
    HttpData why = Json.event("end", out -> ErrorHandler.write(out, error));
    if (response.tryWrite(why)) response.close();
  }

  @Override
  public void onCompleted() {
    response.close();
    opened.completeExceptionally(
        ApiException.internal(new IllegalStateException("the stream had no beginning")));
  }
}
