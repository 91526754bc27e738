// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Makes the collages of the demo of its Pins, and publishes them. */
final class DemoCollages {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String COLLAGES = "/v1/collages";

  private final Function<String, RestAccount> accounts;
  private final Map<String, String> boardIds;
  private final Map<String, String> pinIds;
  private final Map<String, String> collageIds = new HashMap<>();

  /**
   * Collages that are yet to be made.
   *
   * @param accounts by username
   * @param boardIds by name
   * @param pinIds by title
   */
  DemoCollages(
      Function<String, RestAccount> accounts,
      Map<String, String> boardIds,
      Map<String, String> pinIds) {
    this.accounts = accounts;
    this.boardIds = boardIds;
    this.pinIds = pinIds;
  }

  /** Makes or finishes what is not published; says how many that were. */
  int fill() {
    int made = 0;
    for (PlannedCollage planned : DemoPlan.collages()) {
      RestAccount account = accounts.apply(planned.username());
      JsonNode collage = existing(account, planned).orElseGet(() -> begin(account, planned));
      String id = collage.get("id").textValue();
      collageIds.put(planned.title(), id);
      if (!collage.get("state").textValue().equals("published")) {
        if (planned.original().isPresent()) change(account, planned, collage);
        account.post(
            COLLAGES + "/" + id + "/publish",
            JSON.objectNode().put("board_id", boardIds.get(planned.board())));
        made++;
      }
    }
    return made;
  }

  /** By its title; a remix that was only begun has the title of its original. */
  private Optional<JsonNode> existing(RestAccount account, PlannedCollage planned) {
    List<JsonNode> owned = account.list(COLLAGES);
    return owned.stream()
        .filter(collage -> isTitled(collage, planned.title()))
        .findFirst()
        .or(
            () ->
                owned.stream()
                    .filter(collage -> isBegun(collage, planned.original().orElse("")))
                    .findFirst());
  }

  private boolean isBegun(JsonNode collage, String original) {
    return isTitled(collage, original)
        && collage.at("/remix_of/collage_id").asText().equals(collageIds.get(original));
  }

  private static boolean isTitled(JsonNode collage, String title) {
    return collage.get("title").asText().equals(title);
  }

  private JsonNode begin(RestAccount account, PlannedCollage planned) {
    return planned
        .original()
        .map(
            title ->
                account.post(COLLAGES + "/" + collageIds.get(title) + "/remix", JSON.objectNode()))
        .orElseGet(
            () -> {
              ObjectNode body = planned.words().deepCopy();
              body.set("document", withPinIds(planned.content()));
              return account.post(COLLAGES, body);
            });
  }

  private void change(RestAccount account, PlannedCollage planned, JsonNode remix) {
    String path = COLLAGES + "/" + remix.get("id").textValue();
    if (remix.get("revision").longValue() == 0) {
      ObjectNode edit = JSON.objectNode().put("base_revision", 0);
      edit.set("operations", withPinIds(planned.content()));
      account.post(path + "/edits", edit);
    }
    account.patch(path, planned.words());
  }

  private JsonNode withPinIds(JsonNode content) {
    JsonNode copy = content.deepCopy();
    for (JsonNode found : copy.findParents("pin_title")) {
      ObjectNode picture = (ObjectNode) found;
      picture.put("pin_id", pinIds.get(picture.remove("pin_title").textValue()));
    }
    return copy;
  }
}
