// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.board;

import dev.corkboard.board.change.CassandraIntents;
import dev.corkboard.platform.cassandra.Cql;

/** Opens the store that board-service keeps its boards in. */
public final class BoardStores {
  private BoardStores() {}

  public static BoardStore on(Cql cql, CassandraIntents intents) {
    return new CassandraBoardStore(cql, intents);
  }
}
