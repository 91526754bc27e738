// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.document;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.filter.FilteringGeneratorDelegate;
import com.fasterxml.jackson.core.filter.TokenFilter;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * Lets through of an object what a mask names, what it is ({@code id}) and of which type. The
 * properties of a placement and of a content are told one by one; what is inside them, and all
 * else, as a whole.
 */
final class MaskFilter extends TokenFilter {
  private static final Set<String> ALWAYS = Set.of("id", "type");
  private static final Set<String> IN_PARTS = Set.of("placement", "content");

  private final Collection<String> paths;

  private MaskFilter(Collection<String> paths) {
    this.paths = paths;
  }

  /** A generator that writes no more of the next object than the paths name. */
  static JsonGenerator of(JsonGenerator json, Collection<String> paths) {
    return new FilteringGeneratorDelegate(
        json, new MaskFilter(paths), Inclusion.INCLUDE_ALL_AND_PATH, true);
  }

  @Override
  public TokenFilter includeProperty(String name) {
    if (ALWAYS.contains(name) || paths.contains(name)) return TokenFilter.INCLUDE_ALL;
    String prefix = name + ".";
    List<String> inner =
        paths.stream()
            .filter(path -> path.startsWith(prefix))
            .map(path -> path.substring(prefix.length()))
            .toList();
    if (inner.isEmpty()) return null;
    return IN_PARTS.contains(name) ? new MaskFilter(inner) : TokenFilter.INCLUDE_ALL;
  }

  @Override
  protected boolean _includeScalar() {
    return false;
  }
}
