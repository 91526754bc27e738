// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What answers are held to refuses those that are wrong. */
class DescriptionTest {
  private static final URI BOARD = URI.create("http://localhost/v5/boards/7?x=y");

  private final Description own = Description.own();

  private static ObjectNode board() {
    return Rest.object(
        board -> {
          board.put("privacy", "PUBLIC").put("id", "7").put("name", "Board").putNull("description");
          board.putObject("owner").put("username", "demo");
          board.put("created_at", "2026-11-28T03:00:00Z");
          board.put("board_pins_modified_at", "2026-11-28T03:00:00Z");
          board.put("collaborator_count", 0).put("pin_count", 0).put("follower_count", 0);
          board.put("is_ads_only", false);
          ObjectNode media = board.putObject("media").putNull("image_cover_url");
          media.putArray("pin_thumbnail_urls");
        });
  }

  private void refused(Consumer<ObjectNode> change) {
    ObjectNode board = board();
    change.accept(board);
    assertThatThrownBy(() -> own.check("GET", BOARD, 200, board.toString()))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("GET http://localhost/v5/boards/7");
  }

  @Test
  void aRightAnswerPasses() {
    assertThatCode(() -> own.check("GET", BOARD, 200, board().toString()))
        .doesNotThrowAnyException();
    assertThatCode(() -> own.check("DELETE", BOARD, 204, "")).doesNotThrowAnyException();
    assertThatCode(
            () -> own.check("GET", BOARD, 404, "{\"code\":40,\"message\":\"Board not found.\"}"))
        .doesNotThrowAnyException();
  }

  @Test
  void whatIsMissingOrOfTheWrongKindIsRefused() {
    refused(board -> board.put("id", 7));
    refused(board -> board.put("id", "seven"));
    refused(board -> board.remove("pin_count"));
    refused(board -> board.put("privacy", "HIDDEN"));
    refused(board -> board.put("created_at", "yesterday"));
    refused(board -> board.putNull("owner"));
  }

  @Test
  void anErrorOutOfShapeIsRefused() {
    assertThatThrownBy(() -> own.check("GET", BOARD, 404, "{\"code\":\"40\",\"message\":\"\"}"))
        .isInstanceOf(AssertionError.class);
    assertThatThrownBy(() -> own.check("GET", BOARD, 503, "{\"error\":\"\"}"))
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void aBodyWhereNoneIsDescribedIsRefused() {
    assertThatThrownBy(() -> own.check("DELETE", BOARD, 204, "{}"))
        .isInstanceOf(AssertionError.class);
    assertThatThrownBy(() -> own.check("GET", BOARD, 200, "")).isInstanceOf(AssertionError.class);
  }
}
