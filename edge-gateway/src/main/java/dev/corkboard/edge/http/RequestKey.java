// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.http;

import com.linecorp.armeria.server.ServiceRequestContext;
import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.server.Caller;
import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The {@code request_id} of a write, which makes repeats of it happen once: the client's {@code
 * Idempotency-Key} when it sends one, else a fresh one for the repeats that are made behind the
 * edge.
 */
public final class RequestKey {
  static final AsciiString HEADER = AsciiString.cached("idempotency-key");

  private static final Pattern UUID_TEXT =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
  private static final int MAX_LENGTH = 255;

  private RequestKey() {}

  /** A UUID is used as it is; any other key is hashed together with the account. */
  public static String of(ServiceRequestContext ctx, Caller caller) {
    String key = ctx.request().headers().get(HEADER, "");
    if (key.isEmpty()) return UUID.randomUUID().toString();
    if (UUID_TEXT.matcher(key).matches()) return key;
    if (key.length() > MAX_LENGTH) {
      throw ApiException.invalid(
          "Idempotency-Key", "must be at most 255 characters, got " + key.length());
    }
    String scoped = caller.accountId() + ' ' + key;
    return UUID.nameUUIDFromBytes(scoped.getBytes(StandardCharsets.UTF_8)).toString();
  }
}
