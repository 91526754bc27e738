// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.benchmarks.load;

import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** An account of the load. */
final class Account {
  private final int number;
  private final String id;
  private final String username;
  private final String token;
  private final NavigableMap<Long, Pin> pins = new ConcurrentSkipListMap<>();

  /**
   * An account that was made.
   *
   * @param number from 0
   */
  Account(int number, String id, String username, String token) {
    this.number = number;
    this.id = id;
    this.username = username;
    this.token = token;
  }

  int number() {
    return number;
  }

  String id() {
    return id;
  }

  String token() {
    return token;
  }

  /** Its Pins by their ids, also those that were deleted. */
  NavigableMap<Long, Pin> pins() {
    return pins;
  }

  @Override
  public String toString() {
    return username;
  }
}
