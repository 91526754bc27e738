// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.http;

import com.linecorp.armeria.server.ServiceConfig;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.util.Set;
import java.util.TreeSet;

/** The methods of a path, for the {@code Allow} header of a 405. */
final class AllowedMethods {
  private AllowedMethods() {}

  static String of(ServiceRequestContext ctx) {
    Set<String> methods = new TreeSet<>();
    for (ServiceConfig service : ctx.config().server().serviceConfigs()) {
      if (matches(service.route().patternString(), ctx.path())) {
        service.route().methods().forEach(method -> methods.add(method.name()));
      }
    }
    return String.join(", ", methods);
  }

  private static boolean matches(String pattern, String path) {
    return path.matches(pattern.replace(".", "\\.").replaceAll(":[a-z_]+|\\{[a-z_]+}", "[^/]+"));
  }
}
