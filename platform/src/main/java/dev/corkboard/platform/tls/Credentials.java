// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.tls;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.corkboard.platform.config.TlsConfig;
import io.grpc.util.CertificateUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A certificate with its key and the authorities, read and found to belong together. */
record Credentials(List<X509Certificate> chain, PrivateKey key, List<X509Certificate> authorities) {
  private static final int DNS_NAME = 2;

  /** Something a reader of the log understands is wrong with a file. */
  static final class UnusableException extends Exception {
    private static final long serialVersionUID = 1;

    UnusableException(Path file, String problem) {
      super(file + ": " + problem);
    }
  }

  /** What the three files hold, unread. */
  record Texts(String chain, String key, String authorities) {
    static Texts of(TlsConfig files) throws UnusableException {
      return new Texts(text(files.certFile()), text(files.keyFile()), text(files.caFile()));
    }

    private static String text(Path file) throws UnusableException {
      try {
        return Files.readString(file);
      } catch (IOException e) {
        throw new UnusableException(file, "cannot be read");
      }
    }

    /** Not the key. */
    @Override
    public String toString() {
      return "Texts[...]";
    }
  }

  /** Reads them; the certificate must be good now, fit the key, and speak for the identity. */
  static Credentials parse(TlsConfig files, Texts texts, String identity) throws UnusableException {
    List<X509Certificate> chain = certificates(files.certFile(), texts.chain());
    PrivateKey key = key(files.keyFile(), texts.key());
    X509Certificate own = chain.get(0);
    if (!fits(own.getPublicKey(), key)) {
      throw new UnusableException(files.keyFile(), "is not the key of " + files.certFile());
    }
    if (!dnsNames(own).contains(identity)) {
      throw new UnusableException(files.certFile(), "is not a certificate for " + identity);
    }
    try {
      own.checkValidity();
    } catch (CertificateException e) {
      throw new UnusableException(files.certFile(), "has expired, or is not good yet");
    }
    return new Credentials(chain, key, certificates(files.caFile(), texts.authorities()));
  }

  private static List<X509Certificate> certificates(Path file, String pem)
      throws UnusableException {
    try {
      X509Certificate[] read =
          CertificateUtils.getX509Certificates(new ByteArrayInputStream(pem.getBytes(UTF_8)));
      if (read.length > 0) return List.of(read);
    } catch (CertificateException notCertificates) {
      // said below
    }
    throw new UnusableException(file, "holds no certificate in PEM");
  }

  private static PrivateKey key(Path file, String pem) throws UnusableException {
    try {
      return CertificateUtils.getPrivateKey(new ByteArrayInputStream(pem.getBytes(UTF_8)));
    } catch (IOException
        | GeneralSecurityException
        | IllegalArgumentException
        | NullPointerException notKey) {
      throw new UnusableException(file, "holds no private key in PEM (PKCS #8, RSA or EC)");
    }
  }

  /** Tried out rather than compared: it holds for every algorithm. */
  private static boolean fits(PublicKey shown, PrivateKey key) {
    byte[] text = new byte[32];
    new SecureRandom().nextBytes(text);
    try {
      Signature signature =
          Signature.getInstance(
              key.getAlgorithm().equals("EC") ? "SHA256withECDSA" : "SHA256withRSA");
      signature.initSign(key);
      signature.update(text);
      byte[] signed = signature.sign();
      signature.initVerify(shown);
      signature.update(text);
      return signature.verify(signed);
    } catch (GeneralSecurityException notOfOneKind) {
      return false;
    }
  }

  /** The DNS names a certificate speaks for. */
  static Set<String> dnsNames(X509Certificate certificate) {
    try {
      Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      if (names == null) return Set.of();
      return names.stream()
          .filter(name -> name.get(0).equals(DNS_NAME))
          .map(name -> name.get(1).toString())
          .collect(Collectors.toUnmodifiableSet());
    } catch (CertificateParsingException damaged) {
      return Set.of();
    }
  }

  /** Without the key. */
  @Override
  public String toString() {
    return "Credentials[" + chain.get(0).getSubjectX500Principal() + "]";
  }
}
