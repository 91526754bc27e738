// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.corkboard.account.v1.Account;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.platform.error.ApiException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** What every {@link AccountStore} does with accounts that change. */
interface AccountChangesContract {
  AccountStore store();

  private static <T> T await(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }

  private static ErrorReason refused(CompletionStage<?> stage) {
    Throwable failure = catchThrowable(() -> await(stage));
    assertThat(failure).as("refused").isNotNull();
    return ApiException.from(failure).reason();
  }

  private Account created() {
    return await(store().create(AccountStoreContract.fresh(), Optional.empty()));
  }

  private CompletionStage<Account> rename(Account account, String name) {
    return store().update(account.getId(), a -> a.toBuilder().setUsername(name).build(), "");
  }

  @Test
  default void aChangedProfileIsRead() {
    Account account = created();
    Account changed =
        await(
            store()
                .update(
                    account.getId(),
                    a ->
                        a.toBuilder()
                            .setAbout("about")
                            .setProfileImageUrl("https://pictures.example/me")
                            .setWebsiteUrl("https://me.example")
                            .setBusinessName("Me & Co")
                            .setType(Account.Type.TYPE_BUSINESS)
                            .build(),
                    account.getEtag()));
    assertThat(changed.getEtag()).isNotEqualTo(account.getEtag());
    assertThat(changed.getAbout()).isEqualTo("about");
    assertThat(await(store().get(account.getId()))).contains(changed);
    assertThat(await(store().lookup(account.getUsername()))).contains(changed);
    assertThat(refused(store().update(account.getId(), a -> account, account.getEtag())))
        .isEqualTo(ErrorReason.ERROR_REASON_ETAG_MISMATCH);
    assertThat(await(store().update(account.getId(), a -> a, account.getEtag())))
        .as("nothing to change")
        .isEqualTo(changed);
  }

  @Test
  default void aRenamedAccountIsFoundByItsNewNameOnly() {
    Account account = created();
    String name = AccountStoreContract.fresh().getUsername();
    Account renamed = await(rename(account, name));
    assertThat(renamed.getUsername()).isEqualTo(name);
    assertThat(await(store().get(account.getId()))).contains(renamed);
    assertThat(await(store().lookup(name.toUpperCase(Locale.ROOT)))).contains(renamed);
    assertThat(await(store().lookup(account.getUsername()))).isEmpty();
  }

  @Test
  default void aNameGivenUpIsFree() {
    Account account = created();
    await(rename(account, AccountStoreContract.fresh().getUsername()));
    Account second = AccountStoreContract.named(account.getUsername());
    assertThat(await(store().create(second, Optional.empty()))).isEqualTo(second);
    assertThat(await(store().lookup(account.getUsername()))).contains(second);
  }

  @Test
  default void aTakenNameIsRefusedAndNothingChanges() {
    Account account = created();
    Account other = created();
    assertThat(
            refused(
                store()
                    .update(
                        account.getId(),
                        a ->
                            a.toBuilder()
                                .setUsername(other.getUsername().toUpperCase(Locale.ROOT))
                                .setAbout("new")
                                .build(),
                        "")))
        .isEqualTo(ErrorReason.ERROR_REASON_USERNAME_TAKEN);
    Account now = await(store().get(account.getId())).orElseThrow();
    assertThat(now.getUsername()).isEqualTo(account.getUsername());
    assertThat(now.getAbout()).isEmpty();
    assertThat(await(store().lookup(other.getUsername()))).contains(other);
  }

  @Test
  default void aNameChangesItsCaseAndComesBack() {
    Account account = created();
    String upper = account.getUsername().toUpperCase(Locale.ROOT);
    assertThat(await(rename(account, upper)).getUsername()).isEqualTo(upper);
    await(rename(account, AccountStoreContract.fresh().getUsername()));
    Account back = await(rename(account, account.getUsername()));
    assertThat(await(store().lookup(upper))).contains(back);
  }

  @Test
  default void ofManyWhoWantANameOneGetsIt() {
    String name = AccountStoreContract.fresh().getUsername();
    List<Account> accounts = new ArrayList<>();
    for (int i = 0; i < 6; i++) accounts.add(created());
    List<CompletableFuture<Boolean>> tries =
        accounts.stream()
            .map(
                account ->
                    rename(account, name)
                        .handle((renamed, failure) -> failure == null)
                        .toCompletableFuture())
            .toList();
    assertThat(tries.stream().map(CompletableFuture::join)).containsOnlyOnce(true);
    long holders =
        accounts.stream()
            .map(account -> await(store().get(account.getId())).orElseThrow())
            .filter(account -> account.getUsername().equals(name))
            .count();
    assertThat(holders).isEqualTo(1);
  }

  @Test
  default void anAccountThatIsNotThereIsNotChanged() {
    Account never = AccountStoreContract.fresh();
    assertThat(refused(rename(never, never.getUsername())))
        .isEqualTo(ErrorReason.ERROR_REASON_ACCOUNT_NOT_FOUND);
  }
}
