// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.render;

import java.awt.Font;
import java.awt.FontFormatException;
import java.awt.font.TextAttribute;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/** A family of fonts on the class path; each weight is read when it is first asked for. */
final class BundledFamily {
  /** The size that fonts are laid out at, in pixels: lines are measured in thousandths of an em. */
  static final int EM = 1_000;

  private final String name;
  private final String file;
  private final NavigableSet<Integer> weights = new TreeSet<>();
  private final Map<Integer, Font> fonts = new ConcurrentHashMap<>();

  BundledFamily(String name, int... weights) {
    this.name = name;
    this.file = name.replace(" ", "");
    IntStream.of(weights).forEach(this.weights::add);
  }

  String name() {
    return name;
  }

  /** The font of the nearest weight, of two as near the heavier; its size is {@link #EM}. */
  Font font(int weight) {
    return fonts.computeIfAbsent(nearest(weight), this::read);
  }

  int nearest(int weight) {
    Integer lighter = weights.floor(weight);
    Integer heavier = weights.ceiling(weight);
    if (lighter == null) return heavier;
    if (heavier == null) return lighter;
    return weight - lighter < heavier - weight ? lighter : heavier;
  }

  private Font read(int weight) {
    FontEnvironment.prepare();
    String resource = "fonts/" + file + "-" + weight + ".ttf";
    try (InputStream in = BundledFamily.class.getResourceAsStream(resource)) {
      if (in == null) throw new IllegalStateException("not on the class path: " + resource);
      return Font.createFont(Font.TRUETYPE_FONT, in)
          .deriveFont(
              Map.of(
                  TextAttribute.SIZE, EM,
                  TextAttribute.KERNING, TextAttribute.KERNING_ON,
                  TextAttribute.LIGATURES, TextAttribute.LIGATURES_ON));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (FontFormatException e) {
      throw new IllegalStateException("no font: " + resource, e);
    }
  }
}
