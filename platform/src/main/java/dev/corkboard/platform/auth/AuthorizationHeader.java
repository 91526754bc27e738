// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.auth;

import java.util.List;

/** Reads bearer tokens from {@code Authorization} headers (RFC 6750). */
public final class AuthorizationHeader {
  private static final String SCHEME = "Bearer ";

  private AuthorizationHeader() {}

  /** The token of the only header; empty when there is none, or not one of this scheme alone. */
  public static String bearerToken(List<String> headers) {
    // Of two, a proxy in front may have judged the other one.
    String header = headers.size() == 1 ? headers.get(0) : "";
    return header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
        ? header.substring(SCHEME.length()).trim()
        : "";
  }
}
