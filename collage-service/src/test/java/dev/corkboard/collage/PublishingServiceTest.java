// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage;

import static dev.corkboard.collage.CollageRig.someId;
import static dev.corkboard.collage.CollageServiceTest.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.corkboard.collage.document.Documents;
import dev.corkboard.collage.v1.Collage;
import dev.corkboard.collage.v1.DeleteCollageRequest;
import dev.corkboard.collage.v1.ListCollagesRequest;
import dev.corkboard.collage.v1.PublishCollageRequest;
import dev.corkboard.collage.v1.PublishingServiceGrpc;
import dev.corkboard.collage.v1.Role;
import dev.corkboard.collage.v1.State;
import dev.corkboard.collage.v1.UnpublishCollageRequest;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.pin.v1.Pin;
import dev.corkboard.platform.auth.AuthInterceptor;
import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.server.GrpcServer;
import dev.corkboard.platform.testing.Crash;
import dev.corkboard.platform.testing.GrpcExtension;
import io.grpc.BindableService;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublishingServiceTest {
  private static final String BOARD = "11";

  private final CollageRig rig = newRig();

  @RegisterExtension final GrpcExtension grpc = rig.grpc;

  private final String owner = someId();
  private final String reader = someId();

  /** The stores to run on. */
  CollageRig newRig() {
    return new CollageRig();
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private static PublishCollageRequest.Builder publication(Collage collage) {
    return PublishCollageRequest.newBuilder().setCollageId(collage.getId()).setBoardId(BOARD);
  }

  private Collage publish(Collage collage) {
    return rig.publishAs(owner).publishCollage(publication(collage).build());
  }

  private Collage unpublish(Collage collage) {
    return rig.publishAs(owner)
        .unpublishCollage(
            UnpublishCollageRequest.newBuilder().setCollageId(collage.getId()).build());
  }

  private Pin onlyPin(Collage collage) {
    assertThat(rig.pins.pinsOf(collage.getId())).hasSize(1);
    return rig.pins.pinsOf(collage.getId()).get(0);
  }

  private static String shown(Pin pin) {
    return pin.getImages(0).getImage().getAssetKey();
  }

  @Test
  void aPublishedCollageIsOnePinAndSaysWhich() {
    Collage draft = rig.create(owner);
    assertFails(ErrorReason.ERROR_REASON_COLLAGE_NOT_FOUND, () -> rig.get(reader, draft.getId()));
    Collage published = publish(draft);
    Pin pin = onlyPin(draft);
    assertThat(published.getState()).isEqualTo(State.STATE_PUBLISHED);
    assertThat(published.getPublication().getPinId()).isEqualTo(pin.getId());
    assertThat(published.getPublication().getRevision()).isZero();
    assertThat(pin.getTitle()).isEqualTo("A collage");
    assertThat(pin.getBoardId()).isEqualTo(BOARD);
    assertThat(rig.pins.bytes(shown(pin)).substring(1, 4).toStringUtf8()).isEqualTo("PNG");
    assertThat(publish(draft)).isEqualTo(published);
    onlyPin(draft);
    assertThat(rig.get(reader, draft.getId()).getRole()).isEqualTo(Role.ROLE_UNSPECIFIED);
    assertThat(listed(reader)).containsExactly(draft.getId());
  }

  private List<String> listed(String account) {
    return rig
        .as(account)
        .listCollages(ListCollagesRequest.newBuilder().setOwnerId(owner).build())
        .getCollagesList()
        .stream()
        .map(Collage::getId)
        .toList();
  }

  @Test
  void readersSeeThePublishedRevisionUntilTheNextOne() {
    Collage draft = rig.create(owner);
    publish(draft);
    String before = shown(onlyPin(draft));
    rig.edit(owner, draft, Documents.turn("a", 45));
    Collage seen = rig.get(reader, draft.getId());
    assertThat(seen.getRevision()).isZero();
    assertThat(seen.getDocument()).isEqualTo(draft.getDocument());
    assertThat(rig.get(owner, draft.getId()).getRevision()).isEqualTo(1);

    Collage again =
        rig.publishAs(owner)
            .publishCollage(PublishCollageRequest.newBuilder().setCollageId(draft.getId()).build());
    assertThat(again.getPublication().getRevision()).isEqualTo(1);
    assertThat(again.getPublication().getPinId()).isEqualTo(onlyPin(draft).getId());
    assertThat(shown(onlyPin(draft))).isNotEqualTo(before);
    assertThat(rig.get(reader, draft.getId()).getRevision()).isEqualTo(1);
  }

  @Test
  void whoDoesNotSeeThePinDoesNotSeeTheCollage() {
    Collage draft = rig.create(owner);
    String member = someId();
    rig.join(draft, member, Role.ROLE_VIEWER);
    publish(draft);
    rig.pins.hide(onlyPin(draft).getId());
    assertFails(ErrorReason.ERROR_REASON_COLLAGE_NOT_FOUND, () -> rig.get(reader, draft.getId()));
    assertThat(listed(reader)).isEmpty();
    assertThat(rig.get(member, draft.getId()).hasPublication()).isFalse();
    assertThat(rig.get(owner, draft.getId()).hasPublication()).isTrue();
  }

  @Test
  void anUnpublishedCollageIsADraftAgain() {
    Collage draft = rig.create(owner);
    publish(draft);
    assertFails(
        ErrorReason.ERROR_REASON_COLLAGE_PUBLISHED,
        () ->
            rig.as(owner)
                .deleteCollage(
                    DeleteCollageRequest.newBuilder().setCollageId(draft.getId()).build()));
    Collage back = unpublish(draft);
    assertThat(back.getState()).isEqualTo(State.STATE_DRAFT);
    assertThat(back.hasPublication()).isFalse();
    assertThat(rig.pins.pinsOf(draft.getId())).isEmpty();
    assertThat(unpublish(draft)).isEqualTo(back);
    assertFails(ErrorReason.ERROR_REASON_COLLAGE_NOT_FOUND, () -> rig.get(reader, draft.getId()));
    assertThat(publish(draft).getState()).isEqualTo(State.STATE_PUBLISHED);
  }

  @Test
  void aPinThatItsOwnerDeletedIsMadeAnew() {
    Collage draft = rig.create(owner);
    String first = publish(draft).getPublication().getPinId();
    rig.pins.delete(first);
    rig.edit(owner, draft, Documents.turn("a", 45));
    String second = publish(draft).getPublication().getPinId();
    assertThat(second).isNotEqualTo(first).isEqualTo(onlyPin(draft).getId());
  }

  static Stream<ApiException> failuresThatDecideNothing() {
    return Stream.of(
        ApiException.overloaded("a service behind this one"),
        ApiException.aborted(ErrorReason.ERROR_REASON_CONTENTION, "Others are at it."),
        ApiException.unavailable("No answer.", null));
  }

  @ParameterizedTest
  @MethodSource("failuresThatDecideNothing")
  void aPinThatWasMadeUnderAFailureIsTheOneTheCollageGets(ApiException failure) {
    Collage draft = rig.create(owner);
    rig.pins.failOnceWith(failure);
    assertFails(failure.reason(), () -> publish(draft));
    String pin = onlyPin(draft).getId();
    assertThat(publish(draft).getPublication().getPinId()).isEqualTo(pin);
    onlyPin(draft);
  }

  @Test
  void whatIsRefusedLeavesADraft() {
    Collage draft = rig.create(owner);
    rig.pins.forbid(BOARD);
    assertFails(ErrorReason.ERROR_REASON_BOARD_NOT_FOUND, () -> publish(draft));
    assertThat(rig.get(owner, draft.getId()).getState()).isEqualTo(State.STATE_DRAFT);
    assertThat(
            rig.publishAs(owner)
                .publishCollage(publication(draft).setBoardId("12").build())
                .getState())
        .isEqualTo(State.STATE_PUBLISHED);
    assertFails(
        ErrorReason.ERROR_REASON_INVALID_FIELD,
        () ->
            rig.publishAs(owner)
                .publishCollage(
                    PublishCollageRequest.newBuilder()
                        .setCollageId(rig.create(owner).getId())
                        .build()));
    assertFails(
        ErrorReason.ERROR_REASON_ETAG_MISMATCH,
        () -> rig.publishAs(owner).publishCollage(publication(draft).setRevision(3).build()));
    String editor = someId();
    rig.join(draft, editor, Role.ROLE_EDITOR);
    assertFails(
        ErrorReason.ERROR_REASON_PERMISSION_DENIED,
        () -> rig.publishAs(editor).publishCollage(publication(draft).build()));
  }

  /** Another process of the service, on the same stores, that can die. */
  private final class OtherProcess implements AutoCloseable {
    private final Server server;
    private final ManagedChannel channel;

    OtherProcess(Crash crash) {
      String name = "dying-" + UUID.randomUUID();
      AuthInterceptor auth = new AuthInterceptor(grpc.tokens().verifier("collage"));
      InProcessServerBuilder builder = InProcessServerBuilder.forName(name).directExecutor();
      for (BindableService service : rig.dying(crash).services()) {
        builder.addService(GrpcServer.intercept(service, auth, new SimpleMeterRegistry()));
      }
      try {
        server = builder.build().start();
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
      channel = InProcessChannelBuilder.forName(name).directExecutor().build();
    }

    Channel channel() {
      return channel;
    }

    @Override
    public void close() {
      channel.shutdownNow();
      server.shutdownNow();
    }
  }

  private PublishingServiceGrpc.PublishingServiceBlockingStub dying(OtherProcess process) {
    return PublishingServiceGrpc.newBlockingStub(process.channel())
        .withCallCredentials(grpc.tokens().user(owner));
  }

  /** Finishes what a dead process left, a while later. */
  private void sweep() {
    rig.clock.pass(Duration.ofMinutes(1));
    Fixtures.await(rig.collages().sweepPublishings());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aDeathAtAnyStepOfPublishingEndsAsPublishedOnceOrNotAtAll(boolean lastArrives) {
    int published = 0;
    boolean happened = true;
    for (int calls = 0; happened; calls++) {
      Collage draft = rig.create(owner);
      Crash crash = new Crash(calls, lastArrives);
      try (OtherProcess process = new OtherProcess(crash)) {
        Throwable failure =
            catchThrowable(() -> dying(process).publishCollage(publication(draft).build()));
        assertThat(failure != null).isEqualTo(crash.happened());
      }
      happened = crash.happened();
      sweep();
      Collage after = rig.get(owner, draft.getId());
      List<Pin> pins = rig.pins.pinsOf(draft.getId());
      if (after.getState() == State.STATE_PUBLISHED) {
        published++;
        assertThat(pins).hasSize(1);
        assertThat(after.getPublication().getPinId()).isEqualTo(pins.get(0).getId());
      } else {
        assertThat(after.getState()).as("after %d calls", calls).isEqualTo(State.STATE_DRAFT);
        assertThat(pins).as("after %d calls", calls).isEmpty();
      }
      assertThat(publish(draft).getState()).isEqualTo(State.STATE_PUBLISHED);
      onlyPin(draft);
    }
    assertThat(published).isPositive();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aDeathAtAnyStepOfPublishingAgainLeavesOnePin(boolean lastArrives) {
    boolean happened = true;
    for (int calls = 0; happened; calls++) {
      Collage draft = rig.create(owner);
      String pin = publish(draft).getPublication().getPinId();
      String picture = shown(onlyPin(draft));
      rig.edit(owner, draft, Documents.turn("a", 45));
      Crash crash = new Crash(calls, lastArrives);
      try (OtherProcess process = new OtherProcess(crash)) {
        Throwable failure =
            catchThrowable(() -> dying(process).publishCollage(publication(draft).build()));
        assertThat(failure != null).isEqualTo(crash.happened());
      }
      happened = crash.happened();
      sweep();
      Collage after = rig.get(owner, draft.getId());
      boolean again = after.getPublication().getRevision() == 1;
      assertThat(onlyPin(draft).getId()).isEqualTo(pin);
      assertThat(shown(onlyPin(draft)).equals(picture)).as("after %d", calls).isEqualTo(!again);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aDeathAtAnyStepOfUnpublishingEndsAsADraftWithoutPinOrAsBefore(boolean lastArrives) {
    boolean happened = true;
    for (int calls = 0; happened; calls++) {
      Collage draft = rig.create(owner);
      publish(draft);
      Crash crash = new Crash(calls, lastArrives);
      try (OtherProcess process = new OtherProcess(crash)) {
        Throwable failure =
            catchThrowable(
                () ->
                    dying(process)
                        .unpublishCollage(
                            UnpublishCollageRequest.newBuilder()
                                .setCollageId(draft.getId())
                                .build()));
        assertThat(failure != null).isEqualTo(crash.happened());
      }
      happened = crash.happened();
      sweep();
      boolean published = rig.get(owner, draft.getId()).getState() == State.STATE_PUBLISHED;
      assertThat(rig.pins.pinsOf(draft.getId())).as("after %d", calls).hasSize(published ? 1 : 0);
    }
  }
}
