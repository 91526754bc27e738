// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.oauth;

import com.linecorp.armeria.common.QueryParams;
import dev.corkboard.oauth.v1.App;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What an app asks a person for (RFC 6749, section 4.1.1): as the contract's clients send it, with
 * {@code client_id} or {@code consumer_id} and scopes between commas or spaces.
 *
 * @param query the query as it came, to go on with after signing in
 */
record AuthorizationRequest(
    String clientId,
    String redirectUri,
    String responseType,
    List<String> scopes,
    String state,
    String codeChallenge,
    String codeChallengeMethod,
    String query) {
  private static final int MAX_QUERY = 8_000;
  private static final Pattern CHALLENGE = Pattern.compile("[A-Za-z0-9_-]{43}");

  /** Reads a query; what is missing is empty. */
  static AuthorizationRequest of(String query) {
    QueryParams params =
        query == null || query.length() > MAX_QUERY
            ? QueryParams.of()
            : QueryParams.fromQueryString(query);
    String clientId = params.get("client_id", params.get("consumer_id", ""));
    return new AuthorizationRequest(
        clientId,
        params.get("redirect_uri", ""),
        params.get("response_type", "code"),
        Form.scopes(params.get("scope", "")).stream().distinct().toList(),
        params.get("state", ""),
        params.get("code_challenge", ""),
        params.get("code_challenge_method", ""),
        params.toQueryString());
  }

  /** Why the person may not be sent back to the app at all. */
  Optional<String> untrusted(App app) {
    return app.getRedirectUrisList().contains(redirectUri)
        ? Optional.empty()
        : Optional.of("The address to return to is not one that the app has registered.");
  }

  /** The error code to send back to the app (RFC 6749, section 4.1.2.1). */
  Optional<String> error() {
    if (!responseType.equals("code")) return Optional.of("unsupported_response_type");
    if (scopes.isEmpty() || !Scopes.areKnown(scopes)) return Optional.of("invalid_scope");
    boolean challenged = !codeChallenge.isEmpty() || !codeChallengeMethod.isEmpty();
    if (challenged
        && !(codeChallengeMethod.equals("S256") && CHALLENGE.matcher(codeChallenge).matches())) {
      return Optional.of("invalid_request");
    }
    return Optional.empty();
  }

  /** Where the person goes with an answer for the app. */
  String answer(String name, String value) {
    List<String> pairs = new ArrayList<>();
    QueryParams answer =
        state.isEmpty() ? QueryParams.of(name, value) : QueryParams.of(name, value, "state", state);
    pairs.add(answer.toQueryString());
    return redirectUri + (redirectUri.contains("?") ? "&" : "?") + String.join("&", pairs);
  }

  /** The page this is asked on. */
  String page() {
    return "/oauth/?" + query;
  }
}
