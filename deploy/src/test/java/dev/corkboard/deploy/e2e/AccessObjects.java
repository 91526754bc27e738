// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy.e2e;

import dev.corkboard.deploy.e2e.AccessTable.Thing;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;

/** Makes the boards and Pins that the cells of an access table are about. */
final class AccessObjects {
  private final Rest owner;

  AccessObjects(Rest owner) {
    this.owner = owner;
  }

  /**
   * A board with a Pin and a section on it, as its owner left it.
   *
   * @param picture the path of a rendition of the Pin
   */
  record Subject(Thing thing, String board, String pin, String section, String picture) {}

  Subject fresh(Thing thing) {
    if (thing == Thing.MISSING) {
      return new Subject(thing, never(), never(), never(), "/media/" + "A".repeat(22) + "/600x");
    }
    String board =
        owner.createBoard(
            thing == Thing.DELETED ? "PUBLIC" : thing.name().toUpperCase(Locale.ROOT));
    Rest.Answer pin = owner.post("/v5/pins", Rest.pin(board)).expect(201);
    String url = pin.json().at("/media/images/600x/url").textValue();
    String section =
        owner
            .post("/v5/boards/" + board + "/sections", Rest.object(o -> o.put("name", "Section")))
            .expect(201)
            .id();
    if (thing == Thing.DELETED) owner.delete("/v5/boards/" + board).expect(204);
    return new Subject(thing, board, pin.id(), section, url.substring(url.indexOf("/media/")));
  }

  /** An id that was never given, of the length of those that were. */
  private static String never() {
    return Long.toString(ThreadLocalRandom.current().nextLong(1L << 50, 1L << 52));
  }
}
