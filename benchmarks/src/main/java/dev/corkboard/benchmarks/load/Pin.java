// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.benchmarks.load;

import java.util.Set;

/** A Pin as the oracle knows it. The title carries the key and the number of the change. */
final class Pin {
  private final Account owner;
  private final String key;
  private final boolean ofCollage;
  private final Gate gate = new Gate();
  private final History<Place> places = new History<>(Place.NOWHERE);
  private volatile String id = "";

  Pin(Account owner, String key, boolean ofCollage) {
    this.owner = owner;
    this.key = key;
    this.ofCollage = ofCollage;
  }

  Account owner() {
    return owner;
  }

  String key() {
    return key;
  }

  /** Whether it is made and changed by publishing a collage alone. */
  boolean isOfCollage() {
    return ofCollage;
  }

  /** Closed while a request that changes the Pin is under way, entered by those that copy it. */
  Gate gate() {
    return gate;
  }

  History<Place> places() {
    return places;
  }

  /** Empty until an answer told it. */
  String id() {
    return id;
  }

  void id(String told) {
    id = told;
  }

  long number() {
    return Long.parseLong(id);
  }

  String title(int version) {
    return key + " v" + version + " corkboard";
  }

  static String keyOf(String title) {
    int end = title.indexOf(' ');
    return end < 0 ? title : title.substring(0, end);
  }

  /** The number a title carries, or one that no change has. */
  static int versionOf(String title) {
    String[] words = title.split(" ", -1);
    if (words.length != 3 || !words[1].matches("v[0-9]{1,9}")) return Integer.MIN_VALUE;
    return Integer.parseInt(words[1].substring(1));
  }

  /** Whether it stands on the board all the time between. */
  boolean mustBeOn(String board, long asked, long answered) {
    return places.possible(asked, answered).stream().allMatch(place -> place.on(board));
  }

  boolean mayBeOn(String board, long asked, long answered) {
    return places.possible(asked, answered).stream().anyMatch(place -> place.on(board));
  }

  /** Whether it is somewhere all the time between. */
  boolean mustBe(long asked, long answered) {
    return places.possible(asked, answered).stream().noneMatch(Place::isNowhere);
  }

  boolean mayBe(long asked, long answered) {
    return places.possible(asked, answered).stream().anyMatch(place -> !place.isNowhere());
  }

  Set<Place> possible(long asked, long answered) {
    return places.possible(asked, answered);
  }

  @Override
  public String toString() {
    return "Pin " + (id.isEmpty() ? "not yet known" : id) + " (" + key + ")";
  }
}
