// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.benchmarks.load;

import com.fasterxml.jackson.databind.JsonNode;
import dev.corkboard.benchmarks.load.Oracle.Question;
import dev.corkboard.benchmarks.load.Verdicts.Defect;
import dev.corkboard.deploy.faults.Answer;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Compares answers about collages with what they must be. */
final class CollageOracle {
  private final World world;
  private final Verdicts verdicts;

  CollageOracle(World world, Verdicts verdicts) {
    this.world = world;
    this.verdicts = verdicts;
  }

  /** A collage with its document, or that there is none. */
  void collage(Question question, Collage collage, Answer answer) {
    if (!shown(question, collage, answer)) return;
    JsonNode shown = answer.json();
    if (collage.isVisitor(question.reader())) {
      published(question, collage, shown);
      return;
    }
    long revision = shown.path("revision").asLong(-1);
    revision(question, collage, revision);
    Set<String> layers = new HashSet<>();
    for (JsonNode layer : shown.at("/document/layers")) {
      String id = layer.path("id").asText();
      History<Boolean> history = collage.layers().get(id);
      if (!layers.add(id)) {
        verdicts.add(Defect.DOUBLED, question + ": layer " + id + " twice");
      } else if (history == null
          || !history.possible(question.asked(), question.answered()).contains(true)) {
        verdicts.add(Defect.DOUBLED, question + ": nobody added layer " + id);
      }
    }
    collage
        .layers()
        .forEach(
            (id, history) -> {
              boolean must =
                  !history.possible(question.asked(), question.answered()).contains(false);
              if (must && !layers.contains(id)) {
                verdicts.add(Defect.LOST, question + ": without layer " + id);
              }
            });
    if (layers.size() != revision) {
      verdicts.add(
          Defect.TORN, question + ": revision " + revision + " with " + layers.size() + " layers");
    }
    publication(question, collage, shown);
  }

  /** What a visitor sees: the layers of one publication, and of the last. */
  private void published(Question question, Collage collage, JsonNode shown) {
    Set<String> layers = new HashSet<>(shown.at("/document/layers").findValuesAsText("id"));
    Set<Set<String>> possible = collage.published().possible(question.asked(), question.answered());
    if (!possible.contains(layers) || shown.path("revision").asLong(-1) != layers.size()) {
      verdicts.add(
          Defect.STALE, question + ": published " + shown + " instead of one of " + possible);
    }
  }

  private void publication(Question question, Collage collage, JsonNode shown) {
    Optional<Pin> pin = collage.pin().filter(one -> !one.id().isEmpty());
    if (pin.isEmpty() || !pin.get().mustBe(question.asked(), question.answered())) return;
    if (!shown.at("/publication/pin_id").asText().equals(pin.get().id())) {
      verdicts.add(Defect.LOST, question + ": not published as " + pin.get());
    }
  }

  /** A drawing: of a revision that may be the newest. */
  void drawing(Question question, Collage collage, Answer answer) {
    if (!shown(question, collage, answer)) return;
    if (!answer.text().startsWith("\u0089PNG")) {
      verdicts.add(Defect.WRONG, question + ": no PNG");
    }
    long revision = answer.json().path("revision").asLong(-1);
    if (!collage.isVisitor(question.reader())) {
      revision(question, collage, revision);
    } else if (collage.published().possible(question.asked(), question.answered()).stream()
        .noneMatch(layers -> layers.size() == revision)) {
      verdicts.add(Defect.STALE, question + ": published revision " + revision);
    }
  }

  private boolean shown(Question question, Collage collage, Answer answer) {
    verdicts.look();
    if (answer.status() == 404) {
      if (collage.mustBeSeen(question.reader(), question.asked(), question.answered())) {
        verdicts.add(Defect.LOST, question + ": 404 for " + collage);
      }
      return false;
    }
    if (collage.isForbidden(question.reader(), question.asked(), question.answered())) {
      verdicts.add(Defect.FORBIDDEN, question + ": " + collage);
    }
    return true;
  }

  private void revision(Question question, Collage collage, long shown) {
    long least = collage.leastRevision(question.asked(), question.answered());
    long most = collage.greatestRevision(question.asked(), question.answered());
    if (shown < least) {
      verdicts.add(Defect.STALE, question + ": revision " + shown + ", at least " + least);
    } else if (shown > most) {
      verdicts.add(Defect.COUNT, question + ": revision " + shown + ", at most " + most);
    }
  }

  /** The reader's own collages. */
  void listed(Question question, Set<String> ids) {
    verdicts.look();
    for (Collage collage : world.collages().all()) {
      if (collage.owner() == question.reader() && !ids.contains(collage.id())) {
        verdicts.add(Defect.LOST, question + ": without " + collage);
      }
    }
  }
}
