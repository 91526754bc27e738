// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy;

import dev.corkboard.platform.config.PrivateFiles;
import dev.corkboard.platform.config.TlsConfig;
import dev.corkboard.platform.tls.CallGraph;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.CertificateBuilder.KeyUsage;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;

/**
 * Certificates of one run, for services on this machine, by an authority that is made for them and
 * whose key nobody keeps.
 */
final class Certificates {
  private static final Duration LIFE = Duration.ofDays(365);

  private final Path folder;

  private Certificates(Path folder) {
    this.folder = folder;
  }

  /** Makes an authority and a certificate for each name, in place of those of earlier runs. */
  static Certificates make(Path folder, Collection<String> services) {
    Certificates certificates = new Certificates(folder);
    try {
      Files.createDirectories(folder);
      X509Bundle authority = authority();
      PrivateFiles.write(certificates.authorityFile(), authority.getCertificatePEM());
      for (String service : services) {
        X509Bundle made = issue(authority, CallGraph.identity(service), Instant.now().plus(LIFE));
        certificates.write(service, made);
      }
      return certificates;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write certificates to " + folder, e);
    }
  }

  /** An authority like any other, but for its life. */
  static X509Bundle authority() {
    try {
      return new CertificateBuilder()
          .ecp256()
          .subject("CN=Corkboard throw-away authority")
          .notAfter(Instant.now().plus(LIFE))
          .setIsCertificateAuthority(true)
          .setKeyUsage(true, KeyUsage.keyCertSign, KeyUsage.cRLSign)
          .buildSelfSigned();
    } catch (Exception e) {
      throw new IllegalStateException("this JVM cannot make P-256 certificates", e);
    }
  }

  /** A certificate for a DNS name, to connect and be connected to. */
  static X509Bundle issue(X509Bundle authority, String dnsName, Instant notAfter) {
    try {
      return new CertificateBuilder()
          .ecp256()
          .subject("CN=" + dnsName)
          .addSanDnsName(dnsName)
          .notBefore(notAfter.minus(LIFE).minus(Duration.ofDays(1)))
          .notAfter(notAfter)
          .setKeyUsage(true, KeyUsage.digitalSignature)
          .addExtendedKeyUsageServerAuth()
          .addExtendedKeyUsageClientAuth()
          .buildIssuedBy(authority);
    } catch (Exception e) {
      throw new IllegalStateException("this JVM cannot make P-256 certificates", e);
    }
  }

  /** Puts a certificate in the place of a service's own. */
  void write(String service, X509Bundle made) throws IOException {
    TlsConfig files = filesOf(service);
    PrivateFiles.write(files.keyFile(), made.getPrivateKeyPEM());
    PrivateFiles.write(files.certFile(), made.getCertificatePEM());
  }

  private Path authorityFile() {
    return folder.resolve("ca.pem");
  }

  /** The files by which a service is known. */
  TlsConfig filesOf(String service) {
    String name = CallGraph.identity(service);
    return new TlsConfig(
        folder.resolve(name + ".pem"), folder.resolve(name + ".key"), authorityFile());
  }
}
