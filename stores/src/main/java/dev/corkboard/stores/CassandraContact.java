// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.stores;

/**
 * Where a Cassandra is found.
 *
 * @param contactPoints {@code host:port}, comma separated
 */
public record CassandraContact(String contactPoints, String localDatacenter) {}
