// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.account;

import dev.corkboard.platform.cassandra.CassandraConfig;
import dev.corkboard.platform.config.ConfigException;
import dev.corkboard.platform.config.Env;
import dev.corkboard.platform.config.OidcConfig;
import dev.corkboard.platform.config.ServiceConfig;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The settings of account-service; the README lists them.
 *
 * @param refreshOnce whether a refresh token may be used once only
 * @param oidc the external issuer, where sign-in is not our own
 */
public record AccountConfig(
    ServiceConfig service,
    CassandraConfig cassandra,
    boolean refreshOnce,
    Optional<OidcConfig> oidc) {

  public static AccountConfig fromEnv(Env env) {
    return new AccountConfig(
        ServiceConfig.fromEnv(env, "account", 9001, 9101),
        CassandraConfig.fromEnv(env, "ACCOUNT_KEYSPACE", "corkboard_account"),
        env.bool("ACCOUNT_REFRESH_ONCE", false),
        OidcConfig.fromEnv(env).map(AccountConfig::checked));
  }

  private static OidcConfig checked(OidcConfig oidc) {
    if (Scopes.KNOWN.containsAll(oidc.defaultScopes())) return oidc;
    throw new ConfigException(
        OidcConfig.DEFAULT_SCOPES,
        String.join(" ", new TreeSet<>(oidc.defaultScopes())),
        "some of " + String.join(" ", new TreeSet<>(Scopes.KNOWN)));
  }
}
