// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corkboard.collage.document.Documents;
import dev.corkboard.collage.index.CollageIndex;
import dev.corkboard.collage.index.InMemoryCollageIndex;
import dev.corkboard.collage.pins.CollagePins;
import dev.corkboard.collage.pins.FakePinService;
import dev.corkboard.collage.pins.GrpcCollagePins;
import dev.corkboard.collage.pins.GrpcMediaHolder;
import dev.corkboard.collage.pins.GrpcPictureBytes;
import dev.corkboard.collage.pins.GrpcPinDirectory;
import dev.corkboard.collage.render.RenderExecutor;
import dev.corkboard.collage.v1.BatchUpdateCollageRequest;
import dev.corkboard.collage.v1.Collage;
import dev.corkboard.collage.v1.CollageServiceGrpc;
import dev.corkboard.collage.v1.CollageServiceGrpc.CollageServiceBlockingStub;
import dev.corkboard.collage.v1.CreateCollageRequest;
import dev.corkboard.collage.v1.Document;
import dev.corkboard.collage.v1.Edit;
import dev.corkboard.collage.v1.EditServiceGrpc;
import dev.corkboard.collage.v1.EditServiceGrpc.EditServiceBlockingStub;
import dev.corkboard.collage.v1.GetCollageRequest;
import dev.corkboard.collage.v1.Member;
import dev.corkboard.collage.v1.Operation;
import dev.corkboard.collage.v1.PublishingServiceGrpc;
import dev.corkboard.collage.v1.PublishingServiceGrpc.PublishingServiceBlockingStub;
import dev.corkboard.collage.v1.RenderServiceGrpc;
import dev.corkboard.collage.v1.RenderServiceGrpc.RenderServiceBlockingStub;
import dev.corkboard.collage.v1.Role;
import dev.corkboard.collage.v1.SetMemberRequest;
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
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** collage-service whole, in memory, beside a pin-service that is as much as it needs. */
final class CollageRig {
  static final Duration TRASH_LIFE = Duration.ofDays(30);

  final FakePinService pins = new FakePinService();
  final Set<String> noAccounts = ConcurrentHashMap.newKeySet();
  final MovableClock clock = new MovableClock();
  final GrpcExtension grpc = new GrpcExtension("pin", this::services);
  final RenderExecutor rendering = new RenderExecutor(1, 4, new SimpleMeterRegistry());

  private final InMemoryCollageStore inMemory = new InMemoryCollageStore();
  CollageStore store = inMemory;
  CollageHeaders headers = new InMemoryCollageHeaders(inMemory);
  CreationStore creations = new InMemoryCreationStore();
  CollageIndex index = new InMemoryCollageIndex();
  private EditFeeds feeds;
  private Collages collages;

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
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
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
    feeds = new EditFeeds(store, Duration.ofMillis(50));
    collages = collages(new Collages.Stores(store, headers, creations, index), collagePins());
    List<BindableService> services = new ArrayList<>(pins.services());
    services.addAll(collages.services());
    return services;
  }

  private CollagePins collagePins() {
    return new GrpcCollagePins(loop, serviceTokens());
  }

  private ServiceTokens serviceTokens() {
    return new ServiceTokens(grpc.tokens().identity("collage"), Clock.systemUTC());
  }

  private Collages collages(Collages.Stores stores, CollagePins collagePins) {
    return new Collages(
        stores,
        new Collages.Peers(
            new GrpcPinDirectory(loop),
            new GrpcMediaHolder(loop, serviceTokens()),
            new GrpcPictureBytes(loop),
            collagePins,
            account -> CompletableFuture.completedStage(!noAccounts.contains(account))),
        new Collages.Means(
            rendering,
            Runnable::run,
            feeds,
            new PageTokens(new byte[32], clock),
            Fixtures::newId,
            clock),
        TRASH_LIFE,
        Duration.ofSeconds(30));
  }

  /** The same as a process that dies. */
  Collages dying(Crash crash) {
    return collages(
        new Collages.Stores(
            crash.on(CollageStore.class, store),
            crash.on(CollageHeaders.class, headers),
            creations,
            crash.on(CollageIndex.class, index)),
        crash.on(CollagePins.class, collagePins()));
  }

  Collages collages() {
    return collages;
  }

  void close() {
    feeds.close();
    rendering.close();
  }

  CollageServiceBlockingStub as(String accountId) {
    return as(accountId, TestTokens.ALL_SCOPES);
  }

  CollageServiceBlockingStub as(String accountId, Set<String> scopes) {
    return CollageServiceGrpc.newBlockingStub(grpc.channel())
        .withCallCredentials(grpc.tokens().user(accountId, scopes));
  }

  EditServiceBlockingStub editsAs(String accountId) {
    return EditServiceGrpc.newBlockingStub(grpc.channel())
        .withCallCredentials(grpc.tokens().user(accountId));
  }

  RenderServiceBlockingStub renderAs(String accountId) {
    return RenderServiceGrpc.newBlockingStub(grpc.channel())
        .withCallCredentials(grpc.tokens().user(accountId));
  }

  PublishingServiceBlockingStub publishAs(String accountId) {
    return PublishingServiceGrpc.newBlockingStub(grpc.channel())
        .withCallCredentials(grpc.tokens().user(accountId));
  }

  static String someId() {
    return Long.toString(Fixtures.newId());
  }

  static CreateCollageRequest creation(Document document) {
    return CreateCollageRequest.newBuilder()
        .setCollage(Collage.newBuilder().setTitle("A collage").setDocument(document))
        .build();
  }

  Collage create(String owner) {
    return as(owner).createCollage(creation(Documents.with(Documents.shape("a"))));
  }

  Collage get(String account, String collageId) {
    return as(account).getCollage(GetCollageRequest.newBuilder().setCollageId(collageId).build());
  }

  Edit edit(String account, Collage collage, Operation... operations) {
    return editsAs(account)
        .batchUpdateCollage(
            BatchUpdateCollageRequest.newBuilder()
                .setCollageId(collage.getId())
                .setBaseRevision(get(account, collage.getId()).getRevision())
                .addAllOperations(List.of(operations))
                .setRequestId(UUID.randomUUID().toString())
                .build());
  }

  void join(Collage collage, String account, Role role) {
    assertMember(
        as(collage.getOwnerId())
            .setMember(
                SetMemberRequest.newBuilder()
                    .setCollageId(collage.getId())
                    .setMember(Member.newBuilder().setAccountId(account).setRole(role))
                    .build()),
        role);
  }

  private static void assertMember(Member member, Role role) {
    assertThat(member.getRole()).isEqualTo(role);
  }
}
