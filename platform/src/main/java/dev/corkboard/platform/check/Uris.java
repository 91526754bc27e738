// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.check;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/** URIs (RFC 3986) that strangers send. */
public final class Uris {
  private Uris() {}

  /** The URI, or empty when the text is none. */
  public static Optional<URI> parse(String text) {
    try {
      return Optional.of(new URI(text));
    } catch (URISyntaxException | NumberFormatException malformed) {
      // The JDK's parser lets the latter out for an IPv4 part of ten digits in brackets.
      return Optional.empty();
    }
  }
}
