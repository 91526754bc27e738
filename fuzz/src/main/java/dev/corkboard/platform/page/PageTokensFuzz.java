// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.page;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.platform.error.ApiException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;

/** Page tokens: what was sealed is opened by the same listing and caller, and nothing else is. */
public final class PageTokensFuzz {
  private static final SecureRandom RANDOM = new SecureRandom();

  private PageTokensFuzz() {}

  /** Called by the fuzzer. */
  public static void fuzzerTestOneInput(FuzzedDataProvider data) {
    PageTokens tokens = new PageTokens(key(), Clock.systemUTC());
    String listing = data.consumeString(20);
    String caller = data.consumeString(20);
    byte[] payload = data.consumeBytes(100);
    String sealed = tokens.seal(listing, caller, payload, Duration.ofDays(1));
    if (!Arrays.equals(payload, tokens.open(sealed, listing, caller))) {
      throw new AssertionError("another payload");
    }
    int at = data.consumeInt(0, sealed.length() - 1);
    char other = data.consumeChar();
    String changed = sealed.substring(0, at) + other + sealed.substring(at + 1);
    if (!changed.equals(sealed) && isOpened(tokens, changed, listing, caller)) {
      throw new AssertionError("a changed token was opened");
    }
    String stranger = data.consumeString(20);
    if (!stranger.equals(caller) && isOpened(tokens, sealed, listing, stranger)) {
      throw new AssertionError("a token was opened by another caller");
    }
    if (isOpened(tokens, data.consumeRemainingAsString(), listing, caller)) {
      throw new AssertionError("a made-up token was opened");
    }
  }

  /** Another for each input: the fuzzer sees what strings are compared, and plays tokens back. */
  private static byte[] key() {
    byte[] key = new byte[32];
    RANDOM.nextBytes(key);
    return key;
  }

  private static boolean isOpened(PageTokens tokens, String token, String listing, String caller) {
    try {
      tokens.open(token, listing, caller);
      return true;
    } catch (ApiException refused) {
      if (refused.reason() != ErrorReason.ERROR_REASON_INVALID_PAGE_TOKEN) throw refused;
      return false;
    }
  }
}
