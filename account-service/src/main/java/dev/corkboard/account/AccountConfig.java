// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.account;

import dev.corkboard.platform.cassandra.CassandraConfig;
import dev.corkboard.platform.config.Env;
import dev.corkboard.platform.config.ServiceConfig;

/**
 * The settings of account-service; the README lists them.
 *
 * @param refreshOnce whether a refresh token may be used once only
 */
public record AccountConfig(ServiceConfig service, CassandraConfig cassandra, boolean refreshOnce) {

  public static AccountConfig fromEnv(Env env) {
    return new AccountConfig(
        ServiceConfig.fromEnv(env, "account", 9001, 9101),
        CassandraConfig.fromEnv(env, "ACCOUNT_KEYSPACE", "corkboard_account"),
        env.bool("ACCOUNT_REFRESH_ONCE", false));
  }
}
