// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.ProtocolVersion;
import com.datastax.oss.driver.api.core.config.DriverExecutionProfile;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.cql.Statement;
import com.datastax.oss.driver.internal.core.specex.ConstantSpeculativeExecutionPolicy;
import com.datastax.oss.driver.internal.core.specex.NoSpeculativeExecutionPolicy;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.id.IdGenerator;
import dev.corkboard.platform.testing.TestCassandra;
import dev.corkboard.platform.testing.TestClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CqlIT {
  private final CqlSession session = TestCassandra.session("test_platform", NodeLease.SCHEMA);
  private final Cql cql = new Cql(session, new SimpleMeterRegistry());

  @Test
  void aRefusedConditionReturnsTheStandingRow() {
    String insert =
        "INSERT INTO node_lease (node, holder, until) VALUES (%d, uuid(), 0) IF NOT EXISTS";
    int node = 2_000 + (int) (System.nanoTime() & 0xFFFFFF);
    SimpleStatement statement = SimpleStatement.newInstance(insert.formatted(node));
    assertThat(cql.cas(statement).toCompletableFuture().join().applied()).isTrue();
    Cas again = cql.cas(statement).toCompletableFuture().join();
    assertThat(again.applied()).isFalse();
    assertThat(again.rows().get(0).getInt("node")).isEqualTo(node);
  }

  @Test
  void timestampsAreTheNodesAndNotOurs() {
    assertThat(session.getContext().getTimestampGenerator().next())
        .as("a process whose clock is behind could neither overwrite nor delete")
        .isEqualTo(Statement.NO_DEFAULT_TIMESTAMP);
  }

  @Test
  void speaksTheVersionWhoseErrorsTheDriverReadsWhole() {
    assertThat(session.getContext().getProtocolVersion())
        .as("in version 5 a conditional write that times out ends the connection")
        .isEqualTo(ProtocolVersion.V4);
  }

  @Test
  void plainReadsAloneAreAskedOfASecondNodeWhenTheFirstIsSlow() {
    var policies = session.getContext();
    assertThat(policies.getSpeculativeExecutionPolicy(Cassandra.READ))
        .isInstanceOf(ConstantSpeculativeExecutionPolicy.class);
    for (String other : List.of(DriverExecutionProfile.DEFAULT_NAME, Cassandra.SERIAL, "scan")) {
      assertThat(policies.getSpeculativeExecutionPolicy(other))
          .as(other)
          .isInstanceOf(NoSpeculativeExecutionPolicy.class);
    }
    String select = "SELECT node FROM node_lease WHERE node = ?";
    assertThat(cql.prepare(select, true).bind(1).getExecutionProfileName())
        .isEqualTo(Cassandra.READ);
    assertThat(cql.prepare(select, false).bind(1).getExecutionProfileName()).isNull();
    String write = "UPDATE node_lease SET until = 5 WHERE node = ?";
    assertThat(cql.prepare(write, true).bind(1).getExecutionProfileName()).isNull();
    assertThat(cql.prepare(write + " IF until = 4", false).bind(1).getExecutionProfileName())
        .isNull();
  }

  @Test
  void readsEveryPage() {
    for (int i = 0; i < 25; i++) {
      session.execute("INSERT INTO node_lease (node, until) VALUES (" + (5_000_000 + i) + ", 5)");
    }
    SimpleStatement all =
        SimpleStatement.newInstance("SELECT node FROM node_lease").setPageSize(10);
    assertThat(cql.all(all).toCompletableFuture().join()).hasSizeGreaterThanOrEqualTo(25);
  }

  @Test
  void aDriverErrorDoesNotLeaveTheStore() {
    assertThatThrownBy(
            () ->
                cql.one(SimpleStatement.newInstance("SELECT nothing FROM nowhere"))
                    .toCompletableFuture()
                    .join())
        .satisfies(
            e ->
                assertThat(ApiException.from(e).reason())
                    .isEqualTo(ErrorReason.ERROR_REASON_INTERNAL));
  }

  @Test
  void twoProcessesNeverShareANode() {
    Set<Integer> nodes = new HashSet<>();
    for (int i = 0; i < 5; i++) {
      try (NodeLease lease = NodeLease.acquire(cql, Clock.systemUTC())) {
        assertThat(nodes.add(lease.term().node())).isTrue();
      }
    }
  }

  @Test
  void idsRunOutWithTheLease() {
    TestClock clock = new TestClock();
    try (NodeLease lease = NodeLease.acquire(cql, clock)) {
      IdGenerator ids = new IdGenerator(lease, clock);
      assertThat(ids.next()).isPositive();
      clock.advanceSeconds(NodeLease.LIFE.toSeconds() + 1);
      assertThatThrownBy(ids::next).isInstanceOf(ApiException.class);
    }
  }

  @Test
  void schemasAreReadStatementByStatement() {
    assertThat(Cassandra.statements(NodeLease.SCHEMA))
        .hasSize(1)
        .allSatisfy(cql -> assertThat(cql).startsWith("CREATE TABLE IF NOT EXISTS"));
  }
}
