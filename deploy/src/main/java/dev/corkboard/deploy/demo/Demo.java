// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Fills the demo accounts through the public API. What is there already, by board name, Pin title
 * and title of a collage, is not made again, so a fill that was cut short is finished by the next.
 */
public final class Demo {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final HttpClient http = HttpClient.newHttpClient();
  private final String url;
  private final Map<String, String> tokens;
  private final Map<String, String> boardIds = new HashMap<>();
  private final Map<String, String> pinIds = new HashMap<>();

  /**
   * A fill that is yet to happen.
   *
   * @param url the edge's
   * @param tokens by username
   */
  public Demo(String url, Map<String, String> tokens) {
    this.url = url;
    this.tokens = Map.copyOf(tokens);
  }

  /** Makes what is missing; says how much that was. */
  public String fill() {
    Map<String, List<PlannedBoard>> plan = DemoPlan.boards();
    List<Runnable> missing = new ArrayList<>();
    plan.forEach((username, boards) -> missing.addAll(missingPins(account(username), boards)));
    int pins = missing.size();
    runAll(missing);
    missing.clear();
    plan.forEach((username, boards) -> missing.addAll(missingSaves(account(username), boards)));
    runAll(missing);
    int collages = new DemoCollages(this::account, boardIds, pinIds).fill();
    return pins + missing.size() + collages == 0
        ? "already there"
        : "made %d Pins, %d saves and %d collages".formatted(pins, missing.size(), collages);
  }

  private RestAccount account(String username) {
    return new RestAccount(http, url, tokens.get(username));
  }

  private List<Runnable> missingPins(RestAccount account, List<PlannedBoard> boards) {
    Map<String, String> existing = new HashMap<>();
    account.list("/v5/boards").forEach(b -> existing.put(text(b, "name"), text(b, "id")));
    List<Runnable> missing = new ArrayList<>();
    for (PlannedBoard board : boards) {
      String id =
          existing.containsKey(board.name())
              ? existing.get(board.name())
              : text(account.post("/v5/boards", json(board)), "id");
      boardIds.put(board.name(), id);
      Map<String, String> titles = titles(account, id);
      for (PlannedPin pin : board.pins()) {
        if (titles.containsKey(pin.title())) {
          remember(pin.title(), titles.get(pin.title()));
        } else {
          missing.add(
              () -> remember(pin.title(), text(account.post("/v5/pins", json(pin, id)), "id")));
        }
      }
    }
    return missing;
  }

  private List<Runnable> missingSaves(RestAccount account, List<PlannedBoard> boards) {
    List<Runnable> missing = new ArrayList<>();
    for (PlannedBoard board : boards) {
      ObjectNode body = JSON.objectNode().put("board_id", boardIds.get(board.name()));
      Map<String, String> titles =
          board.saves().isEmpty() ? Map.of() : titles(account, boardIds.get(board.name()));
      for (String title : board.saves()) {
        if (!titles.containsKey(title)) {
          missing.add(() -> account.post("/v5/pins/" + pinIds.get(title) + "/save", body));
        }
      }
    }
    return missing;
  }

  private static Map<String, String> titles(RestAccount account, String boardId) {
    Map<String, String> titles = new HashMap<>();
    account
        .list("/v5/boards/" + boardId + "/pins")
        .forEach(pin -> titles.put(text(pin, "title"), text(pin, "id")));
    return titles;
  }

  private void remember(String title, String id) {
    synchronized (pinIds) {
      pinIds.put(title, id);
    }
  }

  private static ObjectNode json(PlannedBoard board) {
    return JSON.objectNode()
        .put("name", board.name())
        .put("description", board.description())
        .put("privacy", board.secret() ? "SECRET" : "PUBLIC");
  }

  private static ObjectNode json(PlannedPin pin, String boardId) {
    ObjectNode source = JSON.objectNode();
    if (pin.pictures().size() == 1) {
      source.put("source_type", "image_base64");
      put(source, Painter.paint(pin.pictures().get(0)));
    } else {
      source.put("source_type", "multiple_image_base64");
      pin.pictures()
          .forEach(number -> put(source.withArray("items").addObject(), Painter.paint(number)));
    }
    ObjectNode body =
        JSON.objectNode()
            .put("board_id", boardId)
            .put("title", pin.title())
            .put("description", pin.description())
            .put("link", pin.link());
    body.set("media_source", source);
    return body;
  }

  private static void put(ObjectNode target, Picture picture) {
    target.put("content_type", picture.contentType()).put("data", picture.base64());
  }

  private static String text(JsonNode node, String property) {
    return node.path(property).asText("");
  }

  /** As many at a time as there are processors: each waits for its pictures to be scaled. */
  private static void runAll(List<Runnable> work) {
    ExecutorService threads =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    try {
      for (Future<?> done : work.stream().map(threads::submit).toList()) {
        done.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(
          "the demo could not be filled: " + e.getCause().getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("filling the demo was interrupted");
    } finally {
      threads.shutdownNow();
    }
  }
}
