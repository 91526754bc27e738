// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.cassandra;

import com.datastax.oss.driver.api.core.cql.Row;
import java.util.List;

/**
 * How a conditional statement ended.
 *
 * @param rows when it was refused: the rows whose conditions were looked at, as they stand
 */
public record Cas(boolean applied, List<Row> rows) {}
