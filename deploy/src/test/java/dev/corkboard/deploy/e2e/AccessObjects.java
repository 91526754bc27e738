// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy.e2e;

import com.datastax.oss.driver.api.core.CqlSession;
import dev.corkboard.deploy.e2e.AccessTable.Thing;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;

/** Makes the boards and Pins that the cells of an access table are about. */
final class AccessObjects {
  private static final byte VIEWER = 1;
  private static final byte EDITOR = 2;

  private final Rest owner;
  private final Rest viewer;
  private final Rest editor;
  private final Rest former;
  private final CqlSession boards;

  /** Of a new owner; every board has a viewer, an editor, and one who was an editor. */
  AccessObjects(EndToEnd suite) {
    owner = suite.newAccount();
    viewer = suite.newAccount();
    editor = suite.newAccount();
    former = suite.newAccount();
    boards = suite.cassandra("BOARD");
  }

  Rest owner() {
    return owner;
  }

  Rest viewer() {
    return viewer;
  }

  Rest editor() {
    return editor;
  }

  Rest former() {
    return former;
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
    join(board);
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

  /** As board-service keeps members; nobody has looked at the board yet. */
  private void join(String board) {
    boards.execute(
        "UPDATE board SET collaborator_count = 2 WHERE board_id = " + board + " IF state = 1");
    join(board, viewer, VIEWER);
    join(board, editor, EDITOR);
    join(board, former, EDITOR);
    boards.execute(
        "DELETE FROM board WHERE board_id = ? AND kind = 4 AND epoch = 0 AND k1 = ? AND k2 = 0"
            + " IF EXISTS",
        id(board),
        key(id(former.account().id())));
    boards.execute(
        "DELETE FROM owner WHERE owner_id = ? AND kind = 0 AND k1 = ? AND k2 = ? IF EXISTS",
        id(former.account().id()),
        key(~id(board)),
        id(board));
  }

  private void join(String board, Rest member, byte role) {
    long account = id(member.account().id());
    boards.execute(
        "INSERT INTO board (board_id, kind, epoch, k1, k2, role) VALUES (?, 4, 0, ?, 0, ?)"
            + " IF NOT EXISTS",
        id(board),
        key(account),
        role);
    boards.execute(
        "INSERT INTO owner (owner_id, kind, k1, k2, board_id) VALUES (?, 0, ?, ?, ?)"
            + " IF NOT EXISTS",
        account,
        key(~id(board)),
        id(board),
        id(board));
  }

  private static long id(String id) {
    return Long.parseLong(id);
  }

  private static ByteBuffer key(long id) {
    return ByteBuffer.allocate(Long.BYTES).putLong(id).flip();
  }

  /** An id that was never given, of the length of those that were. */
  private static String never() {
    return Long.toString(ThreadLocalRandom.current().nextLong(1L << 50, 1L << 52));
  }
}
