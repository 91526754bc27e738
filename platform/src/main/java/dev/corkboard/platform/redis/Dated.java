// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.redis;

/**
 * A value that was current at some moment after {@code asOf}, a tick of the cache's own counter:
 * whoever began to read before that tick may be given it.
 */
record Dated<V>(V value, long asOf) {}
