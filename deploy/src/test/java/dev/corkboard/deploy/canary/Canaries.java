// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy.canary;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/** Texts that must turn up nowhere, each under the name of what it was planted as. */
final class Canaries {
  /** Shorter ones would be found by chance. */
  private static final int SHORTEST = 12;

  private final Map<String, String> planted = new ConcurrentHashMap<>();

  /** A new text for a field: letters and digits, so that no escaping hides it. */
  String plant(String name) {
    long number = ThreadLocalRandom.current().nextLong(1L << 50, Long.MAX_VALUE);
    return add(name, "canary" + Long.toString(number, 36));
  }

  /** Something that the suite itself made and only its owner may see. */
  String add(String name, String text) {
    if (text.length() < SHORTEST) throw new IllegalArgumentException(name + " is too short");
    planted.put(name, text);
    return text;
  }

  int size() {
    return planted.size();
  }

  /** Where which canary turns up in a text. */
  List<String> in(String where, String text) {
    List<String> found = new ArrayList<>();
    planted.forEach(
        (name, canary) -> {
          int at = text.indexOf(canary);
          if (at < 0) at = text.indexOf(base64(canary));
          if (at >= 0) found.add(name + " in " + where + ": " + around(text, at));
        });
    return found;
  }

  /** As basic credentials carry it; the last characters depend on what follows. */
  private static String base64(String text) {
    int whole = text.length() - text.length() % 3;
    return Base64.getEncoder()
        .encodeToString(text.substring(0, whole).getBytes(StandardCharsets.UTF_8));
  }

  private static String around(String text, int at) {
    return text.substring(Math.max(0, at - 250), Math.min(text.length(), at + 150));
  }

  /** The same for every line of every file below a folder. */
  List<String> below(Path folder) {
    List<String> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
          lines.forEach(line -> found.addAll(in(file.getFileName().toString(), line)));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }
}
