// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.analytics;

import com.google.type.Date;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.corkboard.edge.http.Params;
import dev.corkboard.edge.json.Echo;
import dev.corkboard.platform.error.ApiException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;

/** The days that analytics are asked for: at most 90 back, and at most 90 after one another. */
record Period(LocalDate first, LocalDate last) {
  private static final int MAX_DAYS = 90;

  static Period of(ServiceRequestContext ctx, Clock clock) {
    LocalDate first = date(ctx, "start_date");
    LocalDate last = date(ctx, "end_date");
    LocalDate today = LocalDate.now(clock);
    if (last.isBefore(first) || first.plusDays(MAX_DAYS).isBefore(last)) {
      throw ApiException.invalid(
          "end_date", Echo.of(last.toString()) + " is not 0 to 90 days after start_date");
    }
    if (first.isBefore(today.minusDays(MAX_DAYS)) || last.isAfter(today)) {
      throw ApiException.invalid(
          first.isBefore(today.minusDays(MAX_DAYS)) ? "start_date" : "end_date",
          "must be within the last 90 days");
    }
    return new Period(first, last);
  }

  private static LocalDate date(ServiceRequestContext ctx, String name) {
    String value = Params.required(ctx, name);
    try {
      return LocalDate.parse(value);
    } catch (DateTimeParseException e) {
      throw ApiException.invalid(name, Echo.quoted(value) + " is not a 'date'");
    }
  }

  List<LocalDate> days() {
    return first.datesUntil(last.plusDays(1)).toList();
  }

  Date start() {
    return proto(first);
  }

  Date end() {
    return proto(last);
  }

  private static Date proto(LocalDate day) {
    return Date.newBuilder()
        .setYear(day.getYear())
        .setMonth(day.getMonthValue())
        .setDay(day.getDayOfMonth())
        .build();
  }
}
