// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import com.nimbusds.jose.jwk.ECKey;
import dev.corkboard.account.v1.Account;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.platform.cassandra.Cql;
import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.testing.TestCassandra;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CassandraAccountStoreIT implements AccountStoreContract, AccountChangesContract {
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

  /** A change of username as it stands after each of its steps, and who finds it so. */
  private void announce(Account account, Account next) {
    session.execute(
        "UPDATE account SET next = ?, ver = 1 WHERE account_id = ? IF ver = null",
        ByteBuffer.wrap(next.toByteArray()),
        Long.parseLong(account.getId()));
  }

  private Account created() {
    return store
        .create(AccountStoreContract.fresh(), Optional.empty())
        .toCompletableFuture()
        .join();
  }

  @Test
  void aRenameThatDiedIsFinishedByWhoeverChangesTheAccount() {
    Account account = created();
    String name = AccountStoreContract.fresh().getUsername();
    announce(account, account.toBuilder().setUsername(name).build());
    assertThat(store.lookup(name).toCompletableFuture().join()).isEmpty();
    Account changed =
        store
            .update(account.getId(), a -> a.toBuilder().setAbout("later").build(), "")
            .toCompletableFuture()
            .join();
    assertThat(changed.getUsername()).isEqualTo(name);
    assertThat(changed.getAbout()).isEqualTo("later");
    assertThat(store.lookup(name).toCompletableFuture().join()).contains(changed);
    assertThat(store.lookup(account.getUsername()).toCompletableFuture().join()).isEmpty();
  }

  @Test
  void aNameThatIsAboutToBeHadIsTaken() {
    Account account = created();
    Account next =
        account.toBuilder().setUsername(AccountStoreContract.fresh().getUsername()).build();
    announce(account, next);
    new CassandraAccountTable(cql).claim(next).toCompletableFuture().join();
    Account other = AccountStoreContract.named(next.getUsername());
    assertThat(
            store
                .create(other, Optional.empty())
                .handle((made, failure) -> ApiException.from(failure).reason())
                .toCompletableFuture()
                .join())
        .isEqualTo(ErrorReason.ERROR_REASON_USERNAME_TAKEN);
    assertThat(store.lookup(next.getUsername()).toCompletableFuture().join().orElseThrow().getId())
        .isEqualTo(account.getId());
  }

  @Test
  void aNameLeftOverFromARenameIsFree() {
    Account account = created();
    Account left = AccountStoreContract.named(AccountStoreContract.fresh().getUsername());
    new CassandraAccountTable(cql)
        .claim(left.toBuilder().setId(account.getId()).build())
        .toCompletableFuture()
        .join();
    assertThat(store.lookup(left.getUsername()).toCompletableFuture().join()).isEmpty();
    assertThat(store.create(left, Optional.empty()).toCompletableFuture().join()).isEqualTo(left);
  }
}
