// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corkboard.oidc.IdentityStore.Identity;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What stores of identities do. */
interface IdentityStoreContract {
  IdentityStore store();

  private static <T> T await(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }

  private static String account() {
    return Long.toString(ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE));
  }

  private static Identity identity() {
    return new Identity("https://issuer.example", UUID.randomUUID().toString());
  }

  @Test
  default void theFirstAccountStays() {
    Identity identity = identity();
    String account = account();
    assertThat(await(store().find(identity))).isEmpty();
    assertThat(await(store().claim(identity, account))).isEqualTo(account);
    assertThat(await(store().claim(identity, account()))).isEqualTo(account);
    assertThat(await(store().claim(identity, account))).isEqualTo(account);
    assertThat(await(store().find(identity))).contains(account);
  }

  @Test
  default void claimsAtOnceAgreeOnOneAccount() {
    Identity identity = identity();
    List<CompletableFuture<String>> claims =
        IntStream.range(0, 8)
            .mapToObj(i -> store().claim(identity, account()).toCompletableFuture())
            .toList();
    assertThat(claims.stream().map(CompletableFuture::join).distinct()).hasSize(1);
  }

  @Test
  default void subjectsAreTheirIssuersAndComparedExactly() {
    Identity identity = identity();
    String account = account();
    await(store().claim(identity, account));
    String subject = identity.subject();
    for (Identity other :
        List.of(
            new Identity("https://other.example", subject),
            new Identity(identity.issuer() + "/", subject),
            new Identity(identity.issuer(), subject + " "),
            new Identity(identity.issuer(), "X" + subject))) {
      assertThat(await(store().find(other))).as(other.toString()).isEmpty();
    }
  }

  @Test
  default void longAndStrangeSubjectsAreKept() {
    String unique = UUID.randomUUID().toString();
    for (String subject :
        List.of(
            unique + "s".repeat(255 - unique.length()),
            unique + "\ud83d\ude00",
            unique + "'; --",
            unique + "\u00e4\u5c71")) {
      Identity identity = new Identity("https://issuer.example", subject);
      String account = account();
      await(store().claim(identity, account));
      assertThat(await(store().find(identity))).contains(account);
    }
  }
}
