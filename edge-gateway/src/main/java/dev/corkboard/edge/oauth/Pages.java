// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.oauth;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/** The pages a person sees. They load nothing, run nothing, and cannot be framed. */
final class Pages {
  private static final String STYLE = text("style.css").strip();
  private static final String STYLE_SOURCE = "'sha256-" + sha256(STYLE) + "'";

  private static final Template LAYOUT = template("layout.html");
  private static final Template SIGN_IN = template("sign-in.html");
  private static final Template CONSENT = template("consent.html");
  private static final Template PROBLEM = template("problem.html");

  private Pages() {}

  private static Template template(String name) {
    // Values are escaped for HTML; one that is missing is a mistake of ours.
    return Mustache.compiler().escapeHTML(true).compile(text(name));
  }

  private static String text(String name) {
    try (InputStream in = Pages.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String sha256(String content) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this JVM lacks SHA-256", e);
    }
  }

  /** Asks for username and password; {@code problem} says what was wrong with the last, if any. */
  static HttpResponse signIn(
      HttpStatus status, AuthorizationRequest request, String appName, String problem) {
    Map<String, Object> values = new HashMap<>();
    values.put("app", appName);
    values.put("query", request.query());
    values.put("problem", problem);
    values.put("hasProblem", !problem.isEmpty());
    return page(status, "Sign in", SIGN_IN.execute(values), "");
  }

  /** Asks whether the app may. */
  static HttpResponse consent(
      AuthorizationRequest request, String appName, String username, String proof) {
    Map<String, Object> values = new HashMap<>();
    values.put("app", appName);
    values.put("username", username);
    values.put("permissions", Scopes.meanings(request.scopes()));
    values.put("query", request.query());
    values.put("proof", proof);
    return page(
        HttpStatus.OK, "Allow " + appName + "?", CONSENT.execute(values), request.redirectUri());
  }

  /** Says why it cannot go on. */
  static HttpResponse problem(HttpStatus status, String message) {
    return page(status, "This did not work", PROBLEM.execute(Map.of("message", message)), "");
  }

  /**
   * A whole page.
   *
   * @param leadsTo where its form may lead in the end, beside the edge itself
   */
  private static HttpResponse page(
      HttpStatus status, String title, String content, String leadsTo) {
    String html = LAYOUT.execute(Map.of("title", title, "style", STYLE, "content", content));
    ResponseHeaders headers =
        ResponseHeaders.builder(status)
            .contentType(MediaType.HTML_UTF_8)
            .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
            // With no-referrer browsers say that a form comes from "null": nobody could sign in.
            .set(HttpHeaderNames.REFERRER_POLICY, "same-origin")
            .set(HttpHeaderNames.X_FRAME_OPTIONS, "DENY")
            .set(
                HttpHeaderNames.CONTENT_SECURITY_POLICY,
                "default-src 'none'; style-src "
                    + STYLE_SOURCE
                    + "; form-action 'self'"
                    + origin(leadsTo)
                    + "; frame-ancestors 'none'; base-uri 'none'")
            .build();
    return HttpResponse.of(headers, HttpData.ofUtf8(html));
  }

  /** Browsers hold the redirect after a form to the policy of the page it was on. */
  private static String origin(String url) {
    if (url.isEmpty()) return "";
    java.net.URI uri = java.net.URI.create(url);
    return " " + uri.getScheme() + "://" + uri.getRawAuthority();
  }
}
