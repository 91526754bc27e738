// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.pin.search;

import dev.corkboard.pin.v1.Pin;
import dev.corkboard.pin.v1.PinImage;
import dev.corkboard.platform.check.Uris;
import dev.corkboard.platform.text.Words;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** The words a Pin is found by. */
public final class PinWords {
  private PinWords() {}

  /** Of its texts, the words of its pictures and the hosts it leads to. */
  public static Set<String> of(Pin pin) {
    Set<String> words =
        new LinkedHashSet<>(
            Words.of(pin.getTitle(), pin.getDescription(), pin.getAltText(), host(pin.getLink())));
    for (PinImage image : pin.getImagesList()) {
      words.addAll(Words.of(image.getTitle(), image.getDescription(), host(image.getLink())));
    }
    return words;
  }

  private static String host(String link) {
    return Uris.parse(link).flatMap(uri -> Optional.ofNullable(uri.getHost())).orElse("");
  }
}
