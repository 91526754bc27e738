// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.oauth;

import dev.corkboard.oauth.AppStore.StoredApp;
import dev.corkboard.oauth.v1.App;
import dev.corkboard.platform.error.ApiException;
import java.util.concurrent.CompletionStage;

/** Authenticates apps by id and secret. */
final class Clients {
  private final AppStore apps;

  Clients(AppStore apps) {
    this.apps = apps;
  }

  /** The app; fails with CREDENTIALS_INVALID without saying whether id or secret is wrong. */
  CompletionStage<App> authenticate(String clientId, String clientSecret) {
    return apps.get(clientId)
        .thenApply(
            found ->
                found
                    .filter(app -> Secrets.same(app.secretHash(), Secrets.hash(clientSecret)))
                    .map(StoredApp::app)
                    .orElseThrow(ApiException::invalidCredentials));
  }
}
