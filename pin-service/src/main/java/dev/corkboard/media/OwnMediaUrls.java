// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.media;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Recognises URLs of our own media, which are never fetched over the network. */
final class OwnMediaUrls {
  private static final Pattern PATH = Pattern.compile("/media/([A-Za-z0-9_-]{22})/([0-9a-z]+)");

  private final ImageUrl base;
  private final String prefix;

  /** The public URL of the edge, such as {@code https://corkboard.example}. */
  OwnMediaUrls(String publicUrl) {
    try {
      base = ImageUrl.parse(publicUrl);
    } catch (FetchFailedException e) {
      throw new IllegalArgumentException("no public URL: " + publicUrl, e);
    }
    String path = base.uri().getPath();
    prefix = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  /** The asset key in a URL of ours that names a rendition; empty for every other text. */
  Optional<String> assetKey(String text) {
    ImageUrl url;
    try {
      url = ImageUrl.parse(text);
    } catch (FetchFailedException e) {
      return Optional.empty();
    }
    String path = url.uri().getRawPath();
    if (!url.host().equals(base.host()) || url.port() != base.port() || !path.startsWith(prefix)) {
      return Optional.empty();
    }
    Matcher matcher = PATH.matcher(path.substring(prefix.length()));
    boolean ours = matcher.matches() && RenditionSize.of(matcher.group(2)).isPresent();
    return ours ? Optional.of(matcher.group(1)) : Optional.empty();
  }
}
