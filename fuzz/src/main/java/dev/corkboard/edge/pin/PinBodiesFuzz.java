// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.pin;

import dev.corkboard.edge.http.RestException;
import dev.corkboard.platform.error.ApiException;

/** Bodies of Pins: read, or refused with a reason. */
public final class PinBodiesFuzz {
  private PinBodiesFuzz() {}

  /** Called by the fuzzer. */
  public static void fuzzerTestOneInput(byte[] body) {
    attempt(() -> CreatePinBody.read(body));
    attempt(() -> UpdatePinBody.read(body));
    attempt(() -> SavePinBody.read(body));
  }

  private static void attempt(Runnable reading) {
    try {
      reading.run();
    } catch (ApiException | RestException refused) {
      if (refused.getMessage().length() > 1_000) {
        throw new AssertionError("an error that echoes too much", refused);
      }
    }
  }
}
