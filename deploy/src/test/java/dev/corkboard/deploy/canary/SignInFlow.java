// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy.canary;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A person signs in and lets an app in, as a browser and the app do it; every secret is planted.
 */
final class SignInFlow {
  private static final String REDIRECT = "http://localhost:8085/";
  private static final Pattern HIDDEN =
      Pattern.compile("<input type=\"hidden\" name=\"([a-z]+)\" value=\"([^\"]*)\">");
  private static final Pattern SESSION = Pattern.compile("corkboard_session=([^;]+)");
  private static final Pattern CODE = Pattern.compile("[?&]code=([^&]+)");

  private final Calls calls;
  private final Canaries canaries;
  private final String clientId;
  private final String secret;
  private final Map<String, String> asked = new LinkedHashMap<>();
  private String cookie = "none=1";

  SignInFlow(Calls calls, Canaries canaries, JsonNode client) {
    this.calls = calls;
    this.canaries = canaries;
    clientId = client.get("id").textValue();
    secret = canaries.add("client secret", client.get("secret").textValue());
    asked.put("client_id", clientId);
    asked.put("redirect_uri", REDIRECT);
    asked.put("response_type", "code");
    asked.put("scope", "boards:read,pins:read");
    asked.put("state", "what the app gets back");
  }

  private HttpResponse<String> page() {
    return calls.send("GET", "/oauth/?" + Calls.encoded(asked), null, "cookie", cookie);
  }

  private Map<String, String> hidden() {
    Map<String, String> fields = new TreeMap<>();
    Matcher found = HIDDEN.matcher(page().body());
    while (found.find()) {
      fields.put(found.group(1), found.group(2).replace("&#x3D;", "=").replace("&amp;", "&"));
    }
    return fields;
  }

  void run(String username, String password) {
    Map<String, String> wrong = hidden();
    wrong.put("username", canaries.plant("unknown username") + "@mail.example");
    wrong.put("password", canaries.plant("wrong password"));
    assertThat(calls.form("/oauth/sign-in", wrong, "cookie", cookie).statusCode()).isEqualTo(401);

    Map<String, String> right = hidden();
    right.put("username", username);
    right.put("password", canaries.add("password", password));
    HttpResponse<String> signedIn = calls.form("/oauth/sign-in", right, "cookie", cookie);
    String session = first(SESSION, signedIn.headers().firstValue("set-cookie").orElse(""));
    cookie = "corkboard_session=" + canaries.add("session", session);

    Map<String, String> consent = hidden();
    consent.put("decision", "allow");
    HttpResponse<String> allowed = calls.form("/oauth/consent", consent, "cookie", cookie);
    String code = first(CODE, allowed.headers().firstValue("location").orElse(""));
    tokens(canaries.add("code", code));
  }

  private void tokens(String code) {
    Map<String, String> redeem =
        Map.of("grant_type", "authorization_code", "code", code, "redirect_uri", REDIRECT);
    HttpResponse<String> answer = token(redeem);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    JsonNode tokens = Calls.read(answer.body());
    String refresh = canaries.add("refresh token", tokens.get("refresh_token").textValue());
    String access = canaries.add("OAuth token", tokens.get("access_token").textValue());
    assertThat(
            token(
                    Map.of(
                        "grant_type", "refresh_token",
                        "refresh_token", refresh,
                        "refresh_on", "true"))
                .statusCode())
        .isEqualTo(200);
    String bad = canaries.plant("bad refresh token");
    assertThat(token(Map.of("grant_type", "refresh_token", "refresh_token", bad)).statusCode())
        .isBetween(400, 499);
    calls.as(access, 200, "GET", "/v5/boards", null);
    assertThat(
            calls
                .form("/v5/oauth/token/revoke", Map.of("token", access), "authorization", basic())
                .statusCode())
        .isEqualTo(200);
    // Last: a code that is used twice takes all that came of it with it.
    assertThat(token(redeem).statusCode()).isEqualTo(400);
  }

  private HttpResponse<String> token(Map<String, String> form) {
    return calls.form("/v5/oauth/token", form, "authorization", basic());
  }

  private String basic() {
    String pair = clientId + ":" + secret;
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  private static String first(Pattern pattern, String text) {
    Matcher found = pattern.matcher(text);
    assertThat(found.find()).as(text).isTrue();
    return found.group(1);
  }
}
