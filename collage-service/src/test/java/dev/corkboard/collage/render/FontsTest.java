// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Font;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class FontsTest {
  static List<String> families() {
    return List.copyOf(Fonts.families());
  }

  private static List<String> fontsOf(String text) {
    return Fonts.runs(text, "Noto Serif", 400).stream().map(r -> r.font().getFontName()).toList();
  }

  private static List<String> partsOf(String text) {
    return Fonts.runs(text, "Noto Serif", 400).stream()
        .map(run -> text.substring(run.begin(), run.end()))
        .toList();
  }

  @Test
  void theFamiliesThatAreOffered() {
    assertThat(Fonts.families())
        .containsExactly(
            "Noto Sans", "Noto Serif", "Noto Sans Mono", "Playfair Display", "Oswald", "Caveat");
  }

  @ParameterizedTest
  @MethodSource("families")
  void eachIsThereRegularAndBold(String family) {
    assertThat(Fonts.font(family, 400).getFontName()).startsWith(family);
    assertThat(Fonts.font(family, 700).getFontName()).isEqualTo(family + " Bold");
    assertThat(Fonts.runs("Grüße, aé ñ", family, 400)).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 400",
    "100, 400",
    "400, 400",
    "500, 400",
    "600, 700",
    "700, 700",
    "800, 900",
    "900, 900"
  })
  void theNearestWeightIsTaken(int weight, int expected) {
    assertThat(Fonts.font("Playfair Display", weight))
        .isSameAs(Fonts.font("Playfair Display", expected));
  }

  @Test
  void anUnknownFamilyIsRefused() {
    assertThatThrownBy(() -> Fonts.font("Comic Sans", 400))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no font family: Comic Sans");
  }

  @ParameterizedTest
  @CsvSource({
    "مرحبا, Noto Sans Arabic",
    "שלום, Noto Sans Hebrew",
    "ไทย, Noto Sans Thai",
    "বাংলা, Noto Sans Bengali",
    "தமிழ், Noto Sans Tamil",
    "Հայ, Noto Sans Armenian",
    "你好, Droid Sans Fallback",
    "にほん, Droid Sans Fallback",
    "한국어, Droid Sans Fallback",
    "😀, Noto Emoji",
    "♫, Noto Sans Symbols"
  })
  void everyScriptHasAFont(String text, String family) {
    List<FontRun> runs = Fonts.runs(text, "Noto Serif", 400);
    assertThat(runs).hasSize(1);
    assertThat(runs.get(0).font().getFontName()).startsWith(family);
    assertThat(runs.get(0).font().canDisplayUpTo(text)).isEqualTo(-1);
  }

  @Test
  void devanagariHasAFont() {
    Font font = Fonts.runs("नमस्ते", "Caveat", 400).get(0).font();
    assertThat(font.canDisplayUpTo("नमस्ते")).isEqualTo(-1);
  }

  @Test
  void boldFallsBackToBold() {
    assertThat(Fonts.runs("سلام", "Caveat", 700).get(0).font().getFontName())
        .isEqualTo("Noto Sans Arabic Bold");
  }

  @Test
  void aTextIsDividedWhereTheFontChanges() {
    assertThat(partsOf("Hello שלום 你好!")).containsExactly("Hello ", "שלום", " ", "你好", "!");
    assertThat(Fonts.runs("", "Caveat", 400)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"👨‍👩‍👧", "🇩🇪", "❤️", "👍🏽", "1️⃣", "🏴󠁧󠁢󠁳󠁣󠁴󠁿", "☀️"})
  void anEmojiOfSeveralCodePointsIsOneRunOfTheEmojiFont(String emoji) {
    assertThat(partsOf("a" + emoji + "b")).containsExactly("a", emoji, "b");
    assertThat(fontsOf("a" + emoji).get(1)).startsWith("Noto Emoji");
  }

  @Test
  void combiningMarksStayWithTheirLetter() {
    assertThat(partsOf("Noe\u0308l x\u0301\u0323")).hasSize(1);
  }

  @Test
  void whatNoFontHasIsDrawnWithTheChosenOne() {
    assertThat(fontsOf("\uE000")).containsExactly("Noto Serif Regular");
  }

  @Test
  void everyFileHasItsLicenceAndIsListed() throws Exception {
    Path fonts = Path.of(Fonts.class.getResource("fonts/README.md").toURI()).getParent();
    String list = Files.readString(fonts.resolve("README.md")).replace(" ", "");
    long size = 0;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(fonts, "*.ttf")) {
      for (Path file : files) {
        String family = file.getFileName().toString().replaceFirst("-.*", "");
        assertThat(fonts.resolve(family + "-LICENSE.txt")).content().contains("icense");
        assertThat(list).contains("|" + family + "|");
        size += Files.size(file);
      }
    }
    assertThat(size).isBetween(1L, 14_000_000L);
  }
}
