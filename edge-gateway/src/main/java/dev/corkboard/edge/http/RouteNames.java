// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.http;

import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.server.Route;
import com.linecorp.armeria.server.ServerConfig;
import com.linecorp.armeria.server.ServiceConfig;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Names of routes for metrics: as few as there are operations, whatever strangers ask for. */
public final class RouteNames {
  private static final Pattern VARIABLE = Pattern.compile(":([a-z_]+)");

  private RouteNames() {}

  /** Every route but the fallback, by method; ANY for one that takes all. */
  public static Set<String> operations(ServerConfig server) {
    Set<String> operations = new TreeSet<>();
    for (ServiceConfig service : server.serviceConfigs()) {
      if (service.route().isFallback()) continue;
      String name = of(service.route());
      if (service.route().methods().equals(HttpMethod.knownMethods())) {
        operations.add("ANY " + name);
      } else {
        service.route().methods().forEach(method -> operations.add(method.name() + " " + name));
      }
    }
    return operations;
  }

  /** As in the contract, whether or not the path ended in a slash. */
  static String of(Route route) {
    if (route.isFallback()) return "none";
    String pattern = route.patternString();
    String name = pattern.endsWith("/") ? pattern.substring(0, pattern.length() - 1) : pattern;
    return VARIABLE.matcher(name).replaceAll("{$1}");
  }
}
