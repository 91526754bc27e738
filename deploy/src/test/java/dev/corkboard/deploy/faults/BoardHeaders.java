// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy.faults;

import dev.corkboard.board.v1.Board;
import dev.corkboard.board.v1.BoardServiceGrpc;
import dev.corkboard.board.v1.BoardServiceGrpc.BoardServiceBlockingStub;
import dev.corkboard.board.v1.GetBoardRequest;
import dev.corkboard.board.v1.UpdateBoardRequest;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.testing.history.Operation;
import dev.corkboard.platform.testing.history.Operation.Kind;
import dev.corkboard.platform.testing.history.Operation.Outcome;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Changes descriptions of boards if they are still what was read: the conditional update that
 * board-service offers by etag. Each new description is a number nobody used before.
 */
final class BoardHeaders implements AutoCloseable {
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  private final ManagedChannel channel;
  private final BoardServiceBlockingStub stub;
  private final AtomicLong numbers = new AtomicLong();

  BoardHeaders(String target, String token) {
    channel = Grpc.newChannelBuilder(target, InsecureChannelCredentials.create()).build();
    Metadata headers = new Metadata();
    headers.put(AUTHORIZATION, "Bearer " + token);
    stub =
        BoardServiceGrpc.newBlockingStub(channel)
            .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
  }

  long nextNumber() {
    return numbers.incrementAndGet();
  }

  static String description(long number) {
    return Long.toString(number);
  }

  private BoardServiceBlockingStub stub() {
    return stub.withDeadlineAfter(10, TimeUnit.SECONDS);
  }

  /**
   * What a compare-and-set came to; nothing when the board could not be read or a race was lost.
   */
  Optional<Operation> compareAndSet(String boardId, Tally tally) {
    Board read;
    try {
      read = stub().getBoard(GetBoardRequest.newBuilder().setBoardId(boardId).build());
    } catch (StatusRuntimeException e) {
      failed(e, tally);
      return Optional.empty();
    }
    long expected = Long.parseLong(read.getDescription());
    long value = nextNumber();
    UpdateBoardRequest.Builder request = UpdateBoardRequest.newBuilder();
    request
        .getBoardBuilder()
        .setId(boardId)
        .setEtag(read.getEtag())
        .setDescription(description(value));
    request.getUpdateMaskBuilder().addPaths("description");
    request.setRequestId(UUID.randomUUID().toString());
    long invoked = System.nanoTime();
    Outcome outcome;
    try {
      var updated = stub().updateBoard(request.build());
      if (!updated.getDescription().equals(description(value))) {
        tally.wrong("an update answered with " + updated.getDescription() + " for " + value);
      }
      tally.acknowledge();
      outcome = Outcome.OK;
    } catch (StatusRuntimeException e) {
      ErrorReason reason = ApiException.from(e).reason();
      if (reason == ErrorReason.ERROR_REASON_ETAG_MISMATCH) {
        outcome = Outcome.REFUSED;
      } else if (failed(e, tally)) {
        outcome = Outcome.UNKNOWN;
      } else {
        return Optional.empty();
      }
    }
    return Optional.of(
        new Operation(Kind.COMPARE_AND_SET, outcome, expected, value, invoked, System.nanoTime()));
  }

  /** Counts a failure; answers whether the call may have had its effect. */
  private static boolean failed(StatusRuntimeException e, Tally tally) {
    switch (ApiException.from(e).code()) {
      case UNAVAILABLE -> {
        tally.unavailable("board-service", 503, e.toString());
        return true;
      }
      case DEADLINE_EXCEEDED -> {
        tally.unavailable("board-service", 504, e.toString());
        return true;
      }
      case ABORTED, RESOURCE_EXHAUSTED -> {
        return false;
      }
      default -> {
        tally.wrong("board-service: " + e);
        return true;
      }
    }
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
