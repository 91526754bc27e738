// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.cassandra;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.CqlSessionBuilder;
import com.datastax.oss.driver.api.core.auth.AuthenticationException;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.ssl.ProgrammaticSslEngineFactory;
import io.grpc.util.CertificateUtils;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Opens a session on a keyspace, creating it and its tables when asked to. Consistency, timeouts
 * and retries are in the driver profiles of {@code application.conf}.
 */
public final class Cassandra {
  /** The driver profile of schema changes, which take over a second. */
  static final String DDL = "ddl";

  /** The driver profile of plain reads, which a second node is asked for when the first is slow. */
  static final String READ = "read";

  /** The driver profile of reads that must finish a Paxos round in progress. */
  public static final String SERIAL = "serial";

  private static final Pattern KEYSPACE = Pattern.compile("[a-z][a-z0-9_]{0,47}");
  private static final Pattern COMMENT = Pattern.compile("--[^\n]*");

  private Cassandra() {}

  /** Opens the session; {@code schema} is a class path resource of idempotent statements. */
  public static CqlSession open(CassandraConfig config, String... schema) {
    if (!KEYSPACE.matcher(config.keyspace()).matches()) {
      throw new IllegalArgumentException("not a keyspace name: " + config.keyspace());
    }
    if (config.ensureSchema()) {
      try (CqlSession session = connect(config, null)) {
        ensureKeyspace(session, config);
      }
    }
    CqlSession session = connect(config, config.keyspace());
    if (config.ensureSchema()) {
      for (String resource : schema) statements(resource).forEach(cql -> ddl(session, cql));
    }
    return session;
  }

  static CqlSession connect(CassandraConfig config, String keyspace) {
    CqlSessionBuilder builder =
        CqlSession.builder()
            .addContactPoints(config.contactPoints())
            .withLocalDatacenter(config.localDatacenter())
            .withKeyspace(keyspace);
    config
        .login()
        .user()
        .ifPresent(user -> builder.withAuthCredentials(user.name(), user.password().text()));
    config
        .login()
        .caFile()
        .ifPresent(
            file ->
                builder.withSslEngineFactory(
                    new ProgrammaticSslEngineFactory(trusting(file), null, true)));
    try {
      return builder.build();
    } catch (AllNodesFailedException e) {
      boolean refused =
          e.getAllErrors().values().stream()
              .flatMap(Collection::stream)
              .anyMatch(AuthenticationException.class::isInstance);
      if (refused) throw CassandraLogin.refused(config.login().user());
      throw e;
    }
  }

  private static SSLContext trusting(Path certificates) {
    try (InputStream in = Files.newInputStream(certificates)) {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      for (X509Certificate certificate : CertificateUtils.getX509Certificates(in)) {
        store.setCertificateEntry("ca" + store.size(), certificate);
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalArgumentException(certificates + " does not hold certificates", e);
    }
  }

  static void ensureKeyspace(CqlSession session, CassandraConfig config) {
    ddl(
        session,
        "CREATE KEYSPACE IF NOT EXISTS "
            + config.keyspace()
            + " WITH replication = {'class': 'NetworkTopologyStrategy', '"
            + config.localDatacenter().replace("'", "''")
            + "': "
            + config.replicationFactor()
            + "}");
  }

  static void ddl(CqlSession session, String cql) {
    session.execute(SimpleStatement.newInstance(cql).setExecutionProfileName(DDL));
  }

  static List<String> statements(String resource) {
    try (InputStream in = Cassandra.class.getResourceAsStream(resource)) {
      if (in == null) throw new IllegalArgumentException("no resource " + resource);
      return split(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The statements of a text, without comments. */
  static List<String> split(String text) {
    return Stream.of(COMMENT.matcher(text).replaceAll("").split(";"))
        .map(String::strip)
        .filter(cql -> !cql.isEmpty())
        .toList();
  }
}
