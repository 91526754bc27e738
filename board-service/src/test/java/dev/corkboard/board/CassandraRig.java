// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.board;

import com.datastax.oss.driver.api.core.CqlSession;
import dev.corkboard.board.change.CassandraChangeLog;
import dev.corkboard.board.change.CassandraIntents;
import dev.corkboard.board.change.IntentSweeper;
import dev.corkboard.board.change.LogTimes;
import dev.corkboard.platform.cassandra.Cql;
import dev.corkboard.platform.testing.Faults;
import dev.corkboard.platform.testing.TestCassandra;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;

/** The parts of board-service on the real Cassandra, over a session that may be made to fail. */
public final class CassandraRig {
  private final CqlSession session;
  private final Cql cql;
  private final Clock clock;
  private final LogTimes times;
  private final CassandraIntents intents;
  private final BoardStore boards;

  private CassandraRig(CqlSession session, Clock clock, LogTimes times) {
    this.session = session;
    this.cql = new Cql(session, new SimpleMeterRegistry());
    this.clock = clock;
    this.times = times;
    this.intents = new CassandraIntents(cql, clock, times);
    this.boards = new CassandraBoardStore(cql, intents);
  }

  /** On a keyspace of its own. */
  public static CassandraRig on(String keyspace) {
    CqlSession session = TestCassandra.session(keyspace, "/board.cql");
    return new CassandraRig(session, Clock.systemUTC(), LogTimes.DEFAULT);
  }

  /** The same data through faults. */
  public CassandraRig through(Faults faults) {
    return new CassandraRig(faults.around(session), clock, times);
  }

  /** The same data with other times and another clock. */
  public CassandraRig with(Clock otherClock, LogTimes otherTimes) {
    return new CassandraRig(session, otherClock, otherTimes);
  }

  public CqlSession session() {
    return session;
  }

  public Cql cql() {
    return cql;
  }

  public Clock clock() {
    return clock;
  }

  public CassandraIntents intents() {
    return intents;
  }

  public BoardStore boards() {
    return boards;
  }

  public CassandraSettler settler() {
    return new CassandraSettler(cql);
  }

  public IntentSweeper sweeper() {
    return new IntentSweeper(intents, settler(), clock, times, new SimpleMeterRegistry());
  }

  public CassandraChangeLog changes() {
    return new CassandraChangeLog(intents, settler(), clock, times);
  }

  /** Makes an account a member as board-service keeps it. */
  public void join(long boardId, long accountId, Role role) {
    byte code = (byte) (role == Role.EDITOR ? 2 : 1);
    session.execute(
        "INSERT INTO board (board_id, kind, epoch, k1, k2, role) VALUES (?, 4, 0, ?, 0, ?)"
            + " IF NOT EXISTS",
        boardId,
        Keys.of(accountId),
        code);
    session.execute(
        "INSERT INTO owner (owner_id, kind, k1, k2, board_id) VALUES (?, 0, ?, ?, ?)"
            + " IF NOT EXISTS",
        accountId,
        Keys.newestFirst(boardId),
        boardId,
        boardId);
  }

  /** Takes a member's role away. */
  public void leave(long boardId, long accountId) {
    session.execute(
        "DELETE FROM board WHERE board_id = ? AND kind = 4 AND epoch = 0 AND k1 = ? AND k2 = 0"
            + " IF EXISTS",
        boardId,
        Keys.of(accountId));
  }
}
