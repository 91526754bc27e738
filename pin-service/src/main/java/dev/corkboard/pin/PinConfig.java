// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.pin;

import dev.corkboard.media.MediaConfig;
import dev.corkboard.pin.listing.CassandraOwnerListing;
import dev.corkboard.platform.cassandra.CassandraConfig;
import dev.corkboard.platform.config.Env;
import dev.corkboard.platform.config.ServiceConfig;
import java.time.Duration;

/**
 * The settings of pin-service; the README lists them.
 *
 * @param accountUri where account-service is, whose keys access tokens are checked with
 * @param boardUri where board-service is
 * @param sweepPeriod how often operations that were left unfinished are looked for
 * @param sagaAge how old an unfinished operation is before another process takes it up
 * @param followPeriod how often board-service's change log is read
 * @param reconcilePeriod how often Pins are compared with placements and listings
 * @param listingBucketRows how many Pins a bucket of an owner's listing takes
 */
public record PinConfig(
    ServiceConfig service,
    CassandraConfig cassandra,
    MediaConfig media,
    String accountUri,
    String boardUri,
    Duration sweepPeriod,
    Duration sagaAge,
    Duration followPeriod,
    Duration reconcilePeriod,
    int listingBucketRows) {

  /** Reads the environment; a bad value fails with a line that names it. */
  public static PinConfig fromEnv(Env env) {
    return new PinConfig(
        ServiceConfig.fromEnv(env, "pin", 9003, 9103),
        CassandraConfig.fromEnv(env, "PIN_KEYSPACE", "corkboard_pin"),
        MediaConfig.fromEnv(env),
        env.string("ACCOUNT_URI", "127.0.0.1:9001"),
        env.string("BOARD_URI", "127.0.0.1:9002"),
        env.duration("PIN_SWEEP_PERIOD", Duration.ofSeconds(5)),
        env.duration("PIN_SAGA_AGE", Duration.ofSeconds(30)),
        env.duration("PIN_FOLLOW_PERIOD", Duration.ofSeconds(1)),
        env.duration("PIN_RECONCILE_PERIOD", Duration.ofHours(24)),
        env.integer("PIN_LISTING_BUCKET_ROWS", CassandraOwnerListing.BUCKET_ROWS, 2, 100_000));
  }
}
