// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.http;

import com.linecorp.armeria.server.Route;
import java.util.regex.Pattern;

/** Names of routes for metrics: as few as there are operations, whatever strangers ask for. */
final class RouteNames {
  private static final Pattern VARIABLE = Pattern.compile(":([a-z_]+)");

  private RouteNames() {}

  /** As in the contract, whether or not the path ended in a slash. */
  static String of(Route route) {
    if (route.isFallback()) return "none";
    String pattern = route.patternString();
    String name = pattern.endsWith("/") ? pattern.substring(0, pattern.length() - 1) : pattern;
    return VARIABLE.matcher(name).replaceAll("{$1}");
  }
}
