// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.testing;

import com.google.protobuf.util.Timestamps;
import com.google.type.Date;
import dev.corkboard.pin.v1.AnalyticsServiceGrpc.AnalyticsServiceImplBase;
import dev.corkboard.pin.v1.BatchGetPinSavesRequest;
import dev.corkboard.pin.v1.BatchGetPinSavesResponse;
import dev.corkboard.pin.v1.GetAccountSavesRequest;
import dev.corkboard.pin.v1.GetAccountSavesResponse;
import dev.corkboard.pin.v1.GetMostSavedPinsRequest;
import dev.corkboard.pin.v1.GetMostSavedPinsResponse;
import dev.corkboard.pin.v1.GetMostSavedPinsResponse.Ranked;
import dev.corkboard.pin.v1.PinSaves;
import io.grpc.stub.StreamObserver;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;

/** Every Pin was created yesterday and saved twice a day since; but Pin 404 is another's. */
public final class FakeAnalytics extends AnalyticsServiceImplBase {
  private final Script script = new Script();

  public Script script() {
    return script;
  }

  private static List<Integer> counts(Date start, Date end, int each) {
    long days = ChronoUnit.DAYS.between(day(start), day(end)) + 1;
    return Collections.nCopies((int) days, each);
  }

  private static LocalDate day(Date date) {
    return LocalDate.of(date.getYear(), date.getMonth(), date.getDay());
  }

  @Override
  public void batchGetPinSaves(
      BatchGetPinSavesRequest request, StreamObserver<BatchGetPinSavesResponse> observer) {
    script.reply(
        request,
        observer,
        () -> {
          BatchGetPinSavesResponse.Builder answer = BatchGetPinSavesResponse.newBuilder();
          Instant yesterday = Instant.now().minus(1, ChronoUnit.DAYS);
          request.getPinIdsList().stream()
              .filter(id -> !id.equals("404"))
              .forEach(
                  id ->
                      answer.addPins(
                          PinSaves.newBuilder()
                              .setPinId(id)
                              .setPinCreateTime(Timestamps.fromMillis(yesterday.toEpochMilli()))
                              .addAllDailyCounts(
                                  counts(request.getStartDate(), request.getEndDate(), 2))));
          return answer.build();
        });
  }

  @Override
  public void getAccountSaves(
      GetAccountSavesRequest request, StreamObserver<GetAccountSavesResponse> observer) {
    script.reply(
        request,
        observer,
        () ->
            GetAccountSavesResponse.newBuilder()
                .addAllDailyCounts(counts(request.getStartDate(), request.getEndDate(), 5))
                .build());
  }

  @Override
  public void getMostSavedPins(
      GetMostSavedPinsRequest request, StreamObserver<GetMostSavedPinsResponse> observer) {
    script.reply(
        request,
        observer,
        () ->
            GetMostSavedPinsResponse.newBuilder()
                .addPins(Ranked.newBuilder().setPinId("11").setCount(9))
                .build());
  }
}
