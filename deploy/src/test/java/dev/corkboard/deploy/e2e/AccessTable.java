// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** A table of who may do what, read from a text file that says itself how it is to be read. */
final class AccessTable<T extends Enum<T>> {
  /** Boards, and Pins on them. */
  enum Thing {
    PUBLIC,
    PROTECTED,
    SECRET,
    DELETED,
    MISSING
  }

  /** What stands for a cell that cannot be. */
  static final String NONE = "-";

  /**
   * An operation.
   *
   * @param callers the words behind its colon: scopes, or who else may call it
   * @param outcomes by actor and thing
   */
  record Row<T>(String operation, List<String> callers, Map<String, Map<T, String>> outcomes) {}

  private final List<T> things;
  private final Map<String, Row<T>> rows = new LinkedHashMap<>();

  private AccessTable(List<T> things) {
    this.things = things;
  }

  /** A table whose columns are about these things. */
  static <T extends Enum<T>> AccessTable<T> read(String name, Class<T> things) {
    try (InputStream in = AccessTable.class.getResourceAsStream(name)) {
      AccessTable<T> table = new AccessTable<>(List.of(things.getEnumConstants()));
      List<Row<T>> read = new ArrayList<>();
      new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .forEach(line -> table.take(line, read));
      return table;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void take(String line, List<Row<T>> read) {
    if (!line.startsWith(" ")) {
      int colon = line.lastIndexOf(" : ");
      Row<T> row =
          new Row<>(
              line.substring(0, colon).strip(),
              List.of(line.substring(colon + 3).strip().split(" +")),
              new LinkedHashMap<>());
      if (rows.put(row.operation(), row) != null) throw new IllegalStateException("twice: " + line);
      read.add(row);
      return;
    }
    Iterator<String> words = List.of(line.strip().split(" +")).iterator();
    String actor = words.next();
    Map<T, String> cells = new LinkedHashMap<>();
    for (T thing : things) {
      String outcome = words.next();
      if (!outcome.equals(NONE)) cells.put(thing, outcome);
    }
    if (words.hasNext()) throw new IllegalStateException(line);
    read.get(read.size() - 1).outcomes().put(actor, cells);
  }

  List<Row<T>> rows() {
    return List.copyOf(rows.values());
  }

  Set<String> operations() {
    return new TreeSet<>(rows.keySet());
  }
}
