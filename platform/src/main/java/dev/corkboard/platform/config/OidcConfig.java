// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.config;

import dev.corkboard.platform.check.Uris;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The external issuer whose access tokens are accepted in place of our own.
 *
 * @param issuer its URL, as its tokens name it
 * @param audience what its tokens for us name as their audience
 * @param usernameClaim the claim a new account's username is made of
 * @param defaultScopes of tokens that carry no scope of ours
 */
public record OidcConfig(
    String issuer, String audience, String usernameClaim, Set<String> defaultScopes) {
  public static final String DEFAULT_SCOPES = "OIDC_DEFAULT_SCOPES";

  private static final String ISSUER = "OIDC_ISSUER";
  private static final String AUDIENCE = "OIDC_AUDIENCE";
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  /** Empty when no issuer is set: sign-in is our own then. */
  public static Optional<OidcConfig> fromEnv(Env env) {
    return env.string(ISSUER).map(issuer -> of(env, issuer));
  }

  private static OidcConfig of(Env env, String issuer) {
    if (Uris.parse(issuer).filter(OidcConfig::isIssuer).isEmpty()) {
      throw new ConfigException(
          ISSUER, issuer, "an https URL, or an http one on the loopback interface");
    }
    String audience =
        env.string(AUDIENCE)
            .orElseThrow(
                () -> new ConfigException(AUDIENCE, "", "what tokens of " + issuer + " are for"));
    return new OidcConfig(
        issuer,
        audience,
        env.string("OIDC_USERNAME_CLAIM", "preferred_username"),
        Pattern.compile("[ ,]+")
            .splitAsStream(env.string(DEFAULT_SCOPES, ""))
            .filter(scope -> !scope.isEmpty())
            .collect(Collectors.toUnmodifiableSet()));
  }

  private static boolean isIssuer(URI uri) {
    return isTrustworthy(uri) && uri.getQuery() == null && uri.getFragment() == null;
  }

  /** Whether what is read there cannot be changed on its way. */
  public static boolean isTrustworthy(URI uri) {
    if (uri.getHost() == null || uri.getUserInfo() != null) return false;
    return "https".equals(uri.getScheme())
        || ("http".equals(uri.getScheme()) && LOOPBACK.contains(uri.getHost()));
  }
}
