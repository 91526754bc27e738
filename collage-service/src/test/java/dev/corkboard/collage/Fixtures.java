// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage;

import static org.assertj.core.api.Assertions.catchThrowable;

import dev.corkboard.collage.document.Documents;
import dev.corkboard.collage.document.Editor;
import dev.corkboard.collage.document.Property;
import dev.corkboard.collage.v1.Collage;
import dev.corkboard.collage.v1.Document;
import dev.corkboard.collage.v1.Edit;
import dev.corkboard.collage.v1.Operation;
import dev.corkboard.collage.v1.State;
import dev.corkboard.platform.check.Times;
import dev.corkboard.platform.error.ApiException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/** What the tests of collages share. Every id is new in the run and in the store. */
public final class Fixtures {
  private static final int PATIENCE_SECONDS = 60;
  private static final AtomicLong IDS = new AtomicLong(System.currentTimeMillis() << 20);
  private static final Editor EDITOR = new Editor(Documents.RULES);

  private Fixtures() {}

  public static long newId() {
    return IDS.incrementAndGet();
  }

  public static <T> T await(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw ApiException.from(e);
    } catch (InterruptedException | TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }

  public static ApiException refusal(CompletionStage<?> stage) {
    return (ApiException) catchThrowable(() -> await(stage));
  }

  public static StoredCollage collage(long ownerId) {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    return StoredCollage.created(
        Collage.newBuilder()
            .setId(Long.toString(newId()))
            .setOwnerId(Long.toString(ownerId))
            .setTitle("Collage")
            .setState(State.STATE_DRAFT)
            .setCreateTime(Times.toProto(now))
            .setUpdateTime(Times.toProto(now))
            .setEtag("1")
            .build());
  }

  public static RequestKey request(String what) {
    return request(UUID.randomUUID(), what);
  }

  public static RequestKey request(UUID id, String what) {
    return RequestKey.of(id.toString(), "1", Collage.newBuilder().setTitle(what).build());
  }

  /** The entry that an edit of a document makes. */
  public static Entry entry(
      EditFacts facts, Document document, RequestKey request, Operation... operations) {
    Editor.Result result = EDITOR.apply(document, List.of(operations));
    Edit edit =
        Edit.newBuilder()
            .setRevision(facts.collage().revision() + 1)
            .setActorId(Long.toString(facts.actorId()))
            .setEditTime(Times.toProto(Instant.now().truncatedTo(ChronoUnit.MILLIS)))
            .addAllOperations(result.applied())
            .setRequestId(request.id().toString())
            .build();
    return new Entry(edit, result.inverse(), Property.of(result.applied()));
  }
}
