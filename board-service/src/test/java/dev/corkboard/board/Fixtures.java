// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.board;

import static org.assertj.core.api.Assertions.catchThrowable;

import dev.corkboard.board.v1.Board;
import dev.corkboard.board.v1.Privacy;
import dev.corkboard.platform.check.Times;
import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.server.Caller;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;

/** What the tests of boards and placements share. Every id is new in the run and in the store. */
public final class Fixtures {
  public static final Set<String> ALL_SCOPES =
      Set.of(
          "boards:read",
          "boards:write",
          "boards:read_secret",
          "boards:write_secret",
          "pins:read",
          "pins:write",
          "pins:read_secret",
          "pins:write_secret");

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final AtomicLong IDS = new AtomicLong(System.currentTimeMillis() << 20);

  private Fixtures() {}

  public static long newId() {
    return IDS.incrementAndGet();
  }

  /** A board as the service hands it to the store. */
  public static Board board(long ownerId, String name) {
    return board(ownerId, name, Privacy.PRIVACY_PUBLIC);
  }

  public static Board board(long ownerId, String name, Privacy privacy) {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    return Board.newBuilder()
        .setId(Long.toString(newId()))
        .setOwnerId(Long.toString(ownerId))
        .setName(name)
        .setPrivacy(privacy)
        .setCreateTime(Times.toProto(now))
        .setPinsModifyTime(Times.toProto(now))
        .setEtag("1")
        .build();
  }

  public static long id(Board board) {
    return Long.parseLong(board.getId());
  }

  public static RequestKey noRequest() {
    return RequestKey.of("", "", Board.getDefaultInstance());
  }

  public static RequestKey request(UUID id, Board body) {
    return RequestKey.of(id.toString(), body.getOwnerId(), body);
  }

  public static Caller caller(long accountId) {
    return caller(accountId, ALL_SCOPES);
  }

  public static Caller callerWithout(long accountId, String scope) {
    Set<String> scopes = new HashSet<>(ALL_SCOPES);
    scopes.remove(scope);
    return caller(accountId, scopes);
  }

  public static Caller caller(long accountId, Set<String> scopes) {
    return new Caller(Long.toString(accountId), scopes, Optional.empty(), "test", "");
  }

  public static BoardUpdate update(Board board, UnaryOperator<Board> edit) {
    return update(board, edit, "", noRequest());
  }

  public static BoardUpdate update(
      Board board, UnaryOperator<Board> edit, String etag, RequestKey request) {
    return new BoardUpdate(
        id(board), Long.parseLong(board.getOwnerId()), edit, true, etag, request);
  }

  public static UnaryOperator<Board> rename(String name) {
    return board -> board.toBuilder().setName(name).build();
  }

  /** Waits for a stage; its failure is thrown as it is. */
  public static <T> T await(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) throw failure;
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException | TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The failure of a stage, as the service would answer it. */
  public static ApiException failure(CompletionStage<?> stage) {
    Throwable failure = catchThrowable(() -> await(stage));
    if (failure == null) throw new AssertionError("succeeded");
    return ApiException.from(failure);
  }

  /** Starts {@code n} at once and waits for all: values and failures. */
  public static <T> Ended<T> together(int n, IntFunction<CompletionStage<T>> start) {
    List<CompletableFuture<T>> running = new ArrayList<>();
    for (int i = 0; i < n; i++) running.add(start.apply(i).toCompletableFuture());
    List<T> values = new ArrayList<>();
    List<ApiException> failures = new ArrayList<>();
    for (CompletableFuture<T> one : running) {
      try {
        values.add(await(one));
      } catch (RuntimeException e) {
        failures.add(ApiException.from(e));
      }
    }
    return new Ended<>(values, failures);
  }

  /** How several calls ended. */
  public record Ended<T>(List<T> values, List<ApiException> failures) {}
}
