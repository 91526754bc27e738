// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.oauth;

import com.google.common.hash.Hashing;
import com.linecorp.armeria.common.Cookie;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.annotation.Get;
import com.linecorp.armeria.server.annotation.Path;
import com.linecorp.armeria.server.annotation.Post;
import dev.corkboard.edge.backend.OAuthBackend;
import dev.corkboard.edge.limit.Category;
import dev.corkboard.edge.limit.Limiter;
import dev.corkboard.edge.limit.Verdict;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.oauth.v1.App;
import dev.corkboard.oauth.v1.AuthorizeAppRequest;
import dev.corkboard.oauth.v1.Session;
import dev.corkboard.platform.error.ApiException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Where a person signs in and lets an app act for them; see RFC 6749, section 4.1. */
public final class SignInEndpoints {
  private static final String COOKIE = "corkboard_session";
  private static final Duration COOKIE_LIFE = Duration.ofDays(14);
  private static final String WRONG = "That username and password do not go together.";

  private final OAuthBackend oauth;
  private final Limiter limiter;
  private final String publicUrl;

  /**
   * @param publicUrl what people reach the edge by
   */
  public SignInEndpoints(OAuthBackend oauth, Limiter limiter, String publicUrl) {
    this.oauth = oauth;
    this.limiter = limiter;
    this.publicUrl = publicUrl;
  }

  /** The page an app sends a person to: asks to sign in, then for consent. */
  @Get
  @Path("/oauth")
  @Path("/oauth/")
  public CompletionStage<HttpResponse> page(ServiceRequestContext ctx, HttpRequest http) {
    AuthorizationRequest request = AuthorizationRequest.of(ctx.query());
    return withApp(
        request,
        app ->
            session(http.headers())
                .thenApply(
                    session ->
                        session
                            .map(
                                known ->
                                    Pages.consent(
                                        request,
                                        app.getName(),
                                        known.getUsername(),
                                        proof(known.getSessionToken())))
                            .orElseGet(
                                () -> Pages.signIn(HttpStatus.OK, request, app.getName(), ""))));
  }

  /** What is done once the app and what it asks for are known to be good. */
  private interface Step {
    CompletionStage<HttpResponse> with(App app);
  }

  private CompletionStage<HttpResponse> withApp(AuthorizationRequest request, Step step) {
    if (request.clientId().isEmpty()) {
      return stays(Pages.problem(HttpStatus.BAD_REQUEST, "The link names no app."));
    }
    return oauth
        .app(request.clientId())
        .thenCompose(app -> checked(request, app, step))
        .exceptionallyCompose(SignInEndpoints::explained);
  }

  private static CompletionStage<HttpResponse> checked(
      AuthorizationRequest request, App app, Step step) {
    Optional<String> untrusted = request.untrusted(app);
    if (untrusted.isPresent()) {
      return stays(Pages.problem(HttpStatus.BAD_REQUEST, untrusted.get()));
    }
    Optional<String> error = request.error();
    if (error.isPresent()) return stays(goTo(request.answer("error", error.get())));
    return step.with(app);
  }

  private static CompletionStage<HttpResponse> explained(Throwable thrown) {
    ApiException failure = ApiException.from(thrown);
    return switch (failure.reason()) {
      case ERROR_REASON_APP_NOT_FOUND, ERROR_REASON_INVALID_FIELD ->
          stays(Pages.problem(HttpStatus.BAD_REQUEST, "There is no such app here."));
      case ERROR_REASON_OVERLOADED, ERROR_REASON_UNAVAILABLE, ERROR_REASON_DEADLINE_EXCEEDED ->
          stays(
              Pages.problem(
                  HttpStatus.SERVICE_UNAVAILABLE,
                  "Too much is going on at the moment. Please try again in a minute."));
      default -> CompletableFuture.failedStage(failure);
    };
  }

  @Post
  @Path("/oauth/sign-in")
  public CompletionStage<HttpResponse> signIn(ServiceRequestContext ctx, HttpRequest http) {
    if (isForeign(http.headers())) return stays(foreign());
    return Form.read(http)
        .thenCompose(
            form -> {
              AuthorizationRequest request = AuthorizationRequest.of(form.optional("query"));
              return withApp(
                  request,
                  app ->
                      counted(
                          ctx,
                          form.optional("username").strip(),
                          username ->
                              oauth
                                  .signIn(username, form.optional("password"))
                                  .thenApply(session -> signedIn(request, session))
                                  .exceptionallyCompose(
                                      failure -> refused(failure, request, app))));
            });
  }

  /** Accounts are found in whatever case their name is written. */
  private CompletionStage<HttpResponse> counted(
      ServiceRequestContext ctx,
      String username,
      Function<String, CompletionStage<HttpResponse>> attempt) {
    String address = ctx.clientAddress().getHostAddress();
    return limiter
        .take(Category.SIGN_IN, username.toLowerCase(Locale.ROOT), address)
        .thenCompose(
            verdict ->
                switch (verdict.kind()) {
                  case ADMITTED, UNLIMITED -> attempt.apply(username);
                  case REFUSED -> stays(tooMany(ctx, verdict));
                  case UNKNOWN ->
                      CompletableFuture.failedStage(
                          ApiException.unavailable("the limit is not known", null));
                });
  }

  private static HttpResponse tooMany(ServiceRequestContext ctx, Verdict verdict) {
    ctx.setAdditionalResponseHeader(HttpHeaderNames.RETRY_AFTER, verdict.retrySeconds());
    return Pages.problem(
        HttpStatus.TOO_MANY_REQUESTS, "That was tried too often. Please try again in a minute.");
  }

  private HttpResponse signedIn(AuthorizationRequest request, Session session) {
    return goTo(request.page(), cookie(session.getSessionToken(), COOKIE_LIFE));
  }

  private static CompletionStage<HttpResponse> refused(
      Throwable failure, AuthorizationRequest request, App app) {
    return ApiException.from(failure).reason() == ErrorReason.ERROR_REASON_CREDENTIALS_INVALID
        ? stays(Pages.signIn(HttpStatus.UNAUTHORIZED, request, app.getName(), WRONG))
        : CompletableFuture.failedStage(failure);
  }

  @Post
  @Path("/oauth/consent")
  public CompletionStage<HttpResponse> consent(HttpRequest http) {
    if (isForeign(http.headers())) return stays(foreign());
    return Form.read(http)
        .thenCompose(
            form -> {
              AuthorizationRequest request = AuthorizationRequest.of(form.optional("query"));
              return withApp(
                  request,
                  app ->
                      session(http.headers())
                          .thenCompose(session -> decide(request, form, session)));
            });
  }

  private CompletionStage<HttpResponse> decide(
      AuthorizationRequest request, Form form, Optional<Session> session) {
    if (session.isEmpty()) return stays(goTo(request.page()));
    String token = session.get().getSessionToken();
    if (!isSame(proof(token), form.optional("proof"))) return stays(foreign());
    return switch (form.optional("decision")) {
      case "allow" ->
          oauth
              .authorize(
                  AuthorizeAppRequest.newBuilder()
                      .setSessionToken(token)
                      .setAppId(request.clientId())
                      .setRedirectUri(request.redirectUri())
                      .addAllScopes(request.scopes())
                      .setCodeChallenge(request.codeChallenge())
                      .build())
              .thenApply(granted -> goTo(request.answer("code", granted.getCode())));
      case "deny" -> stays(goTo(request.answer("error", "access_denied")));
      default -> stays(foreign());
    };
  }

  /** Signs out, and asks somebody else to sign in. */
  @Post
  @Path("/oauth/sign-out")
  public CompletionStage<HttpResponse> signOut(HttpRequest http) {
    if (isForeign(http.headers())) return stays(foreign());
    return Form.read(http)
        .thenCompose(
            form ->
                sessionToken(http.headers())
                    .map(token -> oauth.signOut(token).<Object>thenApply(done -> done))
                    .orElseGet(() -> CompletableFuture.completedStage(null))
                    .thenApply(
                        done ->
                            goTo(
                                AuthorizationRequest.of(form.optional("query")).page(),
                                cookie("", Duration.ZERO))));
  }

  private CompletionStage<Optional<Session>> session(RequestHeaders headers) {
    return sessionToken(headers)
        .map(
            token ->
                oauth
                    .session(token)
                    .thenApply(Optional::of)
                    .exceptionallyCompose(SignInEndpoints::none))
        .orElseGet(() -> CompletableFuture.completedStage(Optional.empty()));
  }

  private static CompletionStage<Optional<Session>> none(Throwable failure) {
    return ApiException.from(failure).reason() == ErrorReason.ERROR_REASON_CREDENTIALS_INVALID
        ? CompletableFuture.completedStage(Optional.empty())
        : CompletableFuture.failedStage(failure);
  }

  private static Optional<String> sessionToken(RequestHeaders headers) {
    return headers.cookies().stream()
        .filter(cookie -> cookie.name().equals(COOKIE) && !cookie.value().isEmpty())
        .map(Cookie::value)
        .findFirst();
  }

  /** Shows that a form was made for this session; only who has the session can make it. */
  private static String proof(String sessionToken) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(
            Hashing.sha256()
                .hashString("consent:" + sessionToken, StandardCharsets.UTF_8)
                .asBytes());
  }

  private static boolean isSame(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }

  /** Whether a form was sent from a page that is not ours, as browsers say. */
  private boolean isForeign(RequestHeaders headers) {
    String origin = headers.get(HttpHeaderNames.ORIGIN, publicUrl);
    String site = headers.get("sec-fetch-site", "same-origin");
    return !(site.equals("same-origin") || site.equals("none"))
        || !(origin.equals(publicUrl)
            || origin.equals(headers.scheme() + "://" + headers.authority()));
  }

  private static HttpResponse foreign() {
    return Pages.problem(
        HttpStatus.FORBIDDEN, "This form is not from here any more. Please begin again.");
  }

  private String cookie(String value, Duration life) {
    return Cookie.secureBuilder(COOKIE, value)
        .path("/oauth")
        .maxAge(life.toSeconds())
        .sameSite("Lax")
        .secure(publicUrl.startsWith("https:"))
        .build()
        .toSetCookieHeader();
  }

  private static HttpResponse goTo(String location) {
    return HttpResponse.of(redirect(location).build());
  }

  private static HttpResponse goTo(String location, String cookie) {
    return HttpResponse.of(redirect(location).set(HttpHeaderNames.SET_COOKIE, cookie).build());
  }

  private static ResponseHeadersBuilder redirect(String location) {
    return ResponseHeaders.builder(HttpStatus.SEE_OTHER)
        .set(HttpHeaderNames.LOCATION, location)
        .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
        .set(HttpHeaderNames.REFERRER_POLICY, "no-referrer");
  }

  private static CompletionStage<HttpResponse> stays(HttpResponse response) {
    return CompletableFuture.completedStage(response);
  }
}
