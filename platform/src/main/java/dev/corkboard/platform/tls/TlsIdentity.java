// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.tls;

import dev.corkboard.platform.config.TlsConfig;
import dev.corkboard.platform.schedule.Periodic;
import io.grpc.ServerCredentials;
import io.grpc.TlsChannelCredentials;
import io.grpc.TlsServerCredentials;
import io.grpc.util.AdvancedTlsX509KeyManager;
import io.grpc.util.AdvancedTlsX509TrustManager;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a process shows its peers and whom it believes. Files that were replaced count for new
 * connections within 5 seconds; files that are broken count for nothing, and what was there stays.
 */
public final class TlsIdentity implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(TlsIdentity.class);
  private static final Duration PERIOD = Duration.ofSeconds(5);

  private final TlsConfig files;
  private final String identity;
  private final AdvancedTlsX509KeyManager key = new AdvancedTlsX509KeyManager();
  private final AdvancedTlsX509TrustManager trust;
  private final Counter failures;
  private final Periodic reading;
  private Credentials.Texts used;
  private String problem = "";
  private volatile X509Certificate shown;

  private TlsIdentity(TlsConfig files, String identity, MeterRegistry metrics, Duration period)
      throws Credentials.UnusableException, GeneralSecurityException, IOException {
    this.files = files;
    this.identity = identity;
    this.trust =
        AdvancedTlsX509TrustManager.newBuilder()
            .setVerification(
                AdvancedTlsX509TrustManager.Verification.CERTIFICATE_AND_HOST_NAME_VERIFICATION)
            .build();
    use(Credentials.Texts.of(files));
    this.failures =
        Counter.builder("corkboard.tls.reload.failures")
            .description("Readings of certificate files that could not be used")
            .register(metrics);
    Gauge.builder("corkboard.tls.certificate.expires", this, TlsIdentity::expires)
        .description("When the certificate in use expires, seconds since 1970")
        .baseUnit("seconds")
        .register(metrics);
    this.reading = Periodic.start("tls-files", period, period, this::read);
  }

  /**
   * Reads the files and goes on looking at them.
   *
   * @param service the name of the process's key; its certificate must have the DNS name of that
   * @throws IllegalArgumentException when a file cannot be used; says which, and why
   */
  public static TlsIdentity open(TlsConfig files, String service, MeterRegistry metrics) {
    return open(files, service, metrics, PERIOD);
  }

  static TlsIdentity open(TlsConfig files, String service, MeterRegistry metrics, Duration period) {
    try {
      return new TlsIdentity(files, CallGraph.identity(service), metrics, period);
    } catch (Credentials.UnusableException e) {
      throw new IllegalArgumentException("TLS: " + e.getMessage(), e);
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalArgumentException("TLS: the certificates cannot be used", e);
    }
  }

  private double expires() {
    return shown.getNotAfter().toInstant().getEpochSecond();
  }

  private void use(Credentials.Texts texts)
      throws Credentials.UnusableException, GeneralSecurityException, IOException {
    Credentials read = Credentials.parse(files, texts, identity);
    trust.updateTrustCredentials(read.authorities().toArray(X509Certificate[]::new));
    key.updateIdentityCredentials(read.chain().toArray(X509Certificate[]::new), read.key());
    shown = read.chain().get(0);
    used = texts;
  }

  private synchronized CompletionStage<Void> read() {
    try {
      Credentials.Texts texts = Credentials.Texts.of(files);
      if (!texts.equals(used)) {
        use(texts);
        log.atInfo().addKeyValue("expires", shown.getNotAfter()).log("certificate replaced");
      }
      problem = "";
    } catch (Credentials.UnusableException | GeneralSecurityException | IOException e) {
      failures.increment();
      if (!problem.equals(e.getMessage())) {
        log.atError().log("certificate files not used, those of before count: {}", e.getMessage());
      }
      problem = String.valueOf(e.getMessage());
    }
    return CompletableFuture.completedFuture(null);
  }

  /** For a server: nobody gets past the handshake without a certificate of our authorities. */
  public ServerCredentials server() {
    return TlsServerCredentials.newBuilder()
        .keyManager(key)
        .trustManager(trust)
        .clientAuth(TlsServerCredentials.ClientAuth.REQUIRE)
        .build();
  }

  /** For channels to a service, which must show the name of that service, wherever it is. */
  public Peer peer(String service) {
    return new Peer(
        TlsChannelCredentials.newBuilder().keyManager(key).trustManager(trust).build(),
        Optional.of(CallGraph.identity(service)));
  }

  @Override
  public void close() {
    reading.close();
  }
}
