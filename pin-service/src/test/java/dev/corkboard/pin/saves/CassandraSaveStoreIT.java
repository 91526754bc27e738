// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.pin.saves;

import dev.corkboard.platform.cassandra.Cql;
import dev.corkboard.platform.testing.TestCassandra;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

class CassandraSaveStoreIT implements SaveStoreContract {
  private final SaveStore store =
      new CassandraSaveStore(
          new Cql(
              TestCassandra.session("corkboard_pin_it", "/pin.cql"), new SimpleMeterRegistry()));

  @Override
  public SaveStore store() {
    return store;
  }
}
