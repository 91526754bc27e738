// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.corkboard.benchmarks.load.Oracle.Question;
import dev.corkboard.benchmarks.load.Verdicts.Defect;
import dev.corkboard.deploy.faults.Answer;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CollageOracleTest {
  private final World world = new World();
  private final Verdicts verdicts = new Verdicts();
  private final CollageOracle oracle = new CollageOracle(world, verdicts);
  private final Account owner = new Account(0, "0", "owner", "token");
  private final Account member = new Account(1, "1", "member", "token");
  private final Collage collage = new Collage(owner, "c1 v0 corkboard", Optional.empty(), "");
  private long now = 100;

  private void layer(String id, boolean acknowledged) {
    History<Boolean> history = new History<>(false);
    history.begin(true, ++now);
    if (acknowledged) history.done(++now);
    collage.layers().put(id, history);
  }

  private Question asked(Account reader) {
    now += 10;
    return new Question(reader, "GET", now, now + 5);
  }

  private static Answer shown(long revision, String... layers) {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("revision", revision);
    ArrayNode array = json.putObject("document").putArray("layers");
    for (String layer : layers) array.addObject().put("id", layer);
    return new Answer(200, json, json.toString());
  }

  private static Answer drawn(long revision, String start) {
    return new Answer(200, JsonNodeFactory.instance.objectNode().put("revision", revision), start);
  }

  private static Answer notFound() {
    return new Answer(404, MissingNode.getInstance(), "");
  }

  @Test
  void editsThatAreUnderWayMayBeThereOrNot() {
    layer("a", true);
    layer("b", false);
    oracle.collage(asked(owner), collage, shown(1, "a"));
    oracle.collage(asked(owner), collage, shown(2, "a", "b"));
    oracle.drawing(asked(owner), collage, drawn(2, "\u0089PNG"));
    assertThat(verdicts.isClean()).isTrue();
  }

  @Test
  void anAcknowledgedEditIsNotLost() {
    layer("a", true);
    oracle.collage(asked(owner), collage, shown(0));
    assertThat(verdicts.count(Defect.LOST)).isEqualTo(1);
    assertThat(verdicts.count(Defect.STALE)).isEqualTo(1);
  }

  @Test
  void anEditIsNotMadeTwice() {
    layer("a", true);
    oracle.collage(asked(owner), collage, shown(2, "a", "a"));
    assertThat(verdicts.count(Defect.DOUBLED)).isEqualTo(1);
    assertThat(verdicts.count(Defect.COUNT)).isEqualTo(1);
  }

  @Test
  void aDocumentHasTheLayersOfItsRevision() {
    layer("a", true);
    layer("b", false);
    oracle.collage(asked(owner), collage, shown(2, "a"));
    assertThat(verdicts.count(Defect.TORN)).isEqualTo(1);
  }

  @Test
  void aMemberWhoWasRemovedSeesNothing() {
    oracle.collage(asked(member), collage, notFound());
    collage.membership(member).begin(true, ++now);
    oracle.collage(asked(member), collage, shown(0));
    oracle.collage(asked(member), collage, notFound());
    assertThat(verdicts.isClean()).isTrue();
    collage.membership(member).done(++now);
    oracle.collage(asked(member), collage, notFound());
    assertThat(verdicts.count(Defect.LOST)).isEqualTo(1);
    collage.membership(member).begin(false, ++now);
    collage.membership(member).done(++now);
    oracle.collage(asked(member), collage, shown(0));
    oracle.drawing(asked(member), collage, drawn(0, "\u0089PNG"));
    assertThat(verdicts.count(Defect.FORBIDDEN)).isEqualTo(2);
  }

  @Test
  void aVisitorSeesTheLastPublicationAndNothingNewer() {
    Pin pin = new Pin(owner, "c2", true);
    Collage shared = new Collage(owner, pin.title(0), Optional.of(pin), "11");
    oracle.collage(asked(member), shared, notFound());
    assertThat(verdicts.isClean()).isTrue();
    oracle.collage(asked(member), shared, shown(0));
    assertThat(verdicts.count(Defect.FORBIDDEN)).isEqualTo(1);
    pin.places().begin(new Place("11", 0), ++now);
    shared.published().begin(Set.of("a"), now);
    pin.places().done(++now);
    shared.published().done(now);
    long stale = verdicts.count(Defect.STALE);
    oracle.collage(asked(member), shared, shown(1, "a"));
    oracle.drawing(asked(member), shared, drawn(1, "\u0089PNG"));
    assertThat(verdicts.count(Defect.STALE)).isEqualTo(stale);
    oracle.collage(asked(member), shared, shown(2, "a", "b"));
    oracle.drawing(asked(member), shared, drawn(0, "\u0089PNG"));
    assertThat(verdicts.count(Defect.STALE)).isEqualTo(stale + 2);
    oracle.collage(asked(member), shared, notFound());
    assertThat(verdicts.count(Defect.LOST)).isEqualTo(1);
  }

  @Test
  void anOldDrawingIsStale() {
    layer("a", true);
    oracle.drawing(asked(owner), collage, drawn(0, "\u0089PNG"));
    assertThat(verdicts.count(Defect.STALE)).isEqualTo(1);
    oracle.drawing(asked(owner), collage, drawn(1, "{}"));
    assertThat(verdicts.count(Defect.WRONG)).isEqualTo(1);
  }

  @Test
  void theListOfOnesOwnIsComplete() {
    collage.id("5");
    world.collages().add(collage);
    oracle.listed(asked(owner), Set.of("5"));
    assertThat(verdicts.isClean()).isTrue();
    oracle.listed(asked(owner), Set.of());
    assertThat(verdicts.count(Defect.LOST)).isEqualTo(1);
  }
}
