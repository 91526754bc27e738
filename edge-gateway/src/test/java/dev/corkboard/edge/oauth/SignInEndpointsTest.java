// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corkboard.edge.testing.Answer;
import dev.corkboard.edge.testing.EdgeExtension;
import dev.corkboard.edge.testing.FakeOAuth;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignInEndpointsTest {
  @RegisterExtension static final EdgeExtension edge = new EdgeExtension();

  private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
  private static final Pattern HIDDEN =
      Pattern.compile("name=\"(query|proof)\" value=\"([^\"]*)\"");

  private final Map<String, String> asked =
      new TreeMap<>(
          Map.of(
              "client_id", FakeOAuth.APP,
              "redirect_uri", FakeOAuth.REDIRECT,
              "response_type", "code",
              "scope", "boards:read,pins:read",
              "state", "a b&c"));

  private String session = "";

  private static String encoded(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }

  private Answer page() {
    return edge.api("7")
        .send(edge.api("7").anonymous("/oauth/?" + encoded(asked)).header("Cookie", cookies()));
  }

  private String cookies() {
    return "other=1; corkboard_session=" + session;
  }

  private Answer post(String path, Map<String, String> form, String... headers) {
    var request =
        edge.api("7")
            .anonymous(path)
            .header("Cookie", cookies())
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(encoded(form)));
    if (headers.length > 0) request.headers(headers);
    return edge.api("7").send(request);
  }

  private static Map<String, String> hidden(Answer page) {
    Map<String, String> fields = new TreeMap<>();
    Matcher found = HIDDEN.matcher(page.text());
    while (found.find()) {
      fields.put(found.group(1), found.group(2).replace("&#x3D;", "=").replace("&amp;", "&"));
    }
    return fields;
  }

  private Answer signIn(String username, String password) {
    Map<String, String> form = hidden(page());
    form.put("username", username);
    form.put("password", password);
    Answer answer = post("/oauth/sign-in", form);
    Matcher cookie =
        Pattern.compile("corkboard_session=([^;]*)").matcher(answer.header("set-cookie"));
    if (cookie.find()) session = cookie.group(1);
    return answer;
  }

  private Answer decide(String decision, String... headers) {
    Map<String, String> form = hidden(page());
    form.put("decision", decision);
    return post("/oauth/consent", form, headers);
  }

  @Test
  void strangerIsAskedToSignInOnAPageThatCannotBeAbused() {
    Answer page = page();
    page.isOk();
    assertThat(page.header("content-type")).startsWith("text/html");
    assertThat(page.header("cache-control")).isEqualTo("no-store");
    assertThat(page.header("x-frame-options")).isEqualTo("DENY");
    assertThat(page.header("referrer-policy")).as("a form's Origin").isEqualTo("same-origin");
    assertThat(page.header("content-security-policy"))
        .contains("default-src 'none'")
        .contains("frame-ancestors 'none'")
        .doesNotContain("unsafe");
    assertThat(page.text())
        .contains("<label for=\"username\">")
        .contains("Tom &amp; Jerry &lt;b&gt;")
        .doesNotContain("<b>")
        .doesNotContain("<script");
  }

  @Test
  void personSignsInConsentsAndIsSentBackWithACode() {
    Answer signedIn = signIn(" alice ", "pass word");
    signedIn.has(303);
    assertThat(signedIn.header("location")).startsWith("/oauth/?").contains("client_id=9");
    assertThat(signedIn.header("set-cookie"))
        .containsIgnoringCase("httponly")
        .contains("SameSite=Lax")
        .contains("Secure")
        .contains("Path=/oauth");

    asked.put("code_challenge", CHALLENGE);
    asked.put("code_challenge_method", "S256");
    Answer consent = page();
    assertThat(consent.text())
        .contains("signed in as <strong>alice</strong>")
        .contains("See your Pins")
        .doesNotContain("secret boards");
    assertThat(consent.header("content-security-policy"))
        .contains("form-action 'self' https://client.example;");

    Answer allowed = decide("allow");
    allowed.has(303);
    assertThat(allowed.header("location"))
        .isEqualTo(FakeOAuth.REDIRECT + "&code=the-code&state=a+b%26c");
    var granted = edge.oauth().grants().get(edge.oauth().grants().size() - 1);
    assertThat(granted.getScopesList()).containsExactly("boards:read", "pins:read");
    assertThat(granted.getCodeChallenge()).isEqualTo(CHALLENGE);
    assertThat(granted.getSessionToken()).isEqualTo(session);
  }

  @Test
  void personMayRefuse() {
    signIn("alice", "pass word");
    int before = edge.oauth().grants().size();
    Answer denied = decide("deny");
    assertThat(denied.header("location"))
        .isEqualTo(FakeOAuth.REDIRECT + "&error=access_denied&state=a+b%26c");
    assertThat(edge.oauth().grants()).hasSize(before);
  }

  @Test
  void wrongPasswordIsSaidOnThePage() {
    Answer answer = signIn("alice", "wrong");
    answer.has(401);
    assertThat(answer.text()).contains("role=\"alert\"").contains("do not go together");
    assertThat(answer.header("set-cookie")).isEmpty();
  }

  @Test
  void anotherPersonCanSignIn() {
    signIn("alice", "pass word");
    String before = session;
    Answer out = post("/oauth/sign-out", hidden(page()));
    out.has(303);
    assertThat(out.header("set-cookie")).contains("corkboard_session=;").contains("Max-Age=0");
    assertThat(edge.oauth().sessions()).doesNotContain(before);
    assertThat(page().text()).contains("<label for=\"password\">");
  }

  @ParameterizedTest
  @CsvSource({
    "redirect_uri, https://client.example/back",
    "redirect_uri, https://evil.example/",
    "redirect_uri, ''",
    "client_id, 10",
    "client_id, ''"
  })
  void nobodyIsSentWhereTheAppDidNotRegister(String field, String value) {
    asked.put(field, value);
    Answer page = page();
    page.has(400);
    assertThat(page.header("location")).isEmpty();
    assertThat(page.text()).contains("This did not work").contains("Nothing was shared");
  }

  @ParameterizedTest
  @CsvSource({
    "response_type, token, unsupported_response_type",
    "scope, '', invalid_scope",
    "scope, 'pins:read,ads:write', invalid_scope",
    "code_challenge_method, plain, invalid_request",
    "code_challenge, short, invalid_request"
  })
  void mistakeOfTheAppIsToldToTheApp(String field, String value, String error) {
    asked.put(field, value);
    Answer page = page();
    page.has(303);
    assertThat(page.header("location"))
        .isEqualTo(FakeOAuth.REDIRECT + "&error=" + error + "&state=a+b%26c");
  }

  @Test
  void oldNamesOfParametersAreUnderstood() {
    asked.put("consumer_id", asked.remove("client_id"));
    asked.put("scope", "boards:read pins:read");
    asked.put("refreshable", "True");
    assertThat(page().isOk().text()).contains("Sign in");
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://evil.example", "null", "http://127.0.0.1"})
  void formFromAnotherSiteIsRefused(String origin) {
    signIn("alice", "pass word");
    int before = edge.oauth().grants().size();
    decide("allow", "Origin", origin).has(403);
    decide("allow", "Sec-Fetch-Site", "cross-site").has(403);
    assertThat(edge.oauth().grants()).hasSize(before);
    decide("allow", "Origin", EdgeExtension.PUBLIC_URL, "Sec-Fetch-Site", "same-origin").has(303);
  }

  @Test
  void formOfAnotherSessionIsRefused() {
    signIn("alice", "pass word");
    Map<String, String> form = hidden(page());
    form.put("decision", "allow");
    signIn("alice", "pass word");
    post("/oauth/consent", form).has(403);
    form.put("decision", "maybe");
    form.put("proof", hidden(page()).get("proof"));
    post("/oauth/consent", form).has(403);
  }

  @Test
  void sessionThatIsOverAsksToSignInAgain() {
    session = "gone";
    assertThat(page().isOk().text()).contains("<label for=\"password\">");
    Map<String, String> form = hidden(page());
    form.put("decision", "allow");
    Answer answer = post("/oauth/consent", form);
    answer.has(303);
    assertThat(answer.header("location")).startsWith("/oauth/?");
  }
}
