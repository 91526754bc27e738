// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.benchmarks.load;

import dev.corkboard.deploy.Operator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** The world, what is known of it, and everything that can be asked of it. */
final class Operations {
  private static final int BOARDS_THAT_STAY = 3;
  private static final int AT_ONCE = 8;
  private static final Duration SETUP_LIMIT = Duration.ofMinutes(10);

  private final World world = new World();
  private final Verdicts verdicts = new Verdicts();
  private final Oracle oracle = new Oracle(world, verdicts);
  private final CollageOracle collageOracle = new CollageOracle(world, verdicts);
  private final Outcomes outcomes = new Outcomes(verdicts);
  private final Reads reads = new Reads(world, oracle, collageOracle, verdicts);
  private final PinWrites pins = new PinWrites(world, outcomes);
  private final BoardWrites boards = new BoardWrites(world, outcomes);
  private final CollageWrites collages = new CollageWrites(world, outcomes);

  World world() {
    return world;
  }

  Verdicts verdicts() {
    return verdicts;
  }

  Oracle oracle() {
    return oracle;
  }

  CollageOracle collageOracle() {
    return collageOracle;
  }

  Reads reads() {
    return reads;
  }

  Mix mix(int emphasis, Random random) {
    return new Mix(reads, pins, boards, collages, emphasis, random);
  }

  /** Makes accounts with boards and collages, and Pins, most of them on the first boards. */
  void fill(Operator operator, Generator generator, int accounts, int count, Random random) {
    for (int i = 0; i < accounts; i++) {
      var made = operator.account("load_" + i);
      String token = operator.token(made, Operator.ALL_SCOPES).text();
      world.accounts().add(new Account(i, made.getId(), made.getUsername(), token));
    }
    List<Supplier<Call>> calls = new ArrayList<>();
    for (int i = 0; i < BOARDS_THAT_STAY + 2; i++) {
      Board.Use use =
          i < BOARDS_THAT_STAY
              ? Board.Use.STAYS
              : i == BOARDS_THAT_STAY ? Board.Use.CHANGES_PRIVACY : Board.Use.IS_DELETED;
      for (Account account : world.accounts()) calls.add(() -> boards.create(account, use));
    }
    generator.make(calls, AT_ONCE, SETUP_LIMIT);
    calls.clear();
    for (Account account : world.accounts()) {
      Board board =
          oracle.ownedBy(account).stream()
              .filter(one -> one.use() == Board.Use.STAYS)
              .findFirst()
              .orElseThrow();
      calls.add(() -> collages.createShared(account));
      calls.add(() -> collages.createPublic(board));
    }
    for (Board board : world.boards().all()) calls.add(() -> create(board));
    for (int i = world.boards().all().size(); i < count; i++) {
      calls.add(() -> create(world.boards().pick(random).orElseThrow()));
    }
    generator.make(calls, AT_ONCE, SETUP_LIMIT);
  }

  private Call create(Board board) {
    if (!board.gate().enter()) throw new IllegalStateException(board + " is being changed");
    return pins.create(board);
  }
}
