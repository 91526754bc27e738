// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy;

import java.util.AbstractMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** An environment that remembers what it was asked for. */
final class AskedSettings extends AbstractMap<String, String> {
  private final Map<String, String> values;
  private final Set<Object> asked = new HashSet<>();

  AskedSettings(Map<String, String> values) {
    this.values = values;
  }

  @Override
  public String get(Object key) {
    asked.add(key);
    return values.get(key);
  }

  @Override
  public String getOrDefault(Object key, String fallback) {
    asked.add(key);
    return values.getOrDefault(key, fallback);
  }

  @Override
  public Set<Entry<String, String>> entrySet() {
    return values.entrySet();
  }

  /** What is set and was not asked for, in alphabetical order. */
  Set<String> ignored() {
    Set<String> ignored = new TreeSet<>(values.keySet());
    ignored.removeAll(asked);
    return ignored;
  }
}
