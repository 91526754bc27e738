// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.auth;

import dev.corkboard.platform.error.ApiException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * What a verified token says.
 *
 * @param accountId whom it speaks for, or works for; empty when it is a service's own work
 * @param service the service that signed it, empty for access tokens
 * @param revocableAs the ids under which an access token may be revoked
 * @param appId the app an access token was issued to; empty when it was to none
 * @param appOnly whether it was issued to an app itself, which acts for its owner
 */
public record Principal(
    String accountId,
    Set<String> scopes,
    Optional<String> service,
    Instant expireTime,
    Set<String> revocableAs,
    String appId,
    boolean appOnly) {

  /** Fails with PERMISSION_DENIED when no person stands behind the token. */
  public void requireUser() {
    if (appOnly) {
      throw ApiException.permissionDenied("An app may do this for a person only, not for itself.");
    }
  }
}
