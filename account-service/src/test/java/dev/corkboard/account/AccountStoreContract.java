// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.util.Timestamps;
import dev.corkboard.account.v1.Account;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.platform.error.ApiException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

/** What every {@link AccountStore} does. */
interface AccountStoreContract {
  AccountStore store();

  static Account fresh() {
    return named("User_" + UUID.randomUUID().toString().substring(0, 18).replace('-', '_'));
  }

  static Account named(String username) {
    return Account.newBuilder()
        .setId(Long.toString(ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE)))
        .setUsername(username)
        .setType(Account.Type.TYPE_PINNER)
        .setEtag("0")
        .setCreateTime(Timestamps.fromMillis(1_700_000_000_123L))
        .build();
  }

  private static <T> T await(java.util.concurrent.CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }

  @Test
  default void findsByIdAndByNameInAnyCase() {
    Account account = fresh();
    assertThat(await(store().create(account, Optional.empty()))).isEqualTo(account);
    assertThat(await(store().get(account.getId()))).contains(account);
    assertThat(await(store().lookup(account.getUsername()))).contains(account);
    assertThat(await(store().lookup(account.getUsername().toUpperCase(Locale.ROOT))))
        .contains(account);
  }

  @Test
  default void findsNothingThatIsNotThere() {
    assertThat(await(store().get(fresh().getId()))).isEmpty();
    assertThat(await(store().get("99999999999999999999"))).isEmpty();
    assertThat(await(store().lookup(fresh().getUsername()))).isEmpty();
  }

  @Test
  default void aLookUpBeforeTheCreationDoesNotHideIt() {
    Account account = fresh();
    assertThat(await(store().get(account.getId()))).isEmpty();
    await(store().create(account, Optional.empty()));
    assertThat(await(store().get(account.getId()))).contains(account);
  }

  @Test
  default void aNameIsGivenOnceWhateverItsCase() {
    Account first = fresh();
    await(store().create(first, Optional.empty()));
    Account second = named(first.getUsername().toLowerCase(Locale.ROOT));
    assertThatThrownBy(() -> await(store().create(second, Optional.of(UUID.randomUUID()))))
        .satisfies(
            e ->
                assertThat(ApiException.from(e).reason())
                    .isEqualTo(ErrorReason.ERROR_REASON_USERNAME_TAKEN));
    assertThat(await(store().get(second.getId()))).isEmpty();
  }

  @Test
  default void repeatingARequestAnswersWithTheFirstAccount() {
    Account first = fresh();
    UUID requestId = UUID.randomUUID();
    await(store().create(first, Optional.of(requestId)));
    Account repeated = named(first.getUsername());
    assertThat(await(store().create(repeated, Optional.of(requestId)))).isEqualTo(first);
  }

  @Test
  default void ofManyCreatorsOfOneNameOneWins() {
    String name = fresh().getUsername();
    List<CompletableFuture<Account>> tries = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      tries.add(store().create(named(name), Optional.empty()).toCompletableFuture());
    }
    List<Account> winners = new ArrayList<>();
    for (CompletableFuture<Account> one : tries) {
      one.handle((account, failure) -> failure == null ? winners.add(account) : winners.isEmpty())
          .join();
    }
    assertThat(winners).hasSize(1);
    assertThat(await(store().lookup(name))).contains(winners.get(0));
  }

  @Test
  default void getsManyAndLeavesOutTheMissing() {
    Account a = fresh();
    Account b = fresh();
    await(store().create(a, Optional.empty()));
    await(store().create(b, Optional.empty()));
    String missing = fresh().getId();
    assertThat(await(store().getAll(List.of(b.getId(), missing, a.getId()))).values())
        .containsExactly(b, a);
  }
}
