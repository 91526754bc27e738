// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.limit;

/**
 * What a limit says of one request.
 *
 * @param limit requests the bucket holds; this and what follows are 0 unless a bucket was asked
 * @param remaining how many more are admitted now
 * @param resetSeconds until all are there again, rounded up
 * @param retrySeconds until the next is admitted, at least 1 when this one was refused
 */
public record Verdict(Kind kind, long limit, long remaining, long resetSeconds, long retrySeconds) {
  /** The four ways it can go. */
  public enum Kind {
    ADMITTED,
    REFUSED,
    /** Redis did not say in time; the caller decides. */
    UNKNOWN,
    UNLIMITED
  }

  static final Verdict UNKNOWN = new Verdict(Kind.UNKNOWN, 0, 0, 0, 0);
  static final Verdict UNLIMITED = new Verdict(Kind.UNLIMITED, 0, 0, 0, 0);
}
