// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.render;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Lets the JDK read our fonts on a machine that has none: on Linux it refuses to read any before it
 * has found fonts for its logical families, so it is told that they are one of ours.
 */
final class FontEnvironment {
  private static final String SETTING = "sun.awt.fontconfig";
  private static final boolean READY = writeSetting();

  private FontEnvironment() {}

  /** To be called before the first font is read; a setting made by whoever started us stays. */
  static void prepare() {
    if (!READY) throw new IllegalStateException(SETTING);
  }

  private static boolean writeSetting() {
    boolean linux = System.getProperty("os.name").startsWith("Linux");
    if (!linux || System.getProperty(SETTING) != null) return true;
    try {
      Path directory = Files.createTempDirectory("corkboard-fonts-");
      Path font = directory.resolve("logical.ttf");
      try (InputStream in = FontEnvironment.class.getResourceAsStream("fonts/NotoSans-400.ttf")) {
        Files.copy(in, font);
      }
      Path setting = Files.writeString(directory.resolve("fontconfig.properties"), lines(font));
      for (Path made : List.of(directory, font, setting)) made.toFile().deleteOnExit();
      System.setProperty(SETTING, setting.toString());
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String lines(Path font) {
    StringBuilder lines = new StringBuilder("version=1\nsequence.allfonts=latin-1\n");
    for (String family : List.of("serif", "sansserif", "monospaced", "dialog", "dialoginput")) {
      for (String style : List.of("plain", "bold", "italic", "bolditalic")) {
        lines.append(family).append('.').append(style).append(".latin-1=bundled\n");
      }
    }
    return lines.append("filename.bundled=").append(font).append('\n').toString();
  }
}
