// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.media;

import java.util.List;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.message.BasicHeader;
import org.apache.hc.core5.util.Timeout;

/** An HTTP client that keeps nothing, follows nothing, unpacks nothing and tells nothing. */
final class FetchClient {
  private static final int MAX_CONNECTIONS = 64;
  private static final int MAX_HEADERS = 100;
  private static final int MAX_HEADER_BYTES = 8 << 10;

  /** For each address: two that do not answer leave time of the fetch, and free its thread. */
  private static final Timeout CONNECT = Timeout.ofSeconds(3);

  private FetchClient() {}

  static CloseableHttpClient open(DnsResolver resolver, FetchOptions options) {
    Timeout patience = Timeout.of(options.total());
    Http1Config http1 =
        Http1Config.custom()
            .setMaxHeaderCount(MAX_HEADERS)
            .setMaxLineLength(MAX_HEADER_BYTES)
            .build();
    return HttpClients.custom()
        .setConnectionManager(
            PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(resolver)
                .setConnectionFactory(
                    ManagedHttpClientConnectionFactory.builder().http1Config(http1).build())
                .setMaxConnTotal(MAX_CONNECTIONS)
                .setMaxConnPerRoute(MAX_CONNECTIONS)
                .setDefaultConnectionConfig(
                    ConnectionConfig.custom()
                        .setConnectTimeout(patience.compareTo(CONNECT) < 0 ? patience : CONNECT)
                        .setSocketTimeout(patience)
                        .build())
                .build())
        .setDefaultRequestConfig(
            RequestConfig.custom()
                .setResponseTimeout(patience)
                .setConnectionRequestTimeout(patience)
                .build())
        .setConnectionReuseStrategy((request, response, context) -> false)
        .setDefaultHeaders(
            List.of(
                new BasicHeader(HttpHeaders.ACCEPT, "image/*"),
                new BasicHeader(HttpHeaders.ACCEPT_ENCODING, "identity")))
        .setUserAgent("Corkboard")
        .disableRedirectHandling()
        .disableAutomaticRetries()
        .disableContentCompression()
        .disableCookieManagement()
        .disableAuthCaching()
        .build();
  }
}
