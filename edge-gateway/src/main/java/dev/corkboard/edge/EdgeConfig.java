// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge;

import dev.corkboard.edge.http.ClientAddresses;
import dev.corkboard.edge.limit.RateLimits;
import dev.corkboard.platform.config.ConfigException;
import dev.corkboard.platform.config.Env;
import dev.corkboard.platform.config.OidcConfig;
import dev.corkboard.platform.trace.TraceConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The settings of the edge.
 *
 * @param port of the API and the pictures; 0 picks a free one
 * @param adminPort of metrics and health; 0 picks a free one
 * @param publicUrl what URLs of pictures begin with, without a slash at the end
 * @param tokenIssuer whose access tokens the services accept
 * @param oidc the external issuer whose access tokens are accepted here, in place of our own
 * @param maxLargeBodies how many bodies of 1 to 32 MiB are in memory at once, a file of a collage
 *     counting as two
 * @param maxEventStreams how many streams of events are open at once
 * @param requestTimeout of everything that moves no pictures
 * @param transferTimeout of what does
 * @param idleTimeout of connections on which no request comes
 * @param clientAddresses from where requests come
 * @param redisUri where what was used of the limits is kept
 */
public record EdgeConfig(
    String host,
    int port,
    String adminHost,
    int adminPort,
    String accountUri,
    String boardUri,
    String pinUri,
    String collageUri,
    String publicUrl,
    String tokenIssuer,
    Optional<OidcConfig> oidc,
    Path serviceKeyFile,
    Path serviceJwksFile,
    int maxConnections,
    int maxLargeBodies,
    int maxEventStreams,
    Duration requestTimeout,
    Duration transferTimeout,
    Duration idleTimeout,
    ClientAddresses clientAddresses,
    String redisUri,
    RateLimits rateLimits,
    TraceConfig tracing) {
  /** Reads the environment; fails with one line that names a bad setting. */
  public static EdgeConfig fromEnv(Env env) {
    String host = env.string("EDGE_HOST", "127.0.0.1");
    int port = env.port("EDGE_PORT", 8080);
    return new EdgeConfig(
        host,
        port,
        env.string("ADMIN_HOST", host),
        env.port("EDGE_ADMIN_PORT", 8180),
        env.string("ACCOUNT_URI", "127.0.0.1:9001"),
        env.string("BOARD_URI", "127.0.0.1:9002"),
        env.string("PIN_URI", "127.0.0.1:9003"),
        env.string("COLLAGE_URI", "127.0.0.1:9004"),
        publicUrl(env.string("PUBLIC_URL", "http://" + host + ":" + port)),
        env.string("TOKEN_ISSUER", "corkboard"),
        OidcConfig.fromEnv(env),
        env.path("EDGE_KEY_FILE", ".corkboard/keys/edge.jwk"),
        env.path("SERVICE_JWKS_FILE", ".corkboard/keys/services.jwks"),
        env.integer("EDGE_MAX_CONNECTIONS", 10_000, 1, 1_000_000),
        env.integer("EDGE_MAX_LARGE_BODIES", 4, 1, 1_000),
        env.integer("EDGE_MAX_EVENT_STREAMS", 2_000, 0, 1_000_000),
        env.duration("EDGE_REQUEST_TIMEOUT", Duration.ofSeconds(10)),
        env.duration("EDGE_TRANSFER_TIMEOUT", Duration.ofMinutes(5)),
        env.duration("EDGE_IDLE_TIMEOUT", Duration.ofSeconds(60)),
        ClientAddresses.fromEnv(env),
        env.string("EDGE_REDIS_URI", env.string("REDIS_URI", "redis://127.0.0.1:6379")),
        RateLimits.fromEnv(env),
        TraceConfig.fromEnv(env));
  }

  private static String publicUrl(String url) {
    if (!url.startsWith("http://") && !url.startsWith("https://")) {
      throw new ConfigException("PUBLIC_URL", url, "an http or https URL");
    }
    return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
  }
}
