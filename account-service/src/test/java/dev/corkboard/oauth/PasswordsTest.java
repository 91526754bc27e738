// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.platform.error.ApiException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class PasswordsTest {
  private static final Passwords PASSWORDS = new Passwords(new SimpleMeterRegistry());

  @AfterAll
  static void close() {
    PASSWORDS.close();
  }

  private static String hash(String password) {
    return PASSWORDS.hash(password).toCompletableFuture().join();
  }

  private static boolean matches(String password, Optional<String> hash) {
    return PASSWORDS.matches(password, hash).toCompletableFuture().join();
  }

  @Test
  void hashIsArgon2idWithItsCostAndASaltOfItsOwn() {
    String one = hash("correct horse");
    String other = hash("correct horse");
    assertThat(one).startsWith("$argon2id$v=19$m=19456,t=2,p=1$").isNotEqualTo(other);
    assertThat(matches("correct horse", Optional.of(one))).isTrue();
    assertThat(matches("correct horse", Optional.of(other))).isTrue();
    assertThat(matches("Correct horse", Optional.of(one))).isFalse();
  }

  @Test
  void hashOfAnotherCostIsReadByItsOwn() {
    String cheap =
        "$argon2id$v=19$m=64,t=1,p=1$c2FsdHNhbHRzYWx0c2FsdA$"
            + com.password4j.Password.hash("pass")
                .addSalt("saltsaltsaltsalt")
                .with(
                    com.password4j.Argon2Function.getInstance(
                        64, 1, 1, 32, com.password4j.types.Argon2.ID))
                .getResult()
                .replaceAll(".*\\$", "");
    assertThat(matches("pass", Optional.of(cheap))).isTrue();
    assertThat(matches("fail", Optional.of(cheap))).isFalse();
  }

  @Test
  void whoHasNoPasswordMatchesNone() {
    assertThat(matches("nobody", Optional.empty())).isFalse();
    assertThat(matches("", Optional.empty())).isFalse();
  }

  @Test
  void tooManyAtOnceAreRefused() {
    List<CompletableFuture<String>> all = new ArrayList<>();
    for (int i = 0; i < 200; i++) all.add(PASSWORDS.hash("pass" + i).toCompletableFuture());
    List<Throwable> refusals = new ArrayList<>();
    List<String> hashes = new ArrayList<>();
    for (CompletableFuture<String> one : all) {
      one.handle((hash, failure) -> failure == null ? hashes.add(hash) : refusals.add(failure))
          .join();
    }
    assertThat(hashes).hasSizeGreaterThan(64).allMatch(hash -> hash.startsWith("$argon2id$"));
    assertThat(refusals)
        .isNotEmpty()
        .allMatch(e -> ApiException.from(e).reason() == ErrorReason.ERROR_REASON_OVERLOADED);
  }
}
