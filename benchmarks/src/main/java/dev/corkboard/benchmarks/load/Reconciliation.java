// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.benchmarks.load;

import com.fasterxml.jackson.databind.JsonNode;
import dev.corkboard.benchmarks.load.Oracle.Question;
import dev.corkboard.benchmarks.load.Verdicts.Defect;
import dev.corkboard.deploy.faults.Answer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Compares everything there is with the oracle, after a load in which nothing is open any more. */
final class Reconciliation {
  private static final int AT_ONCE = 16;
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final Duration SETTLE_LIMIT = Duration.ofMinutes(2);
  private static final String MISMATCHES = "corkboard_reconciler_mismatches";
  private static final String ROUNDS = "corkboard_reconciler_rounds_total{outcome=\"completed\"";

  private final Operations operations;
  private final Generator generator;
  private final HttpClient http = HttpClient.newHttpClient();
  private int compared;

  Reconciliation(Operations operations, Generator generator) {
    this.operations = operations;
    this.generator = generator;
  }

  /** Asks for every board, Pin, collage and listing, and for the counts of each account. */
  void run() {
    World world = operations.world();
    List<Account> accounts = world.accounts();
    for (Board board : world.boards().all()) {
      Account other = accounts.get((board.owner().number() + 1) % accounts.size());
      for (Account reader : List.of(board.owner(), other)) board(board, reader);
    }
    for (Account account : accounts) {
      pages(account, "/pins", account.pins(), place -> !place.isNowhere());
      boards(account);
      collages(account);
    }
    List<Supplier<Call>> calls = new ArrayList<>();
    for (Pin pin : world.pins().all()) {
      Account other = accounts.get((pin.owner().number() + 1) % accounts.size());
      calls.add(() -> insist(operations.reads().pin(pin, pin.owner())));
      calls.add(() -> insist(operations.reads().pin(pin, other)));
    }
    for (Collage collage : world.collages().all()) {
      for (Account reader : accounts) {
        calls.add(() -> insist(operations.reads().collage(collage, reader)));
      }
    }
    for (Board board : world.boards().all()) {
      for (Account reader : accounts) {
        calls.add(() -> insist(operations.reads().board(board, reader)));
      }
    }
    for (Account account : accounts) {
      calls.add(() -> insist(operations.reads().account(account)));
    }
    generator.make(calls, AT_ONCE, LIMIT);
    generator.drain(Duration.ZERO).forEach(call -> unanswered(call.toString()));
    compared += calls.size();
    world
        .ghosts()
        .forEach(
            (id, where) ->
                operations
                    .verdicts()
                    .add(Defect.DOUBLED, where + " showed Pin " + id + ", which nobody made"));
  }

  /** How many answers were compared. */
  int compared() {
    return compared;
  }

  private void unanswered(String what) {
    operations.verdicts().add(Defect.UNRESOLVED, what);
  }

  /** The same question until it is answered. */
  private static Call insist(Call call) {
    return new Call(
        call.kind(),
        call.account(),
        call.method(),
        call.path(),
        call.body(),
        call.key(),
        (answer, asked, answered, attempt) ->
            !Outcomes.isOpen(answer) && call.outcome().take(answer, asked, answered, attempt));
  }

  private void board(Board board, Account reader) {
    if (!board.mayBeSeen(reader, System.nanoTime(), System.nanoTime())) {
      Question[] question = new Question[1];
      Answer answer = ask(reader, "/boards/" + board.id() + "/pins", question);
      if (answer.status() != 404) {
        Defect defect =
            board.isForbidden(reader, question[0].asked(), question[0].answered())
                ? Defect.FORBIDDEN
                : Defect.STALE;
        operations.verdicts().add(defect, question[0] + ": " + answer.status());
      }
      return;
    }
    pages(reader, "/boards/" + board.id() + "/pins", board.pins(), place -> place.on(board.id()));
  }

  private void pages(
      Account reader, String path, NavigableMap<Long, Pin> all, Predicate<Place> belongs) {
    long last = Long.MAX_VALUE;
    String bookmark = "";
    do {
      Question[] question = new Question[1];
      Answer page = ask(reader, path + "?page_size=100" + bookmark, question);
      if (page.status() != 200) {
        operations.verdicts().add(Defect.LOST, question[0] + ": " + page.text());
        return;
      }
      last = operations.oracle().page(question[0], page.json(), all, belongs, last);
      JsonNode next = page.json().get("bookmark");
      bookmark = next.isNull() ? "" : "&bookmark=" + next.textValue();
    } while (!bookmark.isEmpty());
  }

  private void boards(Account account) {
    Question[] question = new Question[1];
    Answer page = ask(account, "/boards?page_size=250", question);
    operations.oracle().boards(question[0], page.json(), board -> true);
  }

  private void collages(Account account) {
    Question[] question = new Question[1];
    Set<String> ids = new HashSet<>();
    Answer page = ask(account, "/v1/collages?page_size=250", question);
    page.json().get("items").forEach(one -> ids.add(one.get("id").textValue()));
    operations.collageOracle().listed(question[0], ids);
  }

  /** An answer other than that the suite is not there; asked until there is one. */
  private Answer ask(Account reader, String path, Question[] question) {
    AtomicReference<Answer> told = new AtomicReference<>();
    Call call =
        Call.read(
            Kind.BOARD_PAGE,
            reader,
            path,
            (answer, asked, answered, attempt) -> {
              if (Outcomes.isOpen(answer)) return false;
              question[0] = new Question(reader, "at the end GET " + path, asked, answered);
              told.set(answer);
              return true;
            });
    generator.make(List.of(() -> call), 1, LIMIT);
    compared++;
    if (told.get() == null) throw new IllegalStateException("no answer to " + call);
    return told.get();
  }

  /** What pin-service finds when it compares Pins and places itself; waits for a whole round. */
  void reconciler(List<String> addresses) {
    long end = System.nanoTime() + SETTLE_LIMIT.toNanos();
    for (String address : addresses) {
      double before = metric(address, ROUNDS).orElse(0);
      while (metric(address, ROUNDS).orElse(0) < before + 2
          || metric(address, MISMATCHES).orElse(-1) != 0) {
        if (System.nanoTime() > end) {
          operations
              .verdicts()
              .add(Defect.TORN, "the reconciler's mismatches: " + metric(address, MISMATCHES));
          return;
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(500));
      }
    }
  }

  private OptionalDouble metric(String address, String line) {
    try {
      return http.send(
              HttpRequest.newBuilder(URI.create("http://" + address + "/metrics")).build(),
              BodyHandlers.ofLines())
          .body()
          .filter(text -> text.startsWith(line))
          .mapToDouble(text -> Double.parseDouble(text.substring(text.lastIndexOf(' ') + 1)))
          .findFirst();
    } catch (IOException notNow) {
      return OptionalDouble.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return OptionalDouble.empty();
    }
  }
}
