// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.oidc;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * What a verified token of the external issuer says.
 *
 * @param subject whom it speaks for, in the issuer's words
 * @param username what the issuer calls them; empty when it does not say
 * @param scopes what it grants here
 * @param app the client that got it for itself, with no person behind it
 */
record ExternalToken(
    String subject,
    String username,
    Set<String> scopes,
    Instant expireTime,
    Optional<String> app) {}
