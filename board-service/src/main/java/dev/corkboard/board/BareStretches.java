// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.board;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The stretches of a board's order known to hold no row, which readers step over instead of walking
 * past the tombstones in them.
 */
public record BareStretches(List<Stretch> inOrder) {
  public static final BareStretches NONE = new BareStretches(List.of());

  /** Behind every order key. */
  public static final ByteString END =
      ByteString.copyFrom(new byte[] {-1, -1, -1, -1, -1, -1, -1, -1, -1});

  private static final int MAX = 8;
  private static final Comparator<ByteString> ORDER =
      ByteString.unsignedLexicographicalComparator();

  /**
   * No row stands between two order keys; both may have one themselves.
   *
   * @param sightings how often it was found anew or larger
   */
  public record Stretch(ByteString from, ByteString to, int sightings) {
    public boolean holds(ByteString key) {
      return isBefore(from, key) && isBefore(key, to);
    }

    private boolean covers(Stretch other) {
      return !isBefore(other.from, from) && !isBefore(to, other.to);
    }

    private int bytes() {
      return 3 * Integer.BYTES + from.size() + to.size();
    }
  }

  public static boolean isBefore(ByteString one, ByteString other) {
    return ORDER.compare(one, other) < 0;
  }

  static BareStretches read(ByteBuffer stored) {
    if (stored == null) return NONE;
    ByteBuffer bytes = stored.duplicate();
    List<Stretch> found = new ArrayList<>();
    while (bytes.hasRemaining()) {
      int sightings = bytes.getInt();
      found.add(new Stretch(key(bytes), key(bytes), sightings));
    }
    return new BareStretches(List.copyOf(found));
  }

  private static ByteString key(ByteBuffer bytes) {
    return ByteString.copyFrom(bytes, bytes.getInt());
  }

  /** As it is stored: null when there are none. */
  public ByteBuffer stored() {
    if (inOrder.isEmpty()) return null;
    ByteBuffer bytes = ByteBuffer.allocate(inOrder.stream().mapToInt(Stretch::bytes).sum());
    for (Stretch one : inOrder) {
      bytes.putInt(one.sightings());
      bytes.putInt(one.from().size()).put(one.from().asReadOnlyByteBuffer());
      bytes.putInt(one.to().size()).put(one.to().asReadOnlyByteBuffer());
    }
    return bytes.flip();
  }

  /** The first that ends behind the key. */
  public Optional<Stretch> endingAfter(ByteString key) {
    return inOrder.stream().filter(one -> isBefore(key, one.to())).findFirst();
  }

  /** The last that begins before the key. */
  public Optional<Stretch> beginningBefore(ByteString key) {
    return inOrder.stream()
        .filter(one -> isBefore(one.from(), key))
        .reduce((former, latter) -> latter);
  }

  public boolean cover(Stretch stretch) {
    return inOrder.stream().anyMatch(one -> one.covers(stretch));
  }

  /** With one more, which swallows those within it; of too many the least seen goes. */
  public BareStretches with(Stretch found) {
    int seen = found.sightings();
    List<Stretch> all = new ArrayList<>();
    for (Stretch one : inOrder) {
      if (found.covers(one)) seen += one.sightings();
      else all.add(one);
    }
    if (all.size() >= MAX) {
      all.remove(all.stream().min(Comparator.comparingInt(Stretch::sightings)).orElseThrow());
    }
    all.add(new Stretch(found.from(), found.to(), seen));
    all.sort(Comparator.comparing(Stretch::from, ORDER));
    return new BareStretches(List.copyOf(all));
  }

  /** What stays bare when a row is put at the key. */
  public BareStretches without(ByteString key) {
    return new BareStretches(
        inOrder.stream()
            .map(one -> one.holds(key) ? new Stretch(key, one.to(), one.sightings()) : one)
            .toList());
  }
}
