// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.redis;

/**
 * The answer to a reader who missed.
 *
 * @param value the stored bytes when another reader filled them meanwhile, else null
 */
@SuppressWarnings("ArrayRecordComponent")
record Lease(Kind kind, byte[] value) {

  enum Kind {
    /** A write is under way: load, do not fill. */
    GUARDED,
    /** Load, then fill. */
    TAKEN,
    /** The value is there after all. */
    HIT
  }
}
