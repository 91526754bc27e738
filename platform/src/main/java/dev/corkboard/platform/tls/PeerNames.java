// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.tls;

import io.grpc.Attributes;
import io.grpc.Grpc;
import io.grpc.ServerCall;
import io.grpc.ServerTransportFilter;
import java.security.cert.X509Certificate;
import java.util.Set;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/** Reads once per connection whom the certificate at its other end speaks for. */
public final class PeerNames extends ServerTransportFilter {
  private static final Attributes.Key<Set<String>> NAMES = Attributes.Key.create("peer-names");

  /** The DNS names of the peer's certificate; empty without one. */
  static Set<String> of(ServerCall<?, ?> call) {
    Set<String> names = call.getAttributes().get(NAMES);
    return names == null ? Set.of() : names;
  }

  @Override
  public Attributes transportReady(Attributes transport) {
    return transport.toBuilder()
        .set(NAMES, names(transport.get(Grpc.TRANSPORT_ATTR_SSL_SESSION)))
        .build();
  }

  private static Set<String> names(SSLSession session) {
    try {
      return session != null && session.getPeerCertificates()[0] instanceof X509Certificate peer
          ? Credentials.dnsNames(peer)
          : Set.of();
    } catch (SSLPeerUnverifiedException nobody) {
      return Set.of();
    }
  }
}
