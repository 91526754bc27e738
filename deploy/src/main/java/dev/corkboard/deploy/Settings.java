// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy;

import dev.corkboard.platform.auth.ServiceIdentity;
import dev.corkboard.platform.config.TlsConfig;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The environment all services of one suite run with: each reads its own names, so they share one.
 */
public final class Settings {
  private Settings() {}

  /** The settings of all, and in them the files by which a service is known. */
  static Map<String, String> with(Map<String, String> settings, TlsConfig files) {
    Map<String, String> own = new HashMap<>(settings);
    own.put(TlsConfig.CERT_FILE, files.certFile().toString());
    own.put(TlsConfig.KEY_FILE, files.keyFile().toString());
    own.put(TlsConfig.CA_FILE, files.caFile().toString());
    return own;
  }

  /**
   * Adds to the given environment what the suite decides: addresses, stores and files.
   *
   * @param keys the folder of the service keys
   * @param media where pictures are kept
   */
  public static Map<String, String> of(
      Map<String, String> given,
      Addresses addresses,
      String cassandra,
      String localDatacenter,
      String redis,
      Path keys,
      Path media) {
    Map<String, String> settings = new HashMap<>(given);
    settings.put("CASSANDRA_CONTACT_POINTS", cassandra);
    settings.put("CASSANDRA_LOCAL_DATACENTER", localDatacenter);
    settings.put("REDIS_URI", redis);
    settings.put("MEDIA_DIR", media.toString());
    settings.putIfAbsent("PUBLIC_URL", addresses.edgeUrl());
    // What the heaps are made for, on however many processors.
    settings.putIfAbsent("MEDIA_DECODE_THREADS", "2");
    settings.putIfAbsent("COLLAGE_RENDER_THREADS", "1");
    settings.put("SERVICE_JWKS_FILE", ServiceIdentity.jwksFile(keys).toString());
    for (Service service : Service.values()) {
      settings.put(service.portSetting(), addresses.ports().get(service).toString());
      settings.put(service.adminPortSetting(), addresses.adminPorts().get(service).toString());
      settings.put(service.name() + "_URI", addresses.of(service));
      settings.put(
          service.name() + "_KEY_FILE", ServiceIdentity.keyFile(keys, service.id()).toString());
    }
    return settings;
  }
}
