// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.media;

import java.time.Instant;

/**
 * The public name of a stored picture, given to one account.
 *
 * @param key 22 URL-safe characters, unguessable
 * @param sha256 of the content
 * @param touchedAt when it was made or last asked to be kept, in milliseconds
 */
record Asset(String key, String sha256, String ownerId, Instant createdAt, Instant touchedAt) {}
