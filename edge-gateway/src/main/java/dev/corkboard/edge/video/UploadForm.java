// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.video;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.multipart.BodyPart;
import com.linecorp.armeria.common.multipart.MimeParsingException;
import com.linecorp.armeria.common.multipart.Multipart;
import com.linecorp.armeria.common.stream.StreamMessage;
import com.linecorp.armeria.common.util.Exceptions;
import com.linecorp.armeria.server.HttpStatusException;
import dev.corkboard.media.v1.Video;
import dev.corkboard.platform.error.ApiException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * Reads the form of an upload (RFC 7578) as it comes: the key, then the part named {@code file},
 * whether it has a file name or not, then nothing of interest. Other fields are small and ignored.
 */
final class UploadForm implements Subscriber<BodyPart> {
  /** The parameter that carries the upload key. */
  static final String KEY = "key";

  private static final String FILE = "file";
  private static final MediaType FORM = MediaType.create("multipart", "form-data");
  private static final int MAX_FIELD = 4 << 10;
  private static final int MAX_FIELDS = 100;

  /** What may lie between two parts: headers and the line in front of them; bytes. */
  private static final long MAX_BETWEEN = 256 << 10;

  /** Takes the bytes of the video. */
  @FunctionalInterface
  interface Transfer {
    CompletionStage<Video> send(String key, StreamMessage<HttpData> bytes);
  }

  private final Transfer transfer;

  /** What the parser holds: it would collect the headers of a part for ever. */
  private final AtomicLong unparsed;

  private final CompletableFuture<Video> stored = new CompletableFuture<>();
  private Subscription parts;
  private int fields;

  /** What is done with the last part; the form may end before it does. */
  private CompletionStage<?> work = CompletableFuture.completedStage(null);

  private volatile String key = "";
  private volatile Video video;

  private UploadForm(Transfer transfer, AtomicLong unparsed) {
    this.transfer = transfer;
    this.unparsed = unparsed;
  }

  /** The video, once it is stored and the form has ended. */
  static CompletionStage<Video> read(HttpRequest request, Transfer transfer) {
    MediaType type = request.contentType();
    if (type == null || !type.belongsTo(FORM) || !type.parameters().containsKey("boundary")) {
      throw HttpStatusException.of(HttpStatus.UNSUPPORTED_MEDIA_TYPE);
    }
    AtomicLong unparsed = new AtomicLong();
    HttpRequest bounded =
        request.mapData(
            data -> {
              if (unparsed.addAndGet(data.length()) > MAX_BETWEEN) {
                throw new MimeParsingException("more than a part's headers without a part");
              }
              return data;
            });
    UploadForm form = new UploadForm(transfer, unparsed);
    Multipart.from(bounded).bodyParts().subscribe(form);
    return form.stored;
  }

  @Override
  public void onSubscribe(Subscription subscription) {
    parts = subscription;
    parts.request(1);
  }

  @Override
  public void onNext(BodyPart part) {
    unparsed.set(0);
    StreamMessage<HttpData> content =
        part.content()
            .peek(
                data -> {
                  unparsed.set(0);
                });
    String name = part.name() == null ? "" : part.name();
    work =
        (name.equals(FILE) && video == null ? file(content) : field(name, content))
            .whenComplete(
                (done, failure) -> {
                  if (failure != null) {
                    fail(failure);
                    content.abort();
                  } else {
                    parts.request(1);
                  }
                });
  }

  private CompletionStage<Void> file(StreamMessage<HttpData> content) {
    if (key.isEmpty()) {
      return CompletableFuture.failedStage(
          ApiException.invalid(KEY, "'" + KEY + "' is required in front of the file"));
    }
    return transfer.send(key, content).thenAccept(stored -> video = stored);
  }

  private CompletionStage<Void> field(String name, StreamMessage<HttpData> content) {
    if (++fields > MAX_FIELDS) {
      return CompletableFuture.failedStage(
          ApiException.invalid("body", "has more than " + MAX_FIELDS + " fields"));
    }
    return SmallField.read(content, MAX_FIELD)
        .thenAccept(
            text -> {
              if (name.equals(KEY)) key = text;
            });
  }

  private void fail(Throwable failure) {
    onError(Exceptions.peel(failure));
    parts.cancel();
  }

  @Override
  public void onError(Throwable failure) {
    stored.completeExceptionally(
        failure instanceof MimeParsingException
            ? ApiException.invalid("body", "is not well-formed multipart/form-data")
            : failure);
  }

  @Override
  public void onComplete() {
    work.thenRun(
        () -> {
          if (video == null) {
            stored.completeExceptionally(ApiException.invalid(FILE, "'" + FILE + "' is required"));
          } else {
            stored.complete(video);
          }
        });
  }
}
