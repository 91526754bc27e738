// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.config;

import dev.corkboard.platform.trace.TraceConfig;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The settings every service has.
 *
 * @param name who the service is: its key's id and the audience of tokens made for it
 * @param adminHost where metrics and health are served
 * @param tokenIssuer the issuer that access tokens must name
 */
public record ServiceConfig(
    String name,
    String host,
    int grpcPort,
    String adminHost,
    int adminPort,
    boolean reflection,
    String tokenIssuer,
    String redisUri,
    Path keyFile,
    Path jwksFile,
    TraceConfig tracing) {

  /** Settings of the service's own carry its name in capitals in front. */
  public static ServiceConfig fromEnv(Env env, String name, int grpcPort, int adminPort) {
    String prefix = name.toUpperCase(Locale.ROOT);
    String host = env.string("GRPC_HOST", "127.0.0.1");
    return new ServiceConfig(
        name,
        host,
        env.port(prefix + "_GRPC_PORT", grpcPort),
        env.string("ADMIN_HOST", host),
        env.port(prefix + "_ADMIN_PORT", adminPort),
        env.bool("GRPC_REFLECTION", true),
        env.string("TOKEN_ISSUER", "corkboard"),
        env.string(prefix + "_REDIS_URI", env.string("REDIS_URI", "redis://127.0.0.1:6379")),
        env.path(prefix + "_KEY_FILE", ".corkboard/keys/" + name + ".jwk"),
        env.path("SERVICE_JWKS_FILE", ".corkboard/keys/services.jwks"),
        TraceConfig.fromEnv(env));
  }
}
