// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.collage;

import dev.corkboard.platform.error.ApiException;

/** Bodies of collages, of edits and of files: read, or refused with a reason. */
public final class CollageBodiesFuzz {
  private CollageBodiesFuzz() {}

  /** Called by the fuzzer. */
  public static void fuzzerTestOneInput(byte[] body) {
    attempt(() -> CreateCollageBody.read(body));
    attempt(() -> UpdateCollageBody.read(body));
    attempt(() -> EditsBody.read(body));
    attempt(() -> PublishBody.read(body));
    attempt(() -> MemberBody.read(body));
    // Escapes in Base64 are resolved in place.
    attempt(() -> ImportBody.read(body.clone()));
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
