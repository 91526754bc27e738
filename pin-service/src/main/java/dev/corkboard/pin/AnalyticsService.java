// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.pin;

import com.google.protobuf.util.Timestamps;
import com.google.type.Date;
import dev.corkboard.board.v1.Board;
import dev.corkboard.pin.saves.SaveStore;
import dev.corkboard.pin.v1.AnalyticsServiceGrpc.AnalyticsServiceImplBase;
import dev.corkboard.pin.v1.BatchGetPinSavesRequest;
import dev.corkboard.pin.v1.BatchGetPinSavesResponse;
import dev.corkboard.pin.v1.GetAccountSavesRequest;
import dev.corkboard.pin.v1.GetAccountSavesResponse;
import dev.corkboard.pin.v1.GetMostSavedPinsRequest;
import dev.corkboard.pin.v1.GetMostSavedPinsResponse;
import dev.corkboard.pin.v1.GetMostSavedPinsResponse.Ranked;
import dev.corkboard.pin.v1.Pin;
import dev.corkboard.pin.v1.PinSaves;
import dev.corkboard.platform.check.Ids;
import dev.corkboard.platform.check.Violations;
import dev.corkboard.platform.server.Caller;
import dev.corkboard.platform.server.Unary;
import io.grpc.stub.StreamObserver;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Serves how often Pins were saved. */
final class AnalyticsService extends AnalyticsServiceImplBase {
  private static final int MAX_PINS = 100;
  private static final int MAX_DAYS = 92;
  private static final int DEFAULT_RANKED = 10;
  private static final int MAX_RANKED = 50;

  private final PinStore pins;
  private final SaveStore saves;
  private final BoardDirectory boards;

  AnalyticsService(PinStore pins, SaveStore saves, BoardDirectory boards) {
    this.pins = pins;
    this.saves = saves;
    this.boards = boards;
  }

  @Override
  public void batchGetPinSaves(
      BatchGetPinSavesRequest request, StreamObserver<BatchGetPinSavesResponse> observer) {
    Caller caller = Caller.current();
    Unary.reply(
        observer,
        () -> {
          Violations violations = new Violations();
          if (request.getPinIdsCount() > MAX_PINS) {
            violations.add(
                "pin_ids", "must be at most " + MAX_PINS + ", got " + request.getPinIdsCount());
          }
          request.getPinIdsList().forEach(id -> violations.id("pin_ids", id));
          List<LocalDate> days = days(violations, request.getStartDate(), request.getEndDate());
          return own(caller, request.getPinIdsList()).thenCompose(own -> saves(caller, own, days));
        });
  }

  private CompletionStage<List<Pin>> own(Caller caller, List<String> asked) {
    List<String> ids = asked.stream().distinct().filter(id -> Ids.parse(id).isPresent()).toList();
    return pins.getAll(ids)
        .thenCompose(
            found -> {
              List<Pin> own =
                  ids.stream()
                      .filter(found::containsKey)
                      .map(found::get)
                      .filter(pin -> pin.getOwnerId().equals(caller.accountId()))
                      .toList();
              return boards
                  .visible(caller, own.stream().map(Pin::getBoardId).toList())
                  .thenApply(visible -> seen(own, visible));
            });
  }

  private static List<Pin> seen(List<Pin> pins, Map<String, Board> visible) {
    return pins.stream().filter(pin -> visible.containsKey(pin.getBoardId())).toList();
  }

  private CompletionStage<BatchGetPinSavesResponse> saves(
      Caller caller, List<Pin> own, List<LocalDate> days) {
    if (own.isEmpty()) {
      return CompletableFuture.completedStage(BatchGetPinSavesResponse.getDefaultInstance());
    }
    List<String> ids = own.stream().map(Pin::getId).toList();
    return each(days, day -> saves.of(caller.accountId(), day, ids))
        .thenApply(
            daily -> {
              BatchGetPinSavesResponse.Builder answer = BatchGetPinSavesResponse.newBuilder();
              for (Pin pin : own) {
                PinSaves.Builder counts =
                    PinSaves.newBuilder()
                        .setPinId(pin.getId())
                        .setPinCreateTime(pin.getCreateTime());
                daily.forEach(day -> counts.addDailyCounts(day.getOrDefault(pin.getId(), 0)));
                answer.addPins(counts);
              }
              return answer.build();
            });
  }

  @Override
  public void getAccountSaves(
      GetAccountSavesRequest request, StreamObserver<GetAccountSavesResponse> observer) {
    Caller caller = Caller.current();
    Unary.reply(
        observer,
        () ->
            each(
                    days(new Violations(), request.getStartDate(), request.getEndDate()),
                    day -> saves.total(caller.accountId(), day))
                .thenApply(
                    counts ->
                        GetAccountSavesResponse.newBuilder().addAllDailyCounts(counts).build()));
  }

  @Override
  public void getMostSavedPins(
      GetMostSavedPinsRequest request, StreamObserver<GetMostSavedPinsResponse> observer) {
    Caller caller = Caller.current();
    Unary.reply(
        observer,
        () -> {
          Violations violations = new Violations();
          if (request.getLimit() < 0) {
            violations.add("limit", "must not be negative, got " + request.getLimit());
          }
          List<LocalDate> days = days(violations, request.getStartDate(), request.getEndDate());
          return each(days, day -> saves.all(caller.accountId(), day))
              .thenCompose(daily -> rank(caller, request, sum(daily)));
        });
  }

  private static Map<String, Integer> sum(List<Map<String, Integer>> daily) {
    Map<String, Integer> sum = new HashMap<>();
    daily.forEach(day -> day.forEach((pin, count) -> sum.merge(pin, count, Integer::sum)));
    return sum;
  }

  private CompletionStage<GetMostSavedPinsResponse> rank(
      Caller caller, GetMostSavedPinsRequest request, Map<String, Integer> counts) {
    int limit = request.getLimit() == 0 ? DEFAULT_RANKED : Math.min(request.getLimit(), MAX_RANKED);
    return own(caller, List.copyOf(counts.keySet()))
        .thenApply(
            own ->
                own.stream()
                    .filter(pin -> isAsked(pin, request))
                    .map(Pin::getId)
                    .sorted(
                        Comparator.comparingInt((String id) -> -counts.get(id))
                            .thenComparingLong(id -> -Long.parseLong(id)))
                    .limit(limit)
                    .map(id -> Ranked.newBuilder().setPinId(id).setCount(counts.get(id)).build())
                    .toList())
        .thenApply(ranked -> GetMostSavedPinsResponse.newBuilder().addAllPins(ranked).build());
  }

  private static boolean isAsked(Pin pin, GetMostSavedPinsRequest request) {
    if (request.getCreativeTypesCount() > 0
        && !request.getCreativeTypesList().contains(pin.getCreativeType())) {
      return false;
    }
    return !request.hasCreatedAfterTime()
        || Timestamps.compare(pin.getCreateTime(), request.getCreatedAfterTime()) >= 0;
  }

  /** The days asked for; fails with INVALID_FIELD when they are none, or too many. */
  private static List<LocalDate> days(Violations violations, Date start, Date end) {
    LocalDate first = date(violations, "start_date", start);
    LocalDate last = date(violations, "end_date", end);
    long span = ChronoUnit.DAYS.between(first, last);
    if (violations.isEmpty() && (span < 0 || span > MAX_DAYS)) {
      violations.add("end_date", "must be 0 to " + MAX_DAYS + " days after start_date");
    }
    violations.throwIfAny();
    return first.datesUntil(last.plusDays(1)).toList();
  }

  private static LocalDate date(Violations violations, String field, Date date) {
    try {
      return LocalDate.of(date.getYear(), date.getMonth(), date.getDay());
    } catch (DateTimeException e) {
      violations.add(field, "must be a day");
      return LocalDate.EPOCH;
    }
  }

  private static <T> CompletionStage<List<T>> each(
      List<LocalDate> days, Function<LocalDate, CompletionStage<T>> read) {
    List<CompletableFuture<T>> reads = new ArrayList<>();
    days.forEach(day -> reads.add(read.apply(day).toCompletableFuture()));
    return CompletableFuture.allOf(reads.toArray(CompletableFuture[]::new))
        .thenApply(all -> reads.stream().map(CompletableFuture::join).toList());
  }
}
