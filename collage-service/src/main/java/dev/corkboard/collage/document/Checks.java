// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.document;

import dev.corkboard.platform.check.Violations;
import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.error.ApiException.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Collects what is wrong with a message, field by field, at a path in the request. */
final class Checks {
  /** The smallest extent of anything: what is smaller cannot be drawn. */
  static final double MIN_SIZE = 1e-6;

  private static final Pattern COLOR = Pattern.compile("#[0-9a-fA-F]{6}([0-9a-fA-F]{2})?");
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  private final List<Violation> found;
  private final String path;

  private Checks(List<Violation> found, String path) {
    this.found = found;
    this.path = path;
  }

  static Checks begin() {
    return new Checks(new ArrayList<>(), "");
  }

  /** The same collection, for the fields of a message field. */
  Checks in(String field) {
    return new Checks(found, at(field));
  }

  /** The same collection, for the fields of an element of a list. */
  Checks in(String field, int index) {
    return in(field + "[" + index + "]");
  }

  private String at(String field) {
    return path.isEmpty() ? field : path + "." + field;
  }

  void add(String field, String description) {
    found.add(new Violation(at(field), description));
  }

  /** How many violations there are so far, of all fields. */
  int found() {
    return found.size();
  }

  void throwIfAny() {
    if (!found.isEmpty()) throw ApiException.invalid(found);
  }

  /** Refuses what is not finite or not between two numbers. */
  void range(String field, double value, double min, double max) {
    if (!(value >= min && value <= max)) {
      add(field, "must be from %s to %s, got %s".formatted(number(min), number(max), value));
    }
  }

  /** Refuses what is not finite, below {@link #MIN_SIZE} or above a number. */
  void size(String field, double value, double max) {
    if (!(value >= MIN_SIZE && value <= max)) {
      add(
          field,
          "must be above 0 (at least 0.000001) and at most %s, got %s"
              .formatted(number(max), value));
    }
  }

  private static String number(double value) {
    return value == Math.rint(value) ? "%,d".formatted((long) value) : Double.toString(value);
  }

  void count(String field, int count, int min, int max) {
    if (count < min || count > max) {
      add(field, "must be %,d to %,d, got %,d".formatted(min, max, count));
    }
  }

  void color(String field, String value) {
    if (!COLOR.matcher(value).matches()) {
      add(field, "must be #rrggbb or #rrggbbaa, got '" + Violations.clip(value) + "'");
    }
  }

  void id(String field, String value) {
    if (!ID.matcher(value).matches()) {
      add(field, "must be 1 to 64 of A-Z a-z 0-9 _ -, got '" + Violations.clip(value) + "'");
    }
  }

  void optionalId(String field, String value) {
    if (!value.isEmpty()) id(field, value);
  }

  /** Refuses more or fewer code points than allowed, and control characters but line feeds. */
  void text(String field, String value, int min, int max) {
    int length = value.codePointCount(0, value.length());
    if (length < min || length > max) {
      add(field, "must be %,d to %,d code points, got %,d".formatted(min, max, length));
    }
    value
        .codePoints()
        .filter(c -> c != '\n' && Character.isISOControl(c))
        .findFirst()
        .ifPresent(c -> add(field, "must not hold the control character U+%04X".formatted(c)));
  }
}
