// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.pin;

import static dev.corkboard.pin.PinServiceTest.assertFails;
import static dev.corkboard.pin.Pins.someId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import com.google.type.Date;
import dev.corkboard.board.v1.Privacy;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.pin.v1.AnalyticsServiceGrpc;
import dev.corkboard.pin.v1.AnalyticsServiceGrpc.AnalyticsServiceBlockingStub;
import dev.corkboard.pin.v1.BatchGetPinSavesRequest;
import dev.corkboard.pin.v1.CreativeType;
import dev.corkboard.pin.v1.GetAccountSavesRequest;
import dev.corkboard.pin.v1.GetMostSavedPinsRequest;
import dev.corkboard.pin.v1.GetMostSavedPinsResponse.Ranked;
import dev.corkboard.pin.v1.Pin;
import dev.corkboard.pin.v1.PinSaves;
import dev.corkboard.pin.v1.SavePinRequest;
import dev.corkboard.platform.testing.GrpcExtension;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AnalyticsServiceTest {
  private final PinRig rig = newRig();

  @RegisterExtension final GrpcExtension grpc = rig.grpc;

  private final String owner = someId();
  private final String guest = someId();
  private String board;
  private String guestBoard;

  /** The stores to run on. */
  PinRig newRig() {
    return new PinRig();
  }

  @BeforeEach
  void makeBoards() {
    board = rig.boards.create(owner, Privacy.PRIVACY_PUBLIC);
    guestBoard = rig.boards.create(guest, Privacy.PRIVACY_PUBLIC);
  }

  private AnalyticsServiceBlockingStub as(String account) {
    return AnalyticsServiceGrpc.newBlockingStub(grpc.channel())
        .withCallCredentials(grpc.tokens().user(account));
  }

  private Pin save(Pin pin) {
    return rig.as(guest)
        .savePin(SavePinRequest.newBuilder().setPinId(pin.getId()).setBoardId(guestBoard).build());
  }

  private static Date date(LocalDate day) {
    return Date.newBuilder()
        .setYear(day.getYear())
        .setMonth(day.getMonthValue())
        .setDay(day.getDayOfMonth())
        .build();
  }

  private List<PinSaves> saves(String account, LocalDate from, Pin... pins) {
    BatchGetPinSavesRequest.Builder request =
        BatchGetPinSavesRequest.newBuilder()
            .setStartDate(date(from))
            .setEndDate(date(from.plusDays(2)));
    for (Pin pin : pins) request.addPinIds(pin.getId());
    return as(account).batchGetPinSaves(request.build()).getPinsList();
  }

  @Test
  void savesAreCountedOnTheirDay() {
    Pin often = rig.create(owner, board);
    Pin once = rig.create(owner, board);
    Pin never = rig.create(owner, board);
    LocalDate first = SaveCounting.day(save(often));
    rig.clock.pass(Duration.ofDays(1));
    save(often);
    save(often);
    save(once);
    assertThat(saves(owner, first, never, often, once))
        .extracting(PinSaves::getPinId, PinSaves::getDailyCountsList)
        .containsExactly(
            tuple(never.getId(), List.of(0, 0, 0)),
            tuple(often.getId(), List.of(1, 2, 0)),
            tuple(once.getId(), List.of(0, 1, 0)));
    assertThat(
            as(owner)
                .getAccountSaves(
                    GetAccountSavesRequest.newBuilder()
                        .setStartDate(date(first))
                        .setEndDate(date(first.plusDays(1)))
                        .build())
                .getDailyCountsList())
        .containsExactly(1, 3);
    GetMostSavedPinsRequest most =
        GetMostSavedPinsRequest.newBuilder()
            .setStartDate(date(first))
            .setEndDate(date(first.plusDays(1)))
            .build();
    Ranked top = Ranked.newBuilder().setPinId(often.getId()).setCount(3).build();
    assertThat(as(owner).getMostSavedPins(most).getPinsList())
        .containsExactly(top, Ranked.newBuilder().setPinId(once.getId()).setCount(1).build());
    assertThat(as(owner).getMostSavedPins(most.toBuilder().setLimit(1).build()).getPinsList())
        .containsExactly(top);
    assertThat(
            as(owner)
                .getMostSavedPins(
                    most.toBuilder().addCreativeTypes(CreativeType.CREATIVE_TYPE_REGULAR).build())
                .getPinsList())
        .hasSize(2);
    assertThat(
            as(owner)
                .getMostSavedPins(
                    most.toBuilder().addCreativeTypes(CreativeType.CREATIVE_TYPE_VIDEO).build())
                .getPinsList())
        .isEmpty();
    assertThat(
            as(owner)
                .getMostSavedPins(
                    most.toBuilder()
                        .setCreatedAfterTime(
                            Timestamps.add(once.getCreateTime(), Durations.fromDays(1)))
                        .build())
                .getPinsList())
        .isEmpty();
  }

  @Test
  void othersLearnNothing() {
    Pin pin = rig.create(owner, board);
    LocalDate day = SaveCounting.day(save(pin));
    assertThat(saves(guest, day, pin)).isEmpty();
    rig.boards.delete(board);
    assertThat(saves(owner, day, pin)).isEmpty();
  }

  @Test
  void daysAreChecked() {
    LocalDate day = LocalDate.of(2026, 3, 1);
    for (GetAccountSavesRequest bad :
        List.of(
            GetAccountSavesRequest.getDefaultInstance(),
            GetAccountSavesRequest.newBuilder()
                .setStartDate(date(day))
                .setEndDate(date(day.minusDays(1)))
                .build(),
            GetAccountSavesRequest.newBuilder()
                .setStartDate(date(day))
                .setEndDate(date(day.plusDays(93)))
                .build(),
            GetAccountSavesRequest.newBuilder()
                .setStartDate(date(day))
                .setEndDate(date(day).toBuilder().setMonth(2).setDay(30))
                .build())) {
      assertFails(ErrorReason.ERROR_REASON_INVALID_FIELD, () -> as(owner).getAccountSaves(bad));
    }
  }
}
