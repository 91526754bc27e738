// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.http;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.RequestHeaders;
import dev.corkboard.platform.error.ApiException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The id and secret of an app, sent by HTTP Basic (RFC 6749, section 2.3.1). */
public record BasicCredentials(String id, String secret) {
  private static final String SCHEME = "Basic ";
  private static final int MAX_LENGTH = 1_024;

  /** Fails with UNAUTHENTICATED unless there is exactly one well-formed header. */
  public static BasicCredentials of(RequestHeaders headers) {
    String header = headers.get(HttpHeaderNames.AUTHORIZATION, "");
    if (headers.getAll(HttpHeaderNames.AUTHORIZATION).size() != 1
        || header.length() > MAX_LENGTH
        || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      throw refused();
    }
    try {
      byte[] bytes = Base64.getDecoder().decode(header.substring(SCHEME.length()).trim());
      String pair = new String(bytes, StandardCharsets.UTF_8);
      int colon = pair.indexOf(':');
      if (colon < 0) throw refused();
      return new BasicCredentials(
          decoded(pair.substring(0, colon)), decoded(pair.substring(colon + 1)));
    } catch (IllegalArgumentException notBase64) {
      throw refused();
    }
  }

  private static String decoded(String part) {
    return URLDecoder.decode(part, StandardCharsets.UTF_8);
  }

  private static ApiException refused() {
    return ApiException.unauthenticated("No app credentials.");
  }
}
