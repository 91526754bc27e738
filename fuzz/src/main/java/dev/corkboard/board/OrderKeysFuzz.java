// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.board;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.google.protobuf.ByteString;
import dev.corkboard.board.BareStretches.Stretch;
import java.util.ArrayList;
import java.util.List;

/**
 * Order keys sort as their ids do, backwards; and bare stretches never claim to hold a key that no
 * found stretch holds, nor one that a row was put at.
 */
public final class OrderKeysFuzz {
  private OrderKeysFuzz() {}

  private static ByteString key(long id) {
    return ByteString.copyFrom(Keys.newestFirst(id));
  }

  /** Called by the fuzzer. */
  public static void fuzzerTestOneInput(FuzzedDataProvider data) {
    List<Stretch> found = new ArrayList<>();
    List<ByteString> rows = new ArrayList<>();
    BareStretches bare = BareStretches.NONE;
    while (data.remainingBytes() > 16) {
      long one = data.consumeLong(1, Long.MAX_VALUE);
      long other = data.consumeLong(1, Long.MAX_VALUE);
      if ((one > other) != BareStretches.isBefore(key(one), key(other))) {
        throw new AssertionError("keys of " + one + " and " + other + " are in the wrong order");
      }
      if (data.consumeBoolean()) {
        Stretch stretch = new Stretch(key(Math.max(one, other)), key(Math.min(one, other)), 1);
        found.add(stretch);
        rows.removeIf(stretch::holds);
        bare = bare.with(stretch);
      } else {
        rows.add(key(one));
        bare = bare.without(key(one));
      }
      bare = BareStretches.read(bare.stored());
      check(bare, found, rows, key(data.consumeLong(1, Long.MAX_VALUE)));
    }
  }

  private static void check(
      BareStretches bare, List<Stretch> found, List<ByteString> rows, ByteString any) {
    for (Stretch stretch : bare.inOrder()) {
      for (ByteString row : rows) {
        if (stretch.holds(row)) throw new AssertionError("a row stands in a bare stretch");
      }
      if (stretch.holds(any) && found.stream().noneMatch(one -> one.holds(any))) {
        throw new AssertionError("a key is held that was never found bare");
      }
    }
  }
}
