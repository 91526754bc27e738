// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.tls;

import com.google.common.collect.ImmutableSetMultimap;
import com.google.common.collect.SetMultimap;
import java.util.Set;

/** Which service calls which, and the DNS names that stand for them in certificates. */
public final class CallGraph {
  /** Callee, callers; a graph without circles. */
  private static final SetMultimap<String, String> CALLERS =
      ImmutableSetMultimap.<String, String>builder()
          .putAll("account", "board", "pin", "collage", "edge")
          .putAll("board", "pin", "collage", "edge")
          .putAll("pin", "collage", "edge")
          .putAll("collage", "edge")
          .build();

  private CallGraph() {}

  /** The services that call a service, by the names of their keys. */
  public static Set<String> callersOf(String service) {
    return CALLERS.get(service);
  }

  /** The DNS name a certificate must have to speak for a service, such as {@code pin-service}. */
  public static String identity(String service) {
    return switch (service) {
      case "edge" -> "edge-gateway";
      case "operator" -> "operator";
      default -> service + "-service";
    };
  }
}
