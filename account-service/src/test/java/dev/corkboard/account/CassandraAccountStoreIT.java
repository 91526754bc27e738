// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import com.nimbusds.jose.jwk.ECKey;
import dev.corkboard.account.v1.Account;
import dev.corkboard.platform.cassandra.Cql;
import dev.corkboard.platform.testing.TestCassandra;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CassandraAccountStoreIT implements AccountStoreContract {
  private final CqlSession session = TestCassandra.session("test_account", "/account.cql");
  private final Cql cql = new Cql(session, new SimpleMeterRegistry());
  private final AccountStore store = new CassandraAccountStore(cql);

  @Override
  public AccountStore store() {
    return store;
  }

  @Test
  void aCreationThatDiedAfterTheClaimIsMendedByTheNextLookUp() {
    Account account = AccountStoreContract.fresh();
    store.create(account, Optional.empty()).toCompletableFuture().join();
    session.execute("DELETE FROM account WHERE account_id = " + account.getId() + " IF EXISTS");
    assertThat(store.lookup(account.getUsername()).toCompletableFuture().join()).contains(account);
    assertThat(store.get(account.getId()).toCompletableFuture().join()).contains(account);
  }

  @Test
  void issuersThatStartTogetherAgreeOnOneKey() {
    String issuer = "issuer-" + UUID.randomUUID();
    List<CompletableFuture<TokenIssuer>> starting =
        IntStream.range(0, 6)
            .mapToObj(
                i ->
                    TokenIssuer.open(
                            new CassandraSigningKeyStore(cql, issuer), issuer, Clock.systemUTC())
                        .toCompletableFuture())
            .toList();
    List<String> keyIds =
        starting.stream()
            .flatMap(opened -> opened.join().publicKeys().stream())
            .map(ECKey::getKeyID)
            .distinct()
            .toList();
    assertThat(keyIds).hasSize(1);
    assertThat(starting.get(0).join().publicKeys().get(0).isPrivate()).isFalse();
  }
}
