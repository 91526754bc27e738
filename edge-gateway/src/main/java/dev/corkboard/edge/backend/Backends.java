// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.backend;

import dev.corkboard.access.v1.SigningKeyServiceGrpc;
import dev.corkboard.account.v1.AccountServiceGrpc;
import dev.corkboard.account.v1.AccountServiceGrpc.AccountServiceFutureStub;
import dev.corkboard.account.v1.FollowServiceGrpc;
import dev.corkboard.account.v1.FollowServiceGrpc.FollowServiceFutureStub;
import dev.corkboard.board.v1.BoardServiceGrpc;
import dev.corkboard.board.v1.BoardServiceGrpc.BoardServiceFutureStub;
import dev.corkboard.board.v1.SectionServiceGrpc;
import dev.corkboard.board.v1.SectionServiceGrpc.SectionServiceFutureStub;
import dev.corkboard.collage.v1.CollageServiceGrpc;
import dev.corkboard.collage.v1.CollageServiceGrpc.CollageServiceFutureStub;
import dev.corkboard.collage.v1.EditServiceGrpc;
import dev.corkboard.collage.v1.EditServiceGrpc.EditServiceFutureStub;
import dev.corkboard.collage.v1.EditServiceGrpc.EditServiceStub;
import dev.corkboard.collage.v1.PublishingServiceGrpc;
import dev.corkboard.collage.v1.PublishingServiceGrpc.PublishingServiceFutureStub;
import dev.corkboard.collage.v1.RenderServiceGrpc;
import dev.corkboard.collage.v1.RenderServiceGrpc.RenderServiceStub;
import dev.corkboard.media.v1.MediaServiceGrpc;
import dev.corkboard.media.v1.MediaServiceGrpc.MediaServiceStub;
import dev.corkboard.media.v1.VideoServiceGrpc;
import dev.corkboard.media.v1.VideoServiceGrpc.VideoServiceFutureStub;
import dev.corkboard.media.v1.VideoServiceGrpc.VideoServiceStub;
import dev.corkboard.oauth.v1.OAuthServiceGrpc;
import dev.corkboard.oauth.v1.TokenExchangeServiceGrpc;
import dev.corkboard.pin.v1.AnalyticsServiceGrpc;
import dev.corkboard.pin.v1.AnalyticsServiceGrpc.AnalyticsServiceFutureStub;
import dev.corkboard.pin.v1.PinServiceGrpc;
import dev.corkboard.pin.v1.PinServiceGrpc.PinServiceFutureStub;
import dev.corkboard.platform.client.Bearer;
import dev.corkboard.platform.client.ServiceTokens;
import dev.corkboard.platform.server.Caller;
import dev.corkboard.platform.server.Startup;
import io.grpc.Channel;
import io.grpc.stub.AbstractStub;
import io.netty.channel.EventLoopGroup;
import java.util.concurrent.TimeUnit;

/** The services behind the edge; each call has a deadline and carries the caller's own token. */
public final class Backends {
  private static final long DEADLINE_SECONDS = 8;

  /** Pictures may have to be fetched from far away and scaled, copied, or drawn. */
  private static final long CREATE_SECONDS = 45;

  /** 20 MiB over a slow link in front of the edge, or behind it. */
  private static final long TRANSFER_SECONDS = 300;

  private final Channel account;
  private final AccountServiceFutureStub accounts;
  private final FollowServiceFutureStub follows;
  private final BoardServiceFutureStub boards;
  private final SectionServiceFutureStub sections;
  private final PinServiceFutureStub pins;
  private final AnalyticsServiceFutureStub analytics;
  private final MediaServiceStub media;
  private final VideoServiceFutureStub videos;
  private final VideoServiceStub videoTransfers;
  private final CollageServiceFutureStub collages;
  private final EditServiceFutureStub edits;
  private final EditServiceStub editStreams;
  private final RenderServiceStub rendering;
  private final PublishingServiceFutureStub publishing;

  /**
   * Opens the channels; targets are {@code host:port} or any gRPC target.
   *
   * @param loops of the server whose requests they are for
   */
  public Backends(
      Startup process,
      EventLoopGroup loops,
      String accountTarget,
      String boardTarget,
      String pinTarget,
      String collageTarget) {
    account =
        new LoopChannel(
            process,
            loops,
            "account",
            accountTarget,
            AccountServiceGrpc.getServiceDescriptor(),
            FollowServiceGrpc.getServiceDescriptor(),
            SigningKeyServiceGrpc.getServiceDescriptor(),
            OAuthServiceGrpc.getServiceDescriptor(),
            TokenExchangeServiceGrpc.getServiceDescriptor());
    Channel board =
        new LoopChannel(
            process,
            loops,
            "board",
            boardTarget,
            BoardServiceGrpc.getServiceDescriptor(),
            SectionServiceGrpc.getServiceDescriptor());
    Channel pin =
        new LoopChannel(
            process,
            loops,
            "pin",
            pinTarget,
            PinServiceGrpc.getServiceDescriptor(),
            AnalyticsServiceGrpc.getServiceDescriptor(),
            MediaServiceGrpc.getServiceDescriptor(),
            VideoServiceGrpc.getServiceDescriptor());
    Channel collage =
        new LoopChannel(
            process,
            loops,
            "collage",
            collageTarget,
            CollageServiceGrpc.getServiceDescriptor(),
            EditServiceGrpc.getServiceDescriptor(),
            RenderServiceGrpc.getServiceDescriptor(),
            PublishingServiceGrpc.getServiceDescriptor());
    accounts = AccountServiceGrpc.newFutureStub(account);
    follows = FollowServiceGrpc.newFutureStub(account);
    boards = BoardServiceGrpc.newFutureStub(board);
    sections = SectionServiceGrpc.newFutureStub(board);
    pins = PinServiceGrpc.newFutureStub(pin);
    analytics = AnalyticsServiceGrpc.newFutureStub(pin);
    media = MediaServiceGrpc.newStub(pin);
    videos = VideoServiceGrpc.newFutureStub(pin);
    videoTransfers = VideoServiceGrpc.newStub(pin);
    collages = CollageServiceGrpc.newFutureStub(collage);
    edits = EditServiceGrpc.newFutureStub(collage);
    editStreams = EditServiceGrpc.newStub(collage);
    rendering = RenderServiceGrpc.newStub(collage);
    publishing = PublishingServiceGrpc.newFutureStub(collage);
  }

  /** For calls that need no token. */
  public Channel accountChannel() {
    return account;
  }

  /** Accounts, asked in the edge's own name. */
  AccountServiceFutureStub accounts(ServiceTokens tokens) {
    return accounts
        .withCallCredentials(tokens.credentials("account"))
        .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS);
  }

  /** A stub that forwards the caller's token and waits so many seconds. */
  private static <S extends AbstractStub<S>> S as(S stub, Caller caller, long seconds) {
    return stub.withCallCredentials(Bearer.forward(caller))
        .withDeadlineAfter(seconds, TimeUnit.SECONDS);
  }

  public AccountServiceFutureStub accounts(Caller caller) {
    return as(accounts, caller, DEADLINE_SECONDS);
  }

  public FollowServiceFutureStub follows(Caller caller) {
    return as(follows, caller, DEADLINE_SECONDS);
  }

  public BoardServiceFutureStub boards(Caller caller) {
    return as(boards, caller, DEADLINE_SECONDS);
  }

  public SectionServiceFutureStub sections(Caller caller) {
    return as(sections, caller, DEADLINE_SECONDS);
  }

  public PinServiceFutureStub pins(Caller caller) {
    return as(pins, caller, DEADLINE_SECONDS);
  }

  public AnalyticsServiceFutureStub analytics(Caller caller) {
    return as(analytics, caller, DEADLINE_SECONDS);
  }

  /** With the time a picture takes to be fetched. */
  public PinServiceFutureStub pinCreation(Caller caller) {
    return pins(caller).withDeadlineAfter(CREATE_SECONDS, TimeUnit.SECONDS);
  }

  /** Streams of bytes. */
  public MediaServiceStub media(Caller caller) {
    return as(media, caller, TRANSFER_SECONDS);
  }

  public VideoServiceFutureStub videos(Caller caller) {
    return as(videos, caller, DEADLINE_SECONDS);
  }

  /** Streams of the bytes of videos. */
  public VideoServiceStub videoTransfers(Caller caller) {
    return as(videoTransfers, caller, TRANSFER_SECONDS);
  }

  public CollageServiceFutureStub collages(Caller caller) {
    return as(collages, caller, DEADLINE_SECONDS);
  }

  /** With the time its pictures take to be copied. */
  public CollageServiceFutureStub collageCreation(Caller caller) {
    return collages(caller).withDeadlineAfter(CREATE_SECONDS, TimeUnit.SECONDS);
  }

  public EditServiceFutureStub edits(Caller caller) {
    return as(edits, caller, DEADLINE_SECONDS);
  }

  /** With the time new pictures take to be copied. */
  public EditServiceFutureStub editing(Caller caller) {
    return edits(caller).withDeadlineAfter(CREATE_SECONDS, TimeUnit.SECONDS);
  }

  /** Streams of edits, which last until somebody ends them. */
  public EditServiceStub editStreams(Caller caller) {
    return editStreams.withCallCredentials(Bearer.forward(caller));
  }

  /** Streams of the bytes of drawings. */
  public RenderServiceStub rendering(Caller caller) {
    return as(rendering, caller, TRANSFER_SECONDS);
  }

  public PublishingServiceFutureStub publishing(Caller caller) {
    return as(publishing, caller, DEADLINE_SECONDS);
  }

  /** With the time a collage takes to be drawn. */
  public PublishingServiceFutureStub publication(Caller caller) {
    return publishing(caller).withDeadlineAfter(CREATE_SECONDS, TimeUnit.SECONDS);
  }
}
