// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.benchmarks.compare;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The part of a document that is made again by each run, between two comments. */
final class MarkedBlock {
  private static final String BEGIN = "<!-- benchmarks/compare: begin -->\n";
  private static final String END = "<!-- benchmarks/compare: end -->";

  private MarkedBlock() {}

  static void write(Path file, String block) {
    try {
      Files.writeString(file, replace(Files.readString(file), block));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String replace(String document, String block) {
    int begin = document.indexOf(BEGIN);
    int end = document.indexOf(END);
    if (begin < 0 || end < begin) throw new IllegalArgumentException("no place for the table");
    return document.substring(0, begin + BEGIN.length()) + block + document.substring(end);
  }
}
