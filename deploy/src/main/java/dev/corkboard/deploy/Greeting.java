// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy;

import dev.corkboard.platform.config.OidcConfig;

/** What is printed when everything is ready: the URL, and what to call it with. */
final class Greeting {
  /** A picture of 40 x 30 pixels, as PNG in base64. */
  private static final String PICTURE =
      "iVBORw0KGgoAAAANSUhEUgAAACgAAAAeCAMAAABpA6zvAAAABlBMVEXGKCj/8+DX4sOZAAAAH0lE"
          + "QVR42mNggANGOMAvNqqQPgpHA2WwKhwNqEGqEACimQJZDZM94QAAAABJRU5ErkJggg==";

  private Greeting() {}

  static String text(String url, Operator.Token token, SignIn signIn, long startNanos) {
    String head = " -H 'Authorization: Bearer " + token.text() + "'";
    String json = head + " -H 'Content-Type: application/json'";
    return """

        Ready in %.1f s: %s

        Token of the account demo, good until %s:

        %s

        Three commands to paste, in this order: make a board, put a Pin on it, list its Pins.

        %s

        %s

        %s

        The API, to read and to try: %s/docs

        OAuth: app %s, secret %s. Sign in as demo with the password %s:

        %s

        Ctrl-C stops everything.
        """
        .formatted(
            startNanos / 1e9,
            url,
            token.expires(),
            token.text(),
            createBoard(url, json),
            createPin(url, json),
            "curl -s -w '\\n' " + url + "/v5/boards/$BOARD/pins" + head,
            url,
            signIn.clientId(),
            signIn.clientSecret(),
            signIn.password(),
            signIn.page(url));
  }

  /** Where an external issuer signs people in. */
  static String text(String url, OidcConfig oidc, long startNanos) {
    return """

        Ready in %.1f s: %s

        Sign-in is at %s. Send its access tokens for the audience %s:

        curl -s -w '\\n' %s/v5/user_account -H "Authorization: Bearer $TOKEN"

        The API, to read and to try: %s/docs

        Ctrl-C stops everything.
        """
        .formatted(startNanos / 1e9, url, oidc.issuer(), oidc.audience(), url, url);
  }

  /** Named after the time, because an account has one board of a name; shows the answer too. */
  private static String createBoard(String url, String headers) {
    return "BOARD=$(curl -s -w '\\n' "
        + url
        + "/v5/boards"
        + headers
        + " -d '{\"name\":\"First board '$(date +%s)'\"}'"
        + " | tee /dev/stderr | sed 's/.*\"id\": *\"\\([0-9]*\\)\".*/\\1/')";
  }

  private static String createPin(String url, String headers) {
    return "curl -s -w '\\n' "
        + url
        + "/v5/pins"
        + headers
        + " -d '{\"board_id\":\"'$BOARD'\",\"title\":\"First Pin\",\"media_source\":"
        + "{\"source_type\":\"image_base64\",\"content_type\":\"image/png\",\"data\":\""
        + PICTURE
        + "\"}}'";
  }
}
