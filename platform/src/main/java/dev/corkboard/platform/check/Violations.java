// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.check;

import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.error.ApiException.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Collects what is wrong with a request, so that the caller learns of every field at once. */
public final class Violations {
  private final List<Violation> found = new ArrayList<>();

  public Violations add(String field, String description) {
    found.add(new Violation(field, description));
    return this;
  }

  /** Refuses an empty value. */
  public Violations required(String field, String value) {
    return value.isEmpty() ? add(field, "is required") : this;
  }

  /**
   * Refuses more than {@code max} Unicode code points, control characters and broken surrogates.
   */
  public Violations text(String field, String value, int max) {
    int length = value.codePointCount(0, value.length());
    if (length > max) add(field, "must be at most " + max + " code points, got " + length);
    value
        .codePoints()
        .filter(Violations::forbidden)
        .findFirst()
        .ifPresent(c -> add(field, String.format("must not hold the control character U+%04X", c)));
    return this;
  }

  private static boolean forbidden(int c) {
    if (c == '\n' || c == '\r' || c == '\t') return false;
    return Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE;
  }

  /** Refuses what is not an id: decimal digits. */
  public Violations id(String field, String value) {
    if (value.isEmpty()) return add(field, "is required");
    return Ids.isId(value) ? this : add(field, "must be decimal digits, got '" + clip(value) + "'");
  }

  /** Refuses what is not an id, unless it is empty. */
  public Violations optionalId(String field, String value) {
    return value.isEmpty() ? this : id(field, value);
  }

  /** Refuses what is not a UUID, unless it is empty. */
  public Violations requestId(String value) {
    if (value.isEmpty()) return this;
    try {
      if (UUID.fromString(value).toString().equalsIgnoreCase(value)) return this;
    } catch (IllegalArgumentException notOne) {
      // said below
    }
    return add("request_id", "must be a UUID, got '" + clip(value) + "'");
  }

  /** Refuses a negative page size. */
  public Violations pageSize(int pageSize) {
    return pageSize < 0 ? add("page_size", "must not be negative, got " + pageSize) : this;
  }

  public boolean isEmpty() {
    return found.isEmpty();
  }

  public void throwIfAny() {
    if (!found.isEmpty()) throw ApiException.invalid(found);
  }

  /** As much of a foreign value as an error message may hold: 40 characters, no control ones. */
  public static String clip(String value) {
    String clean = value.replaceAll("\\p{Cntrl}", "?");
    return clean.length() <= 40 ? clean : clean.substring(0, 40) + "...";
  }
}
