// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.board;

import dev.corkboard.platform.error.ApiException;

/** Bodies of boards: read, or refused with a reason. */
public final class BoardBodiesFuzz {
  private BoardBodiesFuzz() {}

  /** Called by the fuzzer. */
  public static void fuzzerTestOneInput(byte[] body) {
    attempt(() -> CreateBoardBody.read(body));
    attempt(() -> UpdateBoardBody.read(body));
  }

  private static void attempt(Runnable reading) {
    try {
      reading.run();
    } catch (ApiException refused) {
      if (refused.getMessage().length() > 1_000) {
        throw new AssertionError("an error that echoes too much", refused);
      }
    }
  }
}
