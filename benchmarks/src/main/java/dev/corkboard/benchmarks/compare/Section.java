// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.benchmarks.compare;

/** The parts of a run. */
enum Section {
  FLOORS,
  OURS,
  PEERS,
  GROWTH,
  MEMORY
}
