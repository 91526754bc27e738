// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.video;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.stream.StreamMessage;
import dev.corkboard.platform.error.ApiException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/** Reads a field of a form that must be small. */
final class SmallField implements Subscriber<HttpData> {
  private final int max;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final CompletableFuture<String> text = new CompletableFuture<>();
  private Subscription subscription;

  private SmallField(int max) {
    this.max = max;
  }

  /** The text; fails when it is over {@code max} bytes. */
  static CompletionStage<String> read(StreamMessage<HttpData> content, int max) {
    SmallField field = new SmallField(max);
    content.subscribe(field);
    return field.text;
  }

  @Override
  public void onSubscribe(Subscription begun) {
    subscription = begun;
    begun.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(HttpData data) {
    if (text.isDone()) return;
    bytes.writeBytes(data.array());
    if (bytes.size() <= max) return;
    text.completeExceptionally(
        ApiException.invalid("body", "has a field of over " + max + " bytes"));
    subscription.cancel();
  }

  @Override
  public void onError(Throwable failure) {
    text.completeExceptionally(failure);
  }

  @Override
  public void onComplete() {
    text.complete(bytes.toString(StandardCharsets.UTF_8));
  }
}
