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
import dev.corkboard.platform.client.Channels;
import dev.corkboard.platform.client.ServiceTokens;
import dev.corkboard.platform.server.Caller;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The services behind the edge; each call has a deadline and carries the caller's own token. */
public final class Backends implements AutoCloseable {
  private static final long DEADLINE_SECONDS = 8;

  /** A picture may have to be fetched from far away and scaled. */
  private static final long CREATE_SECONDS = 45;

  /** 20 MiB over a slow link in front of the edge, or behind it. */
  private static final long TRANSFER_SECONDS = 300;

  private final ManagedChannel account;
  private final ManagedChannel board;
  private final ManagedChannel pin;
  private final AccountServiceFutureStub accounts;
  private final FollowServiceFutureStub follows;
  private final BoardServiceFutureStub boards;
  private final SectionServiceFutureStub sections;
  private final PinServiceFutureStub pins;
  private final AnalyticsServiceFutureStub analytics;
  private final MediaServiceStub media;
  private final VideoServiceFutureStub videos;
  private final VideoServiceStub videoTransfers;

  /** Opens the channels; targets are {@code host:port} or any gRPC target. */
  public Backends(
      String accountTarget, String boardTarget, String pinTarget, MeterRegistry metrics) {
    account =
        Channels.open(
            accountTarget,
            metrics,
            AccountServiceGrpc.getServiceDescriptor(),
            FollowServiceGrpc.getServiceDescriptor(),
            SigningKeyServiceGrpc.getServiceDescriptor(),
            OAuthServiceGrpc.getServiceDescriptor(),
            TokenExchangeServiceGrpc.getServiceDescriptor());
    board =
        Channels.open(
            boardTarget,
            metrics,
            BoardServiceGrpc.getServiceDescriptor(),
            SectionServiceGrpc.getServiceDescriptor());
    pin =
        Channels.open(
            pinTarget,
            metrics,
            PinServiceGrpc.getServiceDescriptor(),
            AnalyticsServiceGrpc.getServiceDescriptor(),
            MediaServiceGrpc.getServiceDescriptor(),
            VideoServiceGrpc.getServiceDescriptor());
    accounts = AccountServiceGrpc.newFutureStub(account);
    follows = FollowServiceGrpc.newFutureStub(account);
    boards = BoardServiceGrpc.newFutureStub(board);
    sections = SectionServiceGrpc.newFutureStub(board);
    pins = PinServiceGrpc.newFutureStub(pin);
    analytics = AnalyticsServiceGrpc.newFutureStub(pin);
    media = MediaServiceGrpc.newStub(pin);
    videos = VideoServiceGrpc.newFutureStub(pin);
    videoTransfers = VideoServiceGrpc.newStub(pin);
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

  public AccountServiceFutureStub accounts(Caller caller) {
    return accounts
        .withCallCredentials(Bearer.forward(caller))
        .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS);
  }

  public FollowServiceFutureStub follows(Caller caller) {
    return follows
        .withCallCredentials(Bearer.forward(caller))
        .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS);
  }

  public BoardServiceFutureStub boards(Caller caller) {
    return boards
        .withCallCredentials(Bearer.forward(caller))
        .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS);
  }

  public SectionServiceFutureStub sections(Caller caller) {
    return sections
        .withCallCredentials(Bearer.forward(caller))
        .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS);
  }

  public PinServiceFutureStub pins(Caller caller) {
    return pins.withCallCredentials(Bearer.forward(caller))
        .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS);
  }

  public AnalyticsServiceFutureStub analytics(Caller caller) {
    return analytics
        .withCallCredentials(Bearer.forward(caller))
        .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS);
  }

  /** With the time a picture takes to be fetched. */
  public PinServiceFutureStub pinCreation(Caller caller) {
    return pins(caller).withDeadlineAfter(CREATE_SECONDS, TimeUnit.SECONDS);
  }

  /** Streams of bytes. */
  public MediaServiceStub media(Caller caller) {
    return media
        .withCallCredentials(Bearer.forward(caller))
        .withDeadlineAfter(TRANSFER_SECONDS, TimeUnit.SECONDS);
  }

  public VideoServiceFutureStub videos(Caller caller) {
    return videos
        .withCallCredentials(Bearer.forward(caller))
        .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS);
  }

  /** Streams of the bytes of videos. */
  public VideoServiceStub videoTransfers(Caller caller) {
    return videoTransfers
        .withCallCredentials(Bearer.forward(caller))
        .withDeadlineAfter(TRANSFER_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    List.of(pin, board, account).forEach(ManagedChannel::shutdownNow);
  }
}
