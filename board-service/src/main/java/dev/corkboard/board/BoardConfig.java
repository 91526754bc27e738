// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.board;

import dev.corkboard.platform.cassandra.CassandraConfig;
import dev.corkboard.platform.config.Env;
import dev.corkboard.platform.config.ServiceConfig;
import java.time.Duration;

/**
 * The settings of board-service; the README lists them.
 *
 * @param accountUri where account-service is, whose keys access tokens are checked with
 * @param sweepPeriod how often changes that were left unfinished are looked for
 * @param intentGrace how old an unfinished change is before it is ended by others; at least 1 s
 * @param rebuildThreshold after how many deletions a board's order is rebuilt
 */
public record BoardConfig(
    ServiceConfig service,
    CassandraConfig cassandra,
    String accountUri,
    Duration sweepPeriod,
    Duration intentGrace,
    int rebuildThreshold) {

  /** Reads the environment; a bad value fails with a line that names it. */
  public static BoardConfig fromEnv(Env env) {
    return new BoardConfig(
        ServiceConfig.fromEnv(env, "board", 9002, 9102),
        CassandraConfig.fromEnv(env, "BOARD_KEYSPACE", "corkboard_board"),
        env.string("ACCOUNT_URI", "127.0.0.1:9001"),
        env.duration("BOARD_SWEEP_PERIOD", Duration.ofSeconds(30)),
        env.duration("BOARD_INTENT_GRACE", Duration.ofSeconds(30)),
        env.integer("BOARD_REBUILD_THRESHOLD", 2_000, 10, 50_000));
  }
}
