// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0

/** Starts, watches and ends child processes: a real Cassandra, a real Redis, and any other. */
package dev.corkboard.stores;
