// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.http;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.corkboard.platform.error.ApiException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The {@code etag} that a change is for, as the header {@code If-Match} (RFC 9110) names it. */
public final class IfMatch {
  private static final Pattern ONE = Pattern.compile("\"([\\x21\\x23-\\x7e]+)\"");

  private IfMatch() {}

  /** The etag without its quotes; empty when any will do. */
  public static String etag(ServiceRequestContext ctx) {
    String sent = ctx.request().headers().get(HttpHeaderNames.IF_MATCH, "*").strip();
    if (sent.equals("*")) return "";
    Matcher one = ONE.matcher(sent);
    if (one.matches()) return one.group(1);
    throw ApiException.invalid("If-Match", "must be one etag in double quotes, or *");
  }
}
