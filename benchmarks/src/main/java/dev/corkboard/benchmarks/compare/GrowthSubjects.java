// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.benchmarks.compare;

import static dev.corkboard.benchmarks.compare.HttpSubject.get;
import static dev.corkboard.benchmarks.compare.HttpSubject.inTurn;

import com.fasterxml.jackson.databind.JsonNode;
import dev.corkboard.benchmarks.Installation.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Pages of boards and accounts of many sizes, and writes to one board and to many. */
final class GrowthSubjects {
  static final String ONE_BOARD = "saves to one board";
  static final String MANY_BOARDS = "saves to as many boards as connections";

  private static final Logger log = LoggerFactory.getLogger(GrowthSubjects.class);
  private static final int SMALL_BOARD = 100;

  /** How often the middle board goes into the largest. */
  private static final int MIDDLE_SHARE = 20;

  private static final int SMALL_ACCOUNT = 1_000;
  private static final int STEP = 250;

  private final Suite suite;
  private final OurSubjects ours;
  private final int connections;
  private final List<Subject> subjects = new ArrayList<>();

  GrowthSubjects(Suite suite, OurSubjects ours, int connections) {
    this.suite = suite;
    this.ours = ours;
    this.connections = connections;
  }

  /**
   * Makes the boards and the accounts.
   *
   * @param boardPins on the largest board, at least 4,000
   * @param accountPins in the larger account, those on its boards included
   */
  List<Subject> make(int boardPins, int accountPins) {
    try (Filler reader = new Filler(suite.installation(), OurSubjects.READER);
        Filler writer = new Filler(suite.installation(), OurSubjects.WRITER)) {
      int made = 0;
      for (int size : List.of(SMALL_BOARD, boardPins / MIDDLE_SHARE, boardPins)) {
        log.info("making a board of {} Pins", size);
        String board = writer.fill(size).board();
        made += size;
        pages(boardName(size), OurSubjects.WRITER, "/boards/" + board + "/pins");
      }
      log.info("making accounts of {} and {} Pins", SMALL_ACCOUNT, accountPins);
      reader.list(SMALL_ACCOUNT - STEP);
      pages(accountName(SMALL_ACCOUNT), OurSubjects.READER, "/pins");
      writer.list(Math.max(1, accountPins - made));
      pages(accountName(accountPins), OurSubjects.WRITER, "/pins");
      writes(writer);
    }
    return subjects;
  }

  static String boardName(int pins) {
    return String.format(Locale.ROOT, "board of %,d", pins);
  }

  static String accountName(int pins) {
    return String.format(Locale.ROOT, "account of %,d", pins);
  }

  /** The row that a row is compared with: the same page of the smallest, the many boards. */
  static Optional<String> reference(String name) {
    String page = name.substring(name.indexOf(':') + 1);
    if (name.startsWith("board")) return Optional.of(boardName(SMALL_BOARD) + ":" + page);
    if (name.startsWith("account")) return Optional.of(accountName(SMALL_ACCOUNT) + ":" + page);
    return Optional.of(MANY_BOARDS);
  }

  private void pages(String name, String account, String path) {
    List<String> bookmarks = walk(account, path);
    page(name + ": first page", account, path, "");
    page(name + ": middle page", account, path, bookmarks.get(bookmarks.size() / 2));
    page(name + ": last page", account, path, bookmarks.get(bookmarks.size() - 1));
  }

  private void page(String name, String account, String path, String bookmark) {
    String query = path(path, OurSubjects.PAGE_SIZE, bookmark);
    int found = items(suite.installation().get(account, query)).size();
    if (found != OurSubjects.PAGE_SIZE) {
      throw new IllegalStateException(name + " has " + found + " Pins");
    }
    byte[] request = get("/v5" + query, suite.token(account));
    subjects.add(ours.subject(name, inTurn(List.of(request)), 200, connections));
  }

  /** The bookmarks of all pages behind which there are enough Pins for another. */
  private List<String> walk(String account, String path) {
    List<String> bookmarks = new ArrayList<>();
    String bookmark = "";
    while (true) {
      // The smallest board has three pages this way.
      int step = bookmarks.size() < 4 ? OurSubjects.PAGE_SIZE : STEP;
      Answer page = suite.installation().get(account, path(path, step, bookmark));
      int found = items(page).size();
      if (found < OurSubjects.PAGE_SIZE && !bookmarks.isEmpty()) {
        bookmarks.remove(bookmarks.size() - 1);
      }
      JsonNode next = page.json().get("bookmark");
      if (next.isNull() || found == 0) return bookmarks;
      bookmark = next.textValue();
      bookmarks.add(bookmark);
    }
  }

  private static JsonNode items(Answer page) {
    if (page.status() != 200) throw new IllegalStateException(page.toString());
    return page.json().get("items");
  }

  private static String path(String path, int size, String bookmark) {
    return path + "?page_size=" + size + (bookmark.isEmpty() ? "" : "&bookmark=" + bookmark);
  }

  private void writes(Filler writer) {
    List<String> boards = new ArrayList<>();
    for (int i = 0; i < connections; i++) boards.add(writer.board());
    String saved = writer.pin(writer.board(), "Pier");
    List<String> one = List.of(writer.board());
    subjects.add(ours.subject(MANY_BOARDS, ours.saves(saved, boards), 201, connections));
    subjects.add(ours.subject(ONE_BOARD, ours.saves(saved, one), 201, connections));
  }
}
