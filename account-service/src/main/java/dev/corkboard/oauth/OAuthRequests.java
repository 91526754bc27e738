// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.oauth;

import com.google.protobuf.util.Timestamps;
import dev.corkboard.account.Scopes;
import dev.corkboard.oauth.v1.App;
import dev.corkboard.oauth.v1.AuthorizeAppRequest;
import dev.corkboard.oauth.v1.CreateAppRequest;
import dev.corkboard.oauth.v1.IssueTokenRequest;
import dev.corkboard.oauth.v1.SetPasswordRequest;
import dev.corkboard.platform.check.Ids;
import dev.corkboard.platform.check.Uris;
import dev.corkboard.platform.check.Violations;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Checks requests and builds apps from them; pure functions. */
final class OAuthRequests {
  private static final int MAX_NAME = 100;
  private static final int MAX_URIS = 20;
  private static final int MAX_URI = 2_048;
  private static final int MIN_PASSWORD = 8;
  private static final int MAX_PASSWORD = 256;
  private static final int MAX_SECRET = 512;
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
  private static final Pattern CHALLENGE = Pattern.compile("[A-Za-z0-9_-]{43}");
  private static final Pattern VERIFIER = Pattern.compile("[A-Za-z0-9._~-]{43,128}");

  private OAuthRequests() {}

  static App create(CreateAppRequest request, long id, Instant now) {
    App app = request.getApp();
    Violations violations =
        new Violations()
            .required("app.name", app.getName().strip())
            .text("app.name", app.getName(), MAX_NAME)
            .optionalId("app.owner_id", app.getOwnerId());
    if (app.getRedirectUrisCount() > MAX_URIS) {
      violations.add(
          "app.redirect_uris",
          "must be at most " + MAX_URIS + ", got " + app.getRedirectUrisCount());
    }
    for (String uri : app.getRedirectUrisList()) {
      if (!isRedirectUri(uri)) {
        violations.add(
            "app.redirect_uris",
            "must be absolute https URLs, or http ones on the loopback interface, without a"
                + " fragment, got '"
                + Violations.clip(uri)
                + "'");
      }
    }
    violations.throwIfAny();
    return App.newBuilder()
        .setId(Ids.format(id))
        .setName(app.getName().strip())
        .addAllRedirectUris(app.getRedirectUrisList())
        .setOwnerId(app.getOwnerId())
        .setCreateTime(Timestamps.fromMillis(now.toEpochMilli()))
        .build();
  }

  private static boolean isRedirectUri(String text) {
    if (text.length() > MAX_URI) return false;
    return Uris.parse(text).filter(OAuthRequests::isRedirectUri).isPresent();
  }

  private static boolean isRedirectUri(URI uri) {
    if (uri.getHost() == null || uri.getFragment() != null || uri.getUserInfo() != null) {
      return false;
    }
    return "https".equals(uri.getScheme())
        || ("http".equals(uri.getScheme()) && LOOPBACK.contains(uri.getHost()));
  }

  static void check(SetPasswordRequest request) {
    Violations violations = new Violations().id("account_id", request.getAccountId());
    int length = request.getPassword().codePointCount(0, request.getPassword().length());
    if (length < MIN_PASSWORD || length > MAX_PASSWORD) {
      violations.add(
          "password",
          "must be " + MIN_PASSWORD + " to " + MAX_PASSWORD + " code points, got " + length);
    }
    violations.throwIfAny();
  }

  /** A longer one is no password, and must not cost a hash. */
  static boolean mayBePassword(String password) {
    return password.length() <= 2 * MAX_PASSWORD;
  }

  static void check(AuthorizeAppRequest request) {
    Violations violations =
        new Violations()
            .required("session_token", request.getSessionToken())
            .id("app_id", request.getAppId())
            .required("redirect_uri", request.getRedirectUri());
    Scopes.check(violations, "scopes", request.getScopesList());
    if (!request.getCodeChallenge().isEmpty()
        && !CHALLENGE.matcher(request.getCodeChallenge()).matches()) {
      violations.add("code_challenge", "must be 43 base64url characters");
    }
    violations.throwIfAny();
  }

  static void check(IssueTokenRequest request) {
    Violations violations = new Violations();
    switch (request.getGrantCase()) {
      case CODE -> {
        secret(violations, "code.code", request.getCode().getCode());
        violations.required("code.redirect_uri", request.getCode().getRedirectUri());
        String verifier = request.getCode().getCodeVerifier();
        if (!verifier.isEmpty() && !VERIFIER.matcher(verifier).matches()) {
          violations.add("code.code_verifier", "must be 43 to 128 of A-Z a-z 0-9 - . _ ~");
        }
      }
      case REFRESH -> {
        secret(violations, "refresh.refresh_token", request.getRefresh().getRefreshToken());
        List<String> scopes = request.getRefresh().getScopesList();
        if (!scopes.isEmpty()) Scopes.check(violations, "refresh.scopes", scopes);
      }
      case CLIENT -> Scopes.check(violations, "client.scopes", request.getClient().getScopesList());
      case GRANT_NOT_SET -> violations.add("grant", "is required");
    }
    violations.throwIfAny();
  }

  private static void secret(Violations violations, String field, String value) {
    violations.required(field, value);
    if (value.length() > MAX_SECRET) violations.add(field, "is too long to be one");
  }
}
