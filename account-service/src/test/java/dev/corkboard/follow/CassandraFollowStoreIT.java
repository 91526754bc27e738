// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.follow;

import static dev.corkboard.follow.FollowStoreContract.await;
import static dev.corkboard.follow.FollowStoreContract.someone;
import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import dev.corkboard.follow.CassandraFollowTable.State;
import dev.corkboard.follow.FollowStore.Counts;
import dev.corkboard.platform.cassandra.Cql;
import dev.corkboard.platform.testing.TestCassandra;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import org.junit.jupiter.api.Test;

class CassandraFollowStoreIT implements FollowStoreContract {
  private final CqlSession session = TestCassandra.session("test_account", "/account.cql");
  private final Cql cql = new Cql(session, new SimpleMeterRegistry());
  private final CassandraFollowStore store = new CassandraFollowStore(cql, Clock.systemUTC());

  @Override
  public FollowStore store() {
    return store;
  }

  @Test
  void aFollowThatDiedHalfWayIsFinishedByTheSweeper() {
    long a = someone();
    long b = someone();
    CassandraFollowTable following = CassandraFollowTable.following(cql);
    await(new CassandraFollowIntents(cql, Clock.systemUTC()).begin(a, b));
    await(following.write(a, b, await(following.state(a, b)), true));
    assertThat(await(store.counts(b))).isEqualTo(new Counts(0, 0));
    Clock later = Clock.offset(Clock.systemUTC(), CassandraFollowIntents.GRACE.plusSeconds(1));
    CassandraFollowStore other = new CassandraFollowStore(cql, later);
    await(other.sweep());
    assertThat(await(store.counts(b))).isEqualTo(new Counts(1, 0));
    await(other.sweep());
    assertThat(await(store.counts(b))).isEqualTo(new Counts(1, 0));
  }

  @Test
  void aWriterWhoComesAfterTheNextOneIsTooLate() {
    long a = someone();
    long b = someone();
    CassandraFollowTable followers = CassandraFollowTable.followers(cql);
    await(store.set(a, b, true));
    State read = await(followers.state(b, a));
    await(store.set(a, b, false));
    await(store.set(a, b, false));
    assertThat(await(followers.write(b, a, read, true))).isFalse();
    assertThat(await(store.counts(b))).isEqualTo(new Counts(0, 0));
  }
}
