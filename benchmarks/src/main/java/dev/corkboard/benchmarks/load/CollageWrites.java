// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.benchmarks.load;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.corkboard.benchmarks.load.Verdicts.Defect;
import dev.corkboard.deploy.faults.Answer;
import dev.corkboard.deploy.faults.Bodies;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** The operations that make, edit, share and publish collages. */
final class CollageWrites {
  private static final int MOST_LAYERS = 100;
  private static final double TRESPASSES = 0.1;

  private final World world;
  private final Outcomes outcomes;

  CollageWrites(World world, Outcomes outcomes) {
    this.world = world;
    this.outcomes = outcomes;
  }

  private static String path(Collage collage, String rest) {
    return "/v1/collages/" + collage.id() + rest;
  }

  /** A collage for members alone. */
  Call createShared(Account owner) {
    return create(
        new Collage(owner, "c" + world.nextNumber() + " v0 corkboard", Optional.empty(), ""));
  }

  /** A collage to be published on a board. */
  Call createPublic(Board board) {
    Pin pin = new Pin(board.owner(), "c" + world.nextNumber(), true);
    return create(new Collage(board.owner(), pin.title(0), Optional.of(pin), board.id()));
  }

  private Call create(Collage collage) {
    return Call.write(
        Kind.EDIT_COLLAGE,
        collage.owner(),
        "POST",
        "/v1/collages",
        Bodies.collage(collage.title()),
        outcomes.of(
            "create a collage",
            (answer, asked, answered) -> {
              collage.id(answer.textOf("id"));
              world.collages().add(collage);
            },
            () -> {}));
  }

  Optional<Call> edit(Random random) {
    Optional<Collage> picked =
        world
            .collages()
            .pick(random, one -> one.layers().size() < MOST_LAYERS && one.gate().enter());
    return picked.map(
        collage ->
            random.nextDouble() < TRESPASSES
                ? trespass(collage, random)
                : edit(collage, editor(collage, random)));
  }

  private Account editor(Collage collage, Random random) {
    List<Account> editors =
        world.accounts().stream()
            .filter(one -> one == collage.owner() || collage.membership(one).latest())
            .toList();
    return editors.get(random.nextInt(editors.size()));
  }

  private Call edit(Collage collage, Account editor) {
    String layer = "layer-" + world.nextNumber();
    History<Boolean> history = new History<>(false);
    history.begin(true, System.nanoTime());
    collage.layers().put(layer, history);
    return Call.write(
        Kind.EDIT_COLLAGE,
        editor,
        "POST",
        path(collage, "/edits"),
        Bodies.edit(collage.revision(), layer),
        outcomes.of(
            "edit of " + collage + " by " + editor,
            (answer, asked, answered) -> {
              history.done(answered);
              collage.told(answer.json().path("revision").asLong(-1));
              collage.gate().leave();
            },
            () -> {
              collage.layers().remove(layer);
              collage.gate().leave();
            }));
  }

  /** An edit by somebody who may not, which is not even told whether the collage is there. */
  private Call trespass(Collage collage, Random random) {
    List<Account> strangers =
        world.accounts().stream()
            .filter(one -> one != collage.owner() && !collage.membership(one).latest())
            .toList();
    Account stranger = strangers.get(random.nextInt(strangers.size()));
    return Call.write(
        Kind.EDIT_COLLAGE,
        stranger,
        "POST",
        path(collage, "/edits"),
        Bodies.edit(collage.revision(), "of-a-stranger-" + world.nextNumber()),
        (answer, asked, answered, attempt) -> {
          if (answer.isOk()) {
            outcomes.wrong(Defect.FORBIDDEN, stranger + " edited " + collage);
          } else if (!Outcomes.isOpen(answer) && answer.status() != 404 && answer.status() != 403) {
            outcomes.wrong(Defect.WRONG, "edit by a stranger: " + answer.status() + answer.text());
          }
          collage.gate().leave();
          return true;
        });
  }

  Optional<Call> publish(Random random) {
    return world
        .collages()
        .pick(random, one -> one.pin().isPresent() && one.gate().close())
        .map(this::publish);
  }

  private Call publish(Collage collage) {
    Pin pin = collage.pin().orElseThrow();
    boolean first = pin.id().isEmpty();
    collage.published().begin(Set.copyOf(collage.layers().keySet()), System.nanoTime());
    if (first) {
      world.begin(pin);
      pin.places().begin(new Place(collage.board(), 0), System.nanoTime());
    }
    return Call.write(
        Kind.PUBLISH_COLLAGE,
        collage.owner(),
        "POST",
        path(collage, "/publish"),
        Bodies.move(collage.board()),
        outcomes.of(
            "publish of " + collage,
            (answer, asked, answered) -> {
              published(collage, pin, first, answer, answered);
              collage.gate().open();
            },
            () -> {
              collage.published().undo();
              if (first) {
                pin.places().undo();
                world.unnamed().remove(pin);
              }
              collage.gate().open();
            }));
  }

  private void published(Collage collage, Pin pin, boolean first, Answer answer, long answered) {
    collage.published().done(answered);
    String told = answer.json().at("/publication/pin_id").asText();
    long revision = answer.json().at("/publication/revision").asLong(-1);
    if (revision != collage.layers().size()) {
      outcomes.wrong(Defect.STALE, collage + " published at revision " + revision);
    }
    if (first) {
      pin.places().done(answered);
      world.named(pin, world.board(collage.board()), told);
    } else if (!told.equals(pin.id())) {
      outcomes.wrong(Defect.DOUBLED, collage + " published as " + pin + " and as " + told);
    }
  }

  Optional<Call> setMember(Random random) {
    Account account = world.accounts().get(random.nextInt(world.accounts().size()));
    return shared(random, account, false)
        .map(collage -> membership(Kind.SET_MEMBER, collage, account, true, "PUT", outcomes::of));
  }

  Optional<Call> removeMember(Random random) {
    Account account = world.accounts().get(random.nextInt(world.accounts().size()));
    return shared(random, account, true)
        .map(
            collage ->
                membership(
                    Kind.REMOVE_MEMBER, collage, account, false, "DELETE", outcomes::ofRemoval));
  }

  private Optional<Collage> shared(Random random, Account account, boolean member) {
    return world
        .collages()
        .pick(
            random,
            one ->
                one.pin().isEmpty()
                    && one.owner() != account
                    && one.membership(account).latest() == member
                    && one.gate().close());
  }

  /** Makes the outcome of a change. */
  private interface Outcome {
    Call.Outcome of(String what, Outcomes.Accepted accepted, Runnable refused);
  }

  private Call membership(
      Kind kind, Collage collage, Account account, boolean member, String method, Outcome outcome) {
    History<Boolean> history = collage.membership(account);
    history.begin(member, System.nanoTime());
    return Call.write(
        kind,
        collage.owner(),
        method,
        path(collage, "/members/" + account.id()),
        member
            ? JsonNodeFactory.instance.objectNode().put("role", "editor")
            : MissingNode.getInstance(),
        outcome.of(
            kind.text() + " " + account + " of " + collage,
            (answer, asked, answered) -> {
              history.done(answered);
              collage.gate().open();
            },
            () -> {
              history.undo();
              collage.gate().open();
            }));
  }
}
