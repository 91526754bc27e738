// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.cassandra;

import dev.corkboard.platform.config.ConfigException;
import dev.corkboard.platform.config.Env;
import dev.corkboard.platform.config.Secret;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How Cassandra knows us, and we it.
 *
 * @param user whom to log in as; nobody when empty
 * @param caFile the authorities of the nodes' certificates, which must name their addresses;
 *     connections are plain when empty
 */
public record CassandraLogin(Optional<User> user, Optional<Path> caFile) {
  static final String USERNAME = "CASSANDRA_USERNAME";
  static final String PASSWORD_FILE = "CASSANDRA_PASSWORD_FILE";

  /** Plain, as nobody. */
  public static final CassandraLogin NONE = new CassandraLogin(Optional.empty(), Optional.empty());

  /** A name and a password. */
  public record User(String name, Secret password) {}

  static ConfigException refused(Optional<User> user) {
    return new ConfigException(
        USERNAME,
        user.map(User::name).orElse(""),
        "a user that Cassandra knows, with the password in " + PASSWORD_FILE);
  }

  public static CassandraLogin fromEnv(Env env) {
    Optional<Secret> password = env.secret(PASSWORD_FILE);
    Optional<String> name = env.string(USERNAME);
    if (name.isPresent() && password.isEmpty()) {
      throw new ConfigException(PASSWORD_FILE, "", "the file of the password of " + name.get());
    }
    if (password.isPresent() && name.isEmpty()) {
      throw new ConfigException(USERNAME, "", "whose password it is");
    }
    return new CassandraLogin(
        name.map(user -> new User(user, password.get())),
        env.certificates("CASSANDRA_TLS_CA_FILE"));
  }
}
