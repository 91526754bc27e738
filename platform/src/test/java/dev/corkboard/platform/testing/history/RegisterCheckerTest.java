// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.testing.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corkboard.platform.testing.history.Operation.Kind;
import dev.corkboard.platform.testing.history.Operation.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class RegisterCheckerTest {
  private static final Logger log = LoggerFactory.getLogger(RegisterCheckerTest.class);
  private static final int HISTORIES = 300;
  private static final int OPERATIONS = 60;
  private static final int CLIENTS = 5;
  private static final long INITIAL = 0;
  private static final long NEVER_WRITTEN = -1;

  /** Ways to lie about a good history; each gives one that no register can have. */
  private enum Corruption {
    READ_OF_A_VALUE_NEVER_WRITTEN {
      @Override
      void apply(List<Operation> history) {
        long end = end(history);
        history.add(read(NEVER_WRITTEN, end + 1, end + 2));
      }
    },
    LOST_WRITE {
      @Override
      void apply(List<Operation> history) {
        long end = end(history);
        history.add(write(end + 10, end + 1, end + 2));
        history.add(write(end + 11, end + 3, end + 4));
        history.add(read(end + 10, end + 5, end + 6));
      }
    },
    STALE_READ {
      @Override
      void apply(List<Operation> history) {
        long end = end(history);
        history.add(write(end + 10, end + 1, end + 2));
        history.add(read(INITIAL, end + 3, end + 4));
      }
    },
    BACK_IN_TIME {
      @Override
      void apply(List<Operation> history) {
        long end = end(history);
        history.add(write(end + 10, end + 1, end + 2));
        history.add(write(end + 11, end + 3, end + 9));
        history.add(read(end + 11, end + 4, end + 5));
        history.add(read(end + 10, end + 6, end + 7));
      }
    },
    READ_FROM_THE_FUTURE {
      @Override
      void apply(List<Operation> history) {
        long end = end(history);
        history.add(read(end + 10, end + 1, end + 2));
        history.add(write(end + 10, end + 3, end + 4));
      }
    },
    TWO_WON_THE_SAME_COMPARISON {
      @Override
      void apply(List<Operation> history) {
        long end = end(history);
        history.add(write(end + 10, end + 1, end + 2));
        history.add(set(end + 10, end + 11, Outcome.OK, end + 3, end + 5));
        history.add(set(end + 10, end + 12, Outcome.OK, end + 4, end + 6));
      }
    },
    REFUSED_THOUGH_EQUAL {
      @Override
      void apply(List<Operation> history) {
        long end = end(history);
        history.add(write(end + 10, end + 1, end + 2));
        history.add(set(end + 10, end + 11, Outcome.REFUSED, end + 3, end + 4));
      }
    },
    UNANSWERED_TOOK_EFFECT_TWICE {
      @Override
      void apply(List<Operation> history) {
        long end = end(history);
        history.add(write(end + 10, end + 1, end + 2));
        history.add(
            new Operation(Kind.WRITE, Outcome.UNKNOWN, 0, end + 11, end + 3, Long.MAX_VALUE));
        history.add(read(end + 11, end + 4, end + 5));
        history.add(write(end + 12, end + 6, end + 7));
        history.add(read(end + 12, end + 8, end + 9));
        history.add(read(end + 11, end + 10, end + 11));
      }
    };

    /** Adds what cannot follow; values above the end of the history are its own. */
    abstract void apply(List<Operation> history);
  }

  private static Operation read(long value, long invoked, long returned) {
    return new Operation(Kind.READ, Outcome.OK, 0, value, invoked, returned);
  }

  private static Operation write(long value, long invoked, long returned) {
    return new Operation(Kind.WRITE, Outcome.OK, 0, value, invoked, returned);
  }

  private static Operation set(
      long expected, long value, Outcome outcome, long invoked, long returned) {
    return new Operation(Kind.COMPARE_AND_SET, outcome, expected, value, invoked, returned);
  }

  private static long end(List<Operation> history) {
    return 1
        + history.stream()
            .mapToLong(o -> o.mustHappen() ? o.returned() : o.invoked())
            .max()
            .orElse(0);
  }

  /** A real register, used by clients that take turns at random and crash now and then. */
  private static List<Operation> goodHistory(Random random, boolean crashes) {
    List<Operation> history = new ArrayList<>();
    long[] free = new long[CLIENTS];
    long register = INITIAL;
    for (int i = 1; i <= OPERATIONS; i++) {
      int client = random.nextInt(CLIENTS);
      // It takes effect at 100 i; it was asked before and is answered after, as the client is free.
      long effect = 100L * i;
      long invoked = Math.max(free[client] + 1, effect - random.nextInt(250));
      if (invoked > effect) continue;
      long returned = effect + random.nextInt(250);
      free[client] = returned;
      boolean crash = crashes && random.nextInt(12) == 0;
      boolean happens = !crash || random.nextBoolean();
      Outcome outcome = crash ? Outcome.UNKNOWN : Outcome.OK;
      switch (random.nextInt(3)) {
        case 0 -> history.add(read(register, invoked, returned));
        case 1 -> {
          history.add(new Operation(Kind.WRITE, outcome, 0, i, invoked, returned));
          if (happens) register = i;
        }
        default -> {
          long expected = random.nextInt(3) == 0 ? random.nextInt(i) : register;
          boolean equal = expected == register;
          Outcome said = crash ? outcome : equal ? Outcome.OK : Outcome.REFUSED;
          history.add(set(expected, i, said, invoked, returned));
          if (happens && equal) register = i;
        }
      }
    }
    return history;
  }

  @Test
  void acceptsWhatARegisterDid() {
    for (int seed = 0; seed < HISTORIES; seed++) {
      List<Operation> history = goodHistory(new Random(seed), true);
      assertThat(RegisterChecker.isLinearizable(INITIAL, history)).as("seed " + seed).isTrue();
    }
    log.info("good histories {}, refused 0", HISTORIES);
  }

  @ParameterizedTest
  @EnumSource
  void refusesWhatNoRegisterDoes(Corruption corruption) {
    for (int seed = 0; seed < HISTORIES; seed++) {
      // An unanswered write may come between, and the refusal would be right.
      boolean crashes = seed % 2 == 0 && corruption != Corruption.REFUSED_THOUGH_EQUAL;
      List<Operation> history = goodHistory(new Random(seed), crashes);
      corruption.apply(history);
      assertThat(RegisterChecker.isLinearizable(INITIAL, history)).as("seed " + seed).isFalse();
    }
    log.info("corrupted histories {} ({}), accepted 0", HISTORIES, corruption);
  }

  @Test
  void refusesAReadThatMissesTheWriteBeforeIt() {
    assertThat(
            RegisterChecker.isLinearizable(
                INITIAL, List.of(write(1, 1, 2), read(INITIAL, 3, 4), read(1, 5, 6))))
        .isFalse();
  }

  @Test
  void anUnansweredOperationMayHappenLateOrNever() {
    Operation lost = new Operation(Kind.WRITE, Outcome.UNKNOWN, 0, 7, 1, Long.MAX_VALUE);
    assertThat(RegisterChecker.isLinearizable(INITIAL, List.of(lost, read(INITIAL, 50, 60))))
        .isTrue();
    assertThat(
            RegisterChecker.isLinearizable(
                INITIAL, List.of(lost, read(INITIAL, 50, 60), read(7, 70, 80))))
        .isTrue();
  }
}
