// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy;

import dev.corkboard.platform.config.Env;
import dev.corkboard.stores.Ports;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalInt;

/** The ports on 127.0.0.1 where the services of one suite are. */
public record Addresses(Map<Service, Integer> ports, Map<Service, Integer> adminPorts) {
  private static final String HOST = "127.0.0.1";

  /** The ports the environment names, by default the fixed ones; none may be in use. */
  static Addresses fixed(Env env) {
    Map<Service, Integer> ports = new EnumMap<>(Service.class);
    Map<Service, Integer> adminPorts = new EnumMap<>(Service.class);
    for (Service service : Service.values()) {
      ports.put(
          service,
          Ports.claim(service.id(), env.port(service.portSetting(), service.defaultPort())));
      adminPorts.put(
          service,
          Ports.claim(
              "metrics of " + service.id(),
              env.port(service.adminPortSetting(), service.defaultAdminPort())));
    }
    return new Addresses(ports, adminPorts);
  }

  /** Free ports, but for the edge's when one is wanted; that must not be in use. */
  public static Addresses free(OptionalInt edgePort) {
    Map<Service, Integer> ports = new EnumMap<>(Service.class);
    Map<Service, Integer> adminPorts = new EnumMap<>(Service.class);
    ports.put(Service.EDGE, Ports.claim(Service.EDGE.id(), edgePort.orElse(0)));
    for (Service service : Service.values()) {
      ports.computeIfAbsent(service, any -> Ports.free());
      adminPorts.put(service, Ports.free());
    }
    return new Addresses(ports, adminPorts);
  }

  /** {@code host:port} of a service, as gRPC takes it. */
  public String of(Service service) {
    return HOST + ":" + ports.get(service);
  }

  /** {@code host:port} of a service's metrics. */
  public String adminOf(Service service) {
    return HOST + ":" + adminPorts.get(service);
  }

  public String edgeUrl() {
    return "http://" + of(Service.EDGE);
  }
}
