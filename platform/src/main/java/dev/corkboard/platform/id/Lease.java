// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.id;

/** The right to make ids with a node number for some time. */
@FunctionalInterface
public interface Lease {
  /** The largest node number: 10 bits. */
  int MAX_NODE = 1023;

  /**
   * What may be made: ids of this node with a time from {@code from} up to but not including {@code
   * until}, in milliseconds of the Unix epoch.
   */
  record Term(int node, long from, long until) {}

  Term term();
}
