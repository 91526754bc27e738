// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.pin;

import static dev.corkboard.pin.Pins.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.corkboard.pin.listing.InMemoryOwnerListing;
import dev.corkboard.pin.listing.OwnerListing;
import dev.corkboard.pin.listing.OwnerListing.Entry;
import dev.corkboard.pin.saves.InMemorySaveStore;
import dev.corkboard.pin.saves.SaveStore;
import dev.corkboard.pin.v1.CreatePinRequest;
import dev.corkboard.pin.v1.ImageSource;
import dev.corkboard.pin.v1.Pin;
import dev.corkboard.pin.v1.PinServiceGrpc;
import dev.corkboard.pin.v1.PinServiceGrpc.PinServiceBlockingStub;
import dev.corkboard.pin.v1.SavePinRequest;
import dev.corkboard.platform.client.ServiceTokens;
import dev.corkboard.platform.page.PageTokens;
import dev.corkboard.platform.testing.Crash;
import dev.corkboard.platform.testing.GrpcExtension;
import dev.corkboard.platform.testing.TestTokens;
import io.grpc.BindableService;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.MethodDescriptor;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/** pin-service whole, in memory, beside boards that really keep placements. */
final class PinRig {
  final FakeBoards boards = new FakeBoards();
  final FakeMedia media = new FakeMedia();
  final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  final AtomicLong ids = new AtomicLong(Long.parseLong(Pins.someId()));
  final MovableClock clock = new MovableClock();
  final GrpcExtension grpc = new GrpcExtension("board", this::services);

  PinStore pins = new InMemoryPinStore();
  RequestStore requests = new InMemoryRequestStore();
  InMemoryIntentStore intents = new InMemoryIntentStore();
  ProgressStore progress = new InMemoryProgressStore();
  OwnerListing listing = new InMemoryOwnerListing();
  SaveStore saves = new InMemorySaveStore();

  /** A clock that a test sets on. */
  static final class MovableClock extends Clock {
    private volatile Duration ahead = Duration.ZERO;

    void pass(Duration time) {
      ahead = ahead.plus(time);
    }

    @Override
    public Instant instant() {
      return Instant.now().plus(ahead);
    }

    @Override
    public java.time.ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(java.time.ZoneId zone) {
      return this;
    }
  }

  /** The server's own channel, which is there only once the server has started. */
  private final Channel loop =
      new Channel() {
        @Override
        public <Q, A> ClientCall<Q, A> newCall(MethodDescriptor<Q, A> method, CallOptions options) {
          return grpc.channel().newCall(method, options);
        }

        @Override
        public String authority() {
          return "loop";
        }
      };

  private List<BindableService> services(TestTokens tokens) {
    List<BindableService> services = new ArrayList<>(boards.services());
    PinSagas sagas = sagas();
    BoardDirectory directory = new BoardDirectory(loop, serviceTokens());
    PinAccess access = new PinAccess(pins, sagas, directory);
    PinMediaSources sources = new PinMediaSources(media, new FakeVideos());
    PageTokens pages = new PageTokens(new byte[32], clock);
    PinCreator creator =
        new PinCreator(
            pins, requests, sagas, access, directory, sources, ids::incrementAndGet, clock);
    PinEditor editor = new PinEditor(pins, sagas, access, directory, listing, clock);
    services.add(new CollagePinService(creator, editor, sources));
    services.add(
        new PinService(
            creator,
            editor,
            access,
            new PinLists(pins, listing, directory, pages),
            new BoardPinLists(pins, directory, pages),
            new PinCounts(listing, placements()),
            new PinSearch(pins, listing, directory, pages)));
    services.add(new AnalyticsService(pins, saves, directory));
    return services;
  }

  Placements placements() {
    return new GrpcPlacements(loop, serviceTokens());
  }

  private ServiceTokens serviceTokens() {
    return new ServiceTokens(grpc.tokens().identity("pin"), Clock.systemUTC());
  }

  PinSagas sagas() {
    return new PinSagas(pins, requests, intents, listing, placements(), saves, clock);
  }

  /** The sagas of a process that dies. */
  PinSagas sagas(Crash crash) {
    return new PinSagas(
        crash.on(PinStore.class, pins),
        crash.on(RequestStore.class, requests),
        crash.on(IntentStore.class, intents),
        crash.on(OwnerListing.class, listing),
        crash.on(Placements.class, placements()),
        crash.on(SaveStore.class, saves),
        clock);
  }

  /** Lets a minute pass and sweeps, until nothing is open. */
  void sweep() {
    SagaSweeper sweeper =
        new SagaSweeper(sagas(), intents, progress, Duration.ofSeconds(30), clock, metrics);
    for (int round = 0; round < 20; round++) {
      clock.pass(Duration.ofMinutes(1));
      get(sweeper.sweep());
      if (intents.all().isEmpty()) return;
    }
    assertThat(intents.all()).isEmpty();
  }

  BoardCascade cascade() {
    return new BoardCascade(pins, listing, placements(), progress, sagas());
  }

  BoardFollower follower() {
    return new BoardFollower(placements(), progress, pins, cascade());
  }

  Reconciler reconciler() {
    return reconciler(placements());
  }

  Reconciler reconciler(Placements placements) {
    return new Reconciler(pins, listing, placements, sagas(), metrics);
  }

  PinServiceBlockingStub as(String accountId) {
    return as(accountId, TestTokens.ALL_SCOPES);
  }

  PinServiceBlockingStub as(String accountId, Set<String> scopes) {
    return PinServiceGrpc.newBlockingStub(grpc.channel())
        .withCallCredentials(grpc.tokens().user(accountId, scopes));
  }

  static CreatePinRequest.Builder request(String boardId) {
    return CreatePinRequest.newBuilder()
        .setPin(Pin.newBuilder().setBoardId(boardId).setTitle("A Pin"))
        .addImages(ImageSource.newBuilder().setImageUrl("https://example.org/a.png"));
  }

  Pin create(String accountId, String boardId) {
    return as(accountId).createPin(request(boardId).build());
  }

  Pin save(String accountId, String pinId, String boardId) {
    return as(accountId)
        .savePin(SavePinRequest.newBuilder().setPinId(pinId).setBoardId(boardId).build());
  }

  /**
   * A Pin is live exactly when it stands on its board, there alone, and is listed; counts agree.
   */
  void assertWhole(String pinId, String ownerId) {
    var row = get(pins.load(pinId));
    row.ifPresent(found -> assertThat(found.progress()).isEmpty());
    List<Entry> entries = get(listing.page(ownerId, "", 10_000));
    List<Entry> own = entries.stream().filter(entry -> entry.pinId().equals(pinId)).toList();
    if (row.filter(StoredPin::isLive).isPresent()) {
      String board = row.get().pin().getBoardId();
      assertThat(boards.boardsOf(pinId)).containsExactly(board);
      assertThat(own).extracting(Entry::boardId).containsExactly(board);
    } else {
      assertThat(boards.boardsOf(pinId)).isEmpty();
      assertThat(own).isEmpty();
    }
    Map<String, Integer> counts =
        entries.stream().collect(Collectors.toMap(Entry::boardId, entry -> 1, Integer::sum));
    assertThat(get(listing.counts(ownerId))).isEqualTo(counts);
  }
}
