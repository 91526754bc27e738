// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The PEM files by which processes of an installation know each other.
 *
 * @param certFile the process's own certificate, then those between it and the authority
 * @param keyFile its private key, PKCS #8, RSA or EC
 * @param caFile the authorities whose certificates count, and no others
 */
public record TlsConfig(Path certFile, Path keyFile, Path caFile) {
  public static final String CERT_FILE = "TLS_CERT_FILE";
  public static final String KEY_FILE = "TLS_KEY_FILE";
  public static final String CA_FILE = "TLS_CA_FILE";

  private static final List<String> ALL = List.of(CERT_FILE, KEY_FILE, CA_FILE);

  /** Empty when none of the files is named: connections are plain then. */
  public static Optional<TlsConfig> fromEnv(Env env) {
    List<String> missing = ALL.stream().filter(key -> env.string(key).isEmpty()).toList();
    if (missing.size() == ALL.size()) return Optional.empty();
    if (!missing.isEmpty()) {
      throw new ConfigException(missing.get(0), "", "a PEM file, as the other TLS files are named");
    }
    return Optional.of(
        new TlsConfig(env.path(CERT_FILE, ""), env.path(KEY_FILE, ""), env.path(CA_FILE, "")));
  }
}
