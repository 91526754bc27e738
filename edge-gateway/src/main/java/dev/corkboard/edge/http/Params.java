// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.http;

import com.linecorp.armeria.server.ServiceRequestContext;
import dev.corkboard.edge.json.Echo;
import dev.corkboard.platform.error.ApiException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads parameters of the query; those it is not asked for are ignored (T3). */
public final class Params {
  private static final int MAX_PAGE = 250;
  private static final int DEFAULT_PAGE = 25;
  private static final Pattern COUNT = Pattern.compile("[0-9]{1,18}");
  private static final Pattern INTEGER = Pattern.compile("-?[0-9]+");

  private Params() {}

  /** 1 to 250, 25 when absent. */
  public static int pageSize(ServiceRequestContext ctx) {
    return integer(ctx, "page_size", 1, MAX_PAGE, DEFAULT_PAGE);
  }

  /** A number within bounds. */
  public static int integer(ServiceRequestContext ctx, String name, int min, int max, int absent) {
    String value = ctx.queryParam(name);
    if (value == null) return absent;
    if (!INTEGER.matcher(value).matches()) {
      throw ApiException.invalid(name, Echo.quoted(value) + " is not of type 'integer'");
    }
    boolean negative = value.startsWith("-");
    int number = value.length() > 9 ? Integer.MAX_VALUE : Integer.parseInt(value);
    if (negative || number < min) {
      throw ApiException.invalid(name, Echo.of(value) + " is less than the minimum of " + min);
    }
    if (number > max) {
      throw ApiException.invalid(name, Echo.of(value) + " is greater than the maximum of " + max);
    }
    return number;
  }

  /** An integer of at least 0, of at most 18 digits, or empty when absent. */
  public static OptionalLong count(ServiceRequestContext ctx, String name) {
    String value = ctx.queryParam(name);
    return value == null ? OptionalLong.empty() : OptionalLong.of(count(name, value));
  }

  /** The same, of a text from elsewhere in the request. */
  public static long count(String name, String value) {
    if (!COUNT.matcher(value).matches()) {
      throw ApiException.invalid(
          name, Echo.quoted(value) + " is not an integer of at least 0 and at most 18 digits");
    }
    return Long.parseLong(value);
  }

  /** The bookmark, empty for the first page; it is the services' page token. */
  public static String bookmark(ServiceRequestContext ctx) {
    String value = ctx.queryParam("bookmark");
    return value == null ? "" : value;
  }

  /** A parameter that must be there, and not empty. */
  public static String required(ServiceRequestContext ctx, String name) {
    String value = ctx.queryParam(name);
    if (value == null || value.isEmpty()) {
      throw ApiException.invalid(name, "'" + name + "' is a required property");
    }
    return value;
  }

  /** False when absent. */
  public static boolean flag(ServiceRequestContext ctx, String name) {
    String value = ctx.queryParam(name);
    if (value == null) return false;
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw ApiException.invalid(name, Echo.quoted(value) + " is not of type 'boolean'");
    };
  }

  /** One of the values, or empty when absent. */
  public static <E> Optional<E> choice(
      ServiceRequestContext ctx, String name, Map<String, E> values) {
    String value = ctx.queryParam(name);
    return value == null ? Optional.empty() : Optional.of(choose(name, value, values));
  }

  /** Any number of the values. */
  public static <E> List<E> choices(ServiceRequestContext ctx, String name, Map<String, E> values) {
    return ctx.queryParams(name).stream().map(value -> choose(name, value, values)).toList();
  }

  /** The meaning of a value that must be one of the given. */
  public static <E> E choose(String name, String value, Map<String, E> values) {
    E meaning = values.get(value);
    if (meaning == null) {
      throw ApiException.invalid(
          name, Echo.quoted(value) + " is not one of " + list(values.keySet()));
    }
    return meaning;
  }

  private static String list(Collection<String> values) {
    return values.stream().sorted().map(Echo::quoted).collect(Collectors.joining(", ", "[", "]"));
  }
}
