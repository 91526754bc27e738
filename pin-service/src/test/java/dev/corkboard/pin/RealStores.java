// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.pin;

import dev.corkboard.pin.listing.CassandraOwnerListing;
import dev.corkboard.pin.saves.CassandraSaveStore;
import dev.corkboard.pin.v1.Pin;
import dev.corkboard.platform.cassandra.Cql;
import dev.corkboard.platform.redis.CacheOptions;
import dev.corkboard.platform.redis.RedisCache;
import dev.corkboard.platform.redis.RedisConnection;
import dev.corkboard.platform.testing.TestCassandra;
import dev.corkboard.stores.TestStores;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;

/** The real stores of the test run, with this service's tables. */
final class RealStores {
  static final Cql CQL =
      new Cql(TestCassandra.session("corkboard_pin_it", "/pin.cql"), new SimpleMeterRegistry());

  private static final RedisCache<Pin> CACHE =
      RedisCache.of(
          redis(),
          CacheOptions.of("pin-rig", 1, Duration.ofSeconds(5)),
          Pin.parser(),
          new SimpleMeterRegistry());

  private RealStores() {}

  /**
   * The service on real stores, except for what the tests read as a whole or set the clock of: the
   * intents and the progress.
   */
  static PinRig rig() {
    PinRig rig = new PinRig();
    rig.pins = new CachedPinStore(new CassandraPinStore(CQL), CACHE);
    rig.requests = new CassandraRequestStore(CQL);
    rig.listing = new CassandraOwnerListing(CQL, rig.ids::incrementAndGet, 10);
    rig.saves = new CassandraSaveStore(CQL);
    return rig;
  }

  static RedisConnection redis() {
    return RedisConnection.open(TestStores.redis(), new SimpleMeterRegistry());
  }
}
