// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * A collage of the demo, as a JSON file beside this class describes it.
 *
 * @param username whose it is
 * @param board the name of the board of its owner that it is published on
 * @param words its title and what else is said of it, as the API takes them
 * @param original the title of the collage that it is a remix of, or nothing
 * @param content its document, or what a remix does to the original's: a list of operations. As the
 *     API takes it, but pictures have a {@code pin_title} for a {@code pin_id}.
 */
record PlannedCollage(
    String username, String board, ObjectNode words, Optional<String> original, JsonNode content) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The collage that the file of this name describes. */
  static PlannedCollage read(String name) {
    try (InputStream in = PlannedCollage.class.getResourceAsStream(name + ".json")) {
      JsonNode file = JSON.readTree(in);
      ObjectNode words = JSON.createObjectNode();
      for (String word : new String[] {"title", "description", "alt_text"}) {
        words.set(word, file.required(word));
      }
      boolean remix = file.has("remix_of");
      return new PlannedCollage(
          file.required("username").textValue(),
          file.required("board").textValue(),
          words,
          remix ? Optional.of(file.get("remix_of").textValue()) : Optional.empty(),
          file.required(remix ? "operations" : "document"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String title() {
    return words.get("title").textValue();
  }
}
