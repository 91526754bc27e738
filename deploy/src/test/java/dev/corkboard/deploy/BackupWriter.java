// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Creates Pins on its own boards, moves some, saves some and deletes some, until told to stop. A
 * Pin is done with when it is noted; nothing touches it afterwards.
 */
final class BackupWriter implements Runnable {
  private static final String PIN =
      """
      {"board_id":"%s","title":"%d","media_source":{"source_type":"image_base64",\
      "content_type":"image/png","data":"iVBORw0KGgoAAAANSUhEUgAAACgAAAAeCAMAAABpA6zvAAAABlBMVEXGKCj/\
      8+DX4sOZAAAAH0lEQVR42mNggANGOMAvNqqQPgpHA2WwKhwNqEGqEACimQJZDZM94QAAAABJRU5ErkJggg=="}}""";

  private final AccountView account;
  private final List<String> boards;
  private final AtomicBoolean over = new AtomicBoolean();
  private final AtomicInteger unanswered = new AtomicInteger();

  /** Where a Pin stands, by id; nowhere when it was deleted. */
  private final Map<String, String> noted = new ConcurrentHashMap<>();

  /** Every id that was ever answered with. */
  private final Queue<String> ids = new ConcurrentLinkedQueue<>();

  /** Makes boards whose names begin so. */
  BackupWriter(AccountView account, String name) {
    this.account = account;
    this.boards =
        List.of("one", "two", "three").stream()
            .map(
                number ->
                    account.call(
                        "POST", "/v5/boards", "{\"name\":\"" + name + " " + number + "\"}"))
            .map(board -> board.get("id").textValue())
            .toList();
    ids.addAll(boards);
  }

  List<String> boards() {
    return boards;
  }

  /** What is done with by now. */
  Map<String, String> noted() {
    return Map.copyOf(noted);
  }

  Set<String> ids() {
    return Set.copyOf(ids);
  }

  /** Requests that were not answered with success. */
  int unanswered() {
    return unanswered.get();
  }

  void stop() {
    over.set(true);
  }

  @Override
  public void run() {
    for (int i = 0; !over.get(); i++) {
      String board = boards.get(i % boards.size());
      String other = boards.get((i + 1) % boards.size());
      String made = made("/v5/pins", PIN.formatted(board, i));
      if (made.isEmpty()) continue;
      String pin = "/v5/pins/" + made;
      String onOther = "{\"board_id\":\"" + other + "\"}";
      switch (i % 4) {
        case 0 -> note(made, board);
        case 1 -> {
          if (answered("PATCH", pin, onOther)) note(made, other);
        }
        case 2 -> {
          String saved = made(pin + "/save", onOther);
          if (!saved.isEmpty()) note(saved, other);
          note(made, board);
        }
        default -> {
          if (answered("DELETE", pin, "")) note(made, "");
        }
      }
    }
  }

  private void note(String pin, String board) {
    noted.put(pin, board);
  }

  private boolean answered(String method, String path, String body) {
    try {
      if (account.status(method, path, body) / 100 == 2) return true;
    } catch (UncheckedIOException noAnswer) {
      // counted below
    }
    unanswered.incrementAndGet();
    return false;
  }

  /** The id of what was made, or nothing. */
  private String made(String path, String body) {
    try {
      HttpResponse<byte[]> answer = account.send("POST", path, body);
      if (answer.statusCode() == 201) {
        JsonNode id = AccountView.json(answer.body()).get("id");
        ids.add(id.textValue());
        return id.textValue();
      }
    } catch (UncheckedIOException noAnswer) {
      // counted below
    }
    unanswered.incrementAndGet();
    return "";
  }

  /** What was noted then is as it was, and what stands on its boards is whole. */
  void verify(AccountView restored, Map<String, String> then) {
    for (String board : boards) {
      List<JsonNode> pins = restored.walk("/v5/boards/" + board + "/pins");
      List<String> standing = pins.stream().map(pin -> pin.get("id").textValue()).toList();
      assertThat(standing).doesNotHaveDuplicates();
      assertThat(standing)
          .containsAll(then.keySet().stream().filter(pin -> then.get(pin).equals(board)).toList());
      assertThat(restored.get("/v5/boards/" + board).get("pin_count").intValue())
          .isEqualTo(standing.size());
      for (String pin : standing) {
        assertThat(restored.get("/v5/pins/" + pin).get("board_id").textValue()).isEqualTo(board);
      }
    }
    then.forEach(
        (pin, board) ->
            assertThat(restored.status("GET", "/v5/pins/" + pin, ""))
                .as(pin)
                .isEqualTo(board.isEmpty() ? 404 : 200));
  }
}
