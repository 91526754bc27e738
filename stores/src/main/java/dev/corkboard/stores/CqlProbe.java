// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.stores;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.auth.AuthenticationException;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Collection;
import java.util.function.BooleanSupplier;

/** True once a CQL query has been answered; an open port alone does not count. */
final class CqlProbe implements BooleanSupplier {
  private static final String QUERY = "SELECT release_version FROM system.local";

  private final InetSocketAddress address;
  private final String localDatacenter;

  CqlProbe(InetSocketAddress address, String localDatacenter) {
    this.address = address;
    this.localDatacenter = localDatacenter;
  }

  @Override
  public boolean getAsBoolean() {
    return isOpen() && isAnswered();
  }

  /** A session that finds nobody costs a second of processor time and a page of log. */
  private boolean isOpen() {
    try (Socket socket = new Socket()) {
      socket.connect(address, 500);
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  private boolean isAnswered() {
    DriverConfigLoader config =
        DriverConfigLoader.programmaticBuilder()
            .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, Duration.ofSeconds(10))
            .withDuration(DefaultDriverOption.CONNECTION_INIT_QUERY_TIMEOUT, Duration.ofSeconds(10))
            .withBoolean(DefaultDriverOption.METADATA_SCHEMA_ENABLED, false)
            // Otherwise closing the session waits two seconds for late work of the event loops.
            .withInt(DefaultDriverOption.NETTY_IO_SHUTDOWN_QUIET_PERIOD, 0)
            .withInt(DefaultDriverOption.NETTY_ADMIN_SHUTDOWN_QUIET_PERIOD, 0)
            .withInt(DefaultDriverOption.NETTY_IO_SIZE, 1)
            .build();
    try (CqlSession session =
        CqlSession.builder()
            .addContactPoint(address)
            .withLocalDatacenter(localDatacenter)
            .withConfigLoader(config)
            .build()) {
      return session.execute(QUERY).one() != null;
    } catch (AllNodesFailedException e) {
      // Who asks for a password is there.
      return e.getAllErrors().values().stream()
          .flatMap(Collection::stream)
          .anyMatch(AuthenticationException.class::isInstance);
    }
  }
}
