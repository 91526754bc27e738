// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy;

import dev.corkboard.platform.config.Env;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;

/** Asks a service on this machine's admin port whether it is ready; an image has no curl. */
final class ReadyProbe {
  private static final int PATIENCE_MILLIS = 2_000;

  private ReadyProbe() {}

  /** False too when nobody answers within two seconds. */
  static boolean isReady(Service service, Env env) {
    int port = env.port(service.adminPortSetting(), service.defaultAdminPort());
    URI readyz = URI.create("http://127.0.0.1:" + port + "/readyz");
    try {
      HttpURLConnection connection = (HttpURLConnection) readyz.toURL().openConnection();
      connection.setConnectTimeout(PATIENCE_MILLIS);
      connection.setReadTimeout(PATIENCE_MILLIS);
      return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
    } catch (IOException away) {
      return false;
    }
  }
}
