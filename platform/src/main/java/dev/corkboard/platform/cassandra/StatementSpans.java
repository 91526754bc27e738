// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.cassandra;

import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.Statement;
import dev.corkboard.platform.trace.Trail;
import io.opentelemetry.api.trace.Span;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * A span for each statement of a recorded request: the prepared text, never what is bound to it.
 */
final class StatementSpans {
  private static final Pattern TABLE = Pattern.compile("(?:FROM|INTO|UPDATE)\\s+([a-z_]+)");

  private StatementSpans() {}

  static Span begin(Trail trail, Statement<?> statement) {
    if (!trail.span().isRecording()) return Span.getInvalid();
    String text = text(statement);
    Span span = trail.call(name(statement, text));
    span.setAttribute("db.system.name", "cassandra");
    span.setAttribute("db.query.text", text);
    return span;
  }

  /** The statement is that of the page before. */
  static Span beginNextPage(Trail trail) {
    Span span = trail.call("next page");
    span.setAttribute("db.system.name", "cassandra");
    return span;
  }

  private static String name(Statement<?> statement, String text) {
    if (statement instanceof BatchStatement) return "BATCH";
    Matcher table = TABLE.matcher(text);
    int end = text.indexOf(' ');
    String operation = end < 0 ? text : text.substring(0, end);
    return table.find() ? operation + " " + table.group(1) : operation;
  }

  /** Only prepared statements have a text that holds no values. */
  private static String text(Statement<?> statement) {
    if (statement instanceof BoundStatement bound) return bound.getPreparedStatement().getQuery();
    if (statement instanceof BatchStatement batch) {
      return StreamSupport.stream(batch.spliterator(), false)
          .map(StatementSpans::text)
          .distinct()
          .collect(Collectors.joining("; "));
    }
    return "unprepared";
  }
}
