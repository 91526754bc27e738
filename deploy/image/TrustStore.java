// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0

import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;

/**
 * Makes a trust store for Java of certificates in PEM: {@code java TrustStore.java PEM STORE}. It
 * is a PKCS #12 file without password and encryption, as in newer JDKs, so that the same
 * certificates always give the same bytes.
 */
final class TrustStore {
  public static void main(String[] args) throws Exception {
    System.setProperty("keystore.pkcs12.certProtectionAlgorithm", "NONE");
    System.setProperty("keystore.pkcs12.macAlgorithm", "NONE");
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    try (var pem = new FileInputStream(args[0]);
        var out = new FileOutputStream(args[1])) {
      for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
        X509Certificate authority = (X509Certificate) certificate;
        String name = authority.getSubjectX500Principal().getName();
        store.setCertificateEntry(name + " " + authority.getSerialNumber().toString(16), authority);
      }
      store.store(out, null);
    }
  }
}
