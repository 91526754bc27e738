// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.oauth;

import com.google.protobuf.ByteString;
import dev.corkboard.oauth.v1.App;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Keeps apps with the hashes of their secrets. Stages fail with {@code ApiException}s. */
interface AppStore {
  /** An app, and the SHA-256 hash of its secret. */
  record StoredApp(App app, ByteString secretHash) {}

  /** Adds an app under a new id. */
  CompletionStage<Void> create(StoredApp app);

  CompletionStage<Optional<StoredApp>> get(String appId);

  /** Answers whether it was there. */
  CompletionStage<Boolean> delete(String appId);
}
