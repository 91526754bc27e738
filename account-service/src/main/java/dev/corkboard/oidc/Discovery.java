// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.oidc;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyType;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.JSONObjectUtils;
import dev.corkboard.platform.check.Uris;
import dev.corkboard.platform.config.OidcConfig;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URL;
import java.text.ParseException;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Reads the keys of the external issuer by OpenID Connect Discovery, on a thread of its own: two
 * documents of at most 100 KiB, within five seconds, redirects not followed.
 */
final class Discovery implements AutoCloseable {
  private static final int MAX_BYTES = 100 * 1024;
  private static final int TIMEOUT_MILLIS = 2_000;
  private static final int LIMIT_SECONDS = 5;
  private static final int MIN_RSA_BITS = 2_048;

  private final String issuer;
  private final Documents documents = new Documents();
  private final ThreadPoolExecutor executor =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(1),
          task -> {
            Thread thread = new Thread(task, "issuer-keys");
            thread.setDaemon(true);
            return thread;
          });

  Discovery(String issuer) {
    this.issuer = issuer;
  }

  /** The public keys that verify signatures, by id; fails unless there is one. */
  CompletionStage<Map<String, JWK>> keys() {
    try {
      return CompletableFuture.supplyAsync(this::read, executor)
          .orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (RejectedExecutionException stillReading) {
      return CompletableFuture.failedStage(stillReading);
    }
  }

  private Map<String, JWK> read() {
    try {
      Map<String, JWK> keys = usable(JWKSet.parse(documents.get(keysUri())));
      if (keys.isEmpty()) throw new IOException(issuer + " publishes no key to verify with");
      return keys;
    } catch (IOException | ParseException e) {
      throw new CompletionException(e);
    }
  }

  private URI keysUri() throws IOException, ParseException {
    String base = issuer.endsWith("/") ? issuer : issuer + "/";
    Map<String, Object> metadata =
        JSONObjectUtils.parse(
            documents.get(URI.create(base + ".well-known/openid-configuration")), MAX_BYTES);
    if (!issuer.equals(metadata.get("issuer"))) {
      throw new IOException(issuer + " calls itself " + metadata.get("issuer"));
    }
    Object uri = metadata.get("jwks_uri");
    return Uris.parse(String.valueOf(uri))
        .filter(OidcConfig::isTrustworthy)
        .orElseThrow(() -> new IOException(issuer + " has its keys at '" + uri + "'"));
  }

  private static Map<String, JWK> usable(JWKSet published) {
    return published.getKeys().stream()
        .filter(Discovery::isUsable)
        .map(JWK::toPublicJWK)
        .collect(Collectors.toUnmodifiableMap(JWK::getKeyID, key -> key, (first, same) -> first));
  }

  private static boolean isUsable(JWK key) {
    boolean strong =
        KeyType.EC.equals(key.getKeyType())
            || (KeyType.RSA.equals(key.getKeyType()) && key.size() >= MIN_RSA_BITS);
    return strong && key.getKeyID() != null && !KeyUse.ENCRYPTION.equals(key.getKeyUse());
  }

  private static final class Documents extends DefaultResourceRetriever {
    Documents() {
      super(TIMEOUT_MILLIS, TIMEOUT_MILLIS, MAX_BYTES);
    }

    String get(URI uri) throws IOException {
      return retrieveResource(uri.toURL()).getContent();
    }

    @Override
    protected HttpURLConnection openHTTPConnection(URL url) throws IOException {
      HttpURLConnection connection = super.openHTTPConnection(url);
      connection.setInstanceFollowRedirects(false);
      return connection;
    }
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
