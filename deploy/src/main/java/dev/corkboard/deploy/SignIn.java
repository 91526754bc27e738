// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy;

import dev.corkboard.account.v1.Account;
import java.math.BigInteger;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;

/**
 * An app, and a password of the demo accounts, to try OAuth with. They are kept with the keys: the
 * secret of an app can be read once only.
 */
record SignIn(String clientId, String clientSecret, String password) {
  /** Where the quickstarts of the original API listen. */
  static final String REDIRECT_URI = "http://localhost:8085/";

  private static final String FILE = "sign-in.json";
  private static final int PASSWORD_BITS = 80;

  /** What an earlier run made, or a new app of the first account and a new password of all. */
  static SignIn open(Path keys, Operator operator, List<Account> accounts) {
    Path file = keys.resolve(FILE);
    if (Files.exists(file)) {
      SignIn known = PrivateJson.read(file, SignIn.class);
      if (operator.hasApp(known.clientId())) return known;
    }
    String password = new BigInteger(PASSWORD_BITS, new SecureRandom()).toString(32) + "-demo";
    var made = operator.createApp("Corkboard demo", REDIRECT_URI, accounts.get(0));
    SignIn signIn = new SignIn(made.getApp().getId(), made.getClientSecret(), password);
    for (Account account : accounts) operator.setPassword(account, password);
    PrivateJson.write(file, signIn);
    return signIn;
  }

  /** The page that asks a person to let the app in. */
  String page(String edgeUrl) {
    return edgeUrl
        + "/oauth/?client_id="
        + clientId
        + "&redirect_uri="
        + URLEncoder.encode(REDIRECT_URI, StandardCharsets.UTF_8)
        + "&response_type=code&scope=boards:read,pins:read&state=demo";
  }
}
