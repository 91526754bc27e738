// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge;

import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.encoding.DecodingService;
import com.linecorp.armeria.server.encoding.EncodingService;
import com.linecorp.armeria.server.healthcheck.HealthCheckService;
import dev.corkboard.edge.account.AccountEndpoints;
import dev.corkboard.edge.account.KeyEndpoints;
import dev.corkboard.edge.account.OtherAccountEndpoints;
import dev.corkboard.edge.analytics.AnalyticsEndpoints;
import dev.corkboard.edge.backend.Backends;
import dev.corkboard.edge.backend.OAuthBackend;
import dev.corkboard.edge.backend.Usernames;
import dev.corkboard.edge.board.BoardEndpoints;
import dev.corkboard.edge.collage.CollageEndpoints;
import dev.corkboard.edge.collage.EditingEndpoints;
import dev.corkboard.edge.collage.EventEndpoints;
import dev.corkboard.edge.collage.EventStreams;
import dev.corkboard.edge.collage.FileEndpoints;
import dev.corkboard.edge.collage.MemberEndpoints;
import dev.corkboard.edge.collage.PublishingEndpoints;
import dev.corkboard.edge.collage.RenderEndpoints;
import dev.corkboard.edge.collage.RevisionEndpoints;
import dev.corkboard.edge.docs.DocsEndpoints;
import dev.corkboard.edge.http.RequestBody;
import dev.corkboard.edge.limit.Limiter;
import dev.corkboard.edge.media.MediaEndpoints;
import dev.corkboard.edge.media.MediaUrls;
import dev.corkboard.edge.media.UploadEndpoints;
import dev.corkboard.edge.oauth.SignInElsewhere;
import dev.corkboard.edge.oauth.SignInEndpoints;
import dev.corkboard.edge.oauth.TokenEndpoints;
import dev.corkboard.edge.pin.PinCreation;
import dev.corkboard.edge.pin.PinEndpoints;
import dev.corkboard.edge.section.SectionEndpoints;
import dev.corkboard.edge.video.UploadEndpoint;
import dev.corkboard.edge.video.VideoEndpoints;
import dev.corkboard.platform.auth.TokenVerifier;
import java.time.Clock;
import java.util.function.Function;

/** What is served where, with how much a body may hold and how long it may take. */
final class Routes {
  /** Where the paths of the contract begin. */
  private static final String CONTRACT = "/v5";

  private static final long MAX_PICTURES_BODY = 32 << 20;
  private static final long MAX_FORM = 64 * 1024;

  /** A document of 2 MiB, every number of it with 17 digits. */
  private static final long MAX_DOCUMENT_BODY = 8 << 20;

  private static final long MAX_FILE = 64 << 20;

  /** Where paths begin that are no part of the contract. */
  private static final String OWN = "/v1";

  /** What is passed on as it comes is bounded by who takes it. */
  private static final long UNBOUNDED = 0;

  private final EdgeConfig config;
  private final Backends backends;
  private final Usernames usernames;
  private final RequestBody bodies;
  private final MediaUrls urls;

  Routes(EdgeConfig config, Backends backends, Usernames usernames) {
    this.config = config;
    this.backends = backends;
    this.usernames = usernames;
    this.bodies = new RequestBody(config.maxLargeBodies());
    this.urls = new MediaUrls(config.publicUrl());
  }

  /** The contract, and what belongs to it. */
  void contract(ServerBuilder builder, OAuthBackend oauth, Limiter limiter) {
    Function<HttpService, HttpService> signIn =
        service ->
            config
                .oidc()
                .<HttpService>map(oidc -> new SignInElsewhere(service, oidc.issuer()))
                .orElse(service);
    builder
        .annotatedService()
        .pathPrefix(CONTRACT)
        .decorator(DecodingService.newDecorator())
        .build(new BoardEndpoints(backends, usernames, bodies, urls))
        .annotatedService()
        .pathPrefix(CONTRACT)
        .decorator(DecodingService.newDecorator())
        .build(new SectionEndpoints(backends, bodies))
        .annotatedService()
        .pathPrefix(CONTRACT)
        .decorator(DecodingService.newDecorator())
        .build(new AccountEndpoints(backends, usernames, bodies))
        .annotatedService()
        .pathPrefix(CONTRACT)
        .build(new OtherAccountEndpoints(usernames))
        .annotatedService()
        .pathPrefix(CONTRACT)
        .build(new AnalyticsEndpoints(backends, Clock.systemUTC()))
        .annotatedService()
        .pathPrefix(CONTRACT)
        .decorator(DecodingService.newDecorator())
        .build(new PinEndpoints(backends, usernames, bodies, urls))
        .annotatedService()
        .pathPrefix(CONTRACT)
        .decorator(DecodingService.newDecorator())
        .maxRequestLength(MAX_PICTURES_BODY)
        .requestTimeout(config.transferTimeout())
        .build(new PinCreation(backends, usernames, bodies, urls))
        .annotatedService()
        .pathPrefix(CONTRACT)
        .decorator(DecodingService.newDecorator())
        .build(new VideoEndpoints(backends, bodies, urls))
        .annotatedService()
        .requestTimeout(config.transferTimeout())
        .maxRequestLength(UNBOUNDED)
        .build(new UploadEndpoint(backends))
        .annotatedService()
        .requestTimeout(config.transferTimeout())
        .build(new MediaEndpoints(backends))
        .annotatedService()
        .pathPrefix(CONTRACT)
        .decorator(signIn)
        .maxRequestLength(MAX_FORM)
        .build(new TokenEndpoints(oauth, Clock.systemUTC()))
        .annotatedService()
        .decorator(signIn)
        .maxRequestLength(MAX_FORM)
        .build(new SignInEndpoints(oauth, limiter, config.publicUrl()))
        .annotatedService(new KeyEndpoints(backends.accountChannel()))
        .annotatedService()
        .decorator(EncodingService.newDecorator())
        .build(new DocsEndpoints(config.publicUrl()))
        .service("/healthz", HealthCheckService.of());
  }

  /** What is Corkboard's own. */
  void collages(ServerBuilder builder, TokenVerifier verifier, EventStreams streams) {
    builder
        .annotatedService()
        .pathPrefix(OWN)
        .decorator(DecodingService.newDecorator())
        .build(new CollageEndpoints(backends, usernames, bodies, urls))
        .annotatedService()
        .pathPrefix(OWN)
        .decorator(DecodingService.newDecorator())
        .maxRequestLength(MAX_DOCUMENT_BODY)
        .requestTimeout(config.transferTimeout())
        .build(new EditingEndpoints(backends, usernames, bodies, urls))
        .annotatedService()
        .pathPrefix(OWN)
        .decorator(DecodingService.newDecorator())
        .maxRequestLength(MAX_FILE)
        .requestTimeout(config.transferTimeout())
        .build(new FileEndpoints(backends, usernames, bodies, urls))
        .annotatedService()
        .pathPrefix(OWN)
        .build(new RevisionEndpoints(backends, urls))
        .annotatedService()
        .pathPrefix(OWN)
        .build(new EventEndpoints(backends, verifier, streams, urls))
        .annotatedService()
        .pathPrefix(OWN)
        .decorator(DecodingService.newDecorator())
        .build(new MemberEndpoints(backends, usernames, bodies))
        .annotatedService()
        .pathPrefix(OWN)
        .requestTimeout(config.transferTimeout())
        .build(new RenderEndpoints(backends))
        .annotatedService()
        .pathPrefix(OWN)
        .decorator(DecodingService.newDecorator())
        .requestTimeout(config.transferTimeout())
        .build(new PublishingEndpoints(backends, usernames, bodies, urls))
        .annotatedService()
        .pathPrefix(OWN)
        .maxRequestLength(UploadEndpoints.MAX_PICTURE)
        .requestTimeout(config.transferTimeout())
        .build(new UploadEndpoints(backends, urls));
  }
}
