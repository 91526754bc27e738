// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.json;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Values of an enum as Corkboard's own part of the API names them: in small letters, without the
 * name of the enum. Unspecified has no name; what it means has.
 */
public final class EnumNames<E extends Enum<E>> {
  private final String prefix;
  private final E unspecifiedMeans;
  private final Map<String, E> values = new LinkedHashMap<>();

  private EnumNames(Class<E> type, String prefix, E unspecifiedMeans) {
    this.prefix = prefix;
    this.unspecifiedMeans = unspecifiedMeans;
    Arrays.stream(type.getEnumConstants())
        .filter(value -> value.name().startsWith(prefix) && !isUnspecified(value))
        .forEach(value -> values.put(name(value), value));
  }

  /**
   * The names of a generated enum.
   *
   * @param prefix of all its values, such as {@code BLEND_MODE_}
   */
  public static <E extends Enum<E>> EnumNames<E> of(
      Class<E> type, String prefix, E unspecifiedMeans) {
    return new EnumNames<>(type, prefix, unspecifiedMeans);
  }

  private boolean isUnspecified(E value) {
    return value.name().equals(prefix + "UNSPECIFIED");
  }

  private String name(E value) {
    return value.name().substring(prefix.length()).toLowerCase(Locale.ROOT);
  }

  /** The name; that of what unspecified means where the value is that, or newer than this edge. */
  public String of(E value) {
    return values.containsValue(value) ? name(value) : name(unspecifiedMeans);
  }

  /** The values by name. */
  public Map<String, E> values() {
    return values;
  }
}
