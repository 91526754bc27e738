// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage;

import dev.corkboard.platform.cassandra.CassandraConfig;
import dev.corkboard.platform.config.Env;
import dev.corkboard.platform.config.ServiceConfig;
import java.time.Duration;

/**
 * The settings of collage-service; the README lists them.
 *
 * @param accountUri where account-service is, whose keys access tokens are checked with
 * @param pinUri where pin-service is
 * @param trashLife how long a deleted collage can be taken back
 * @param sweepPeriod how often unfinished publishings and collages to be purged are looked for
 * @param publishAge how old an unfinished publishing is before another process takes it up
 * @param renderThreads collages drawn at once
 * @param renderQueue collages waiting to be drawn; more are refused
 */
public record CollageConfig(
    ServiceConfig service,
    CassandraConfig cassandra,
    String accountUri,
    String pinUri,
    Duration trashLife,
    Duration sweepPeriod,
    Duration publishAge,
    int renderThreads,
    int renderQueue) {

  /** Reads the environment; a bad value fails with a line that names it. */
  public static CollageConfig fromEnv(Env env) {
    return new CollageConfig(
        ServiceConfig.fromEnv(env, "collage", 9004, 9104),
        CassandraConfig.fromEnv(env, "COLLAGE_KEYSPACE", "corkboard_collage"),
        env.string("ACCOUNT_URI", "127.0.0.1:9001"),
        env.string("PIN_URI", "127.0.0.1:9003"),
        env.duration("COLLAGE_TRASH_LIFE", Duration.ofDays(30)),
        env.duration("COLLAGE_SWEEP_PERIOD", Duration.ofSeconds(5)),
        env.duration("COLLAGE_PUBLISH_AGE", Duration.ofSeconds(30)),
        env.integer("COLLAGE_RENDER_THREADS", Runtime.getRuntime().availableProcessors(), 1, 64),
        env.integer("COLLAGE_RENDER_QUEUE", 16, 0, 1_000));
  }
}
