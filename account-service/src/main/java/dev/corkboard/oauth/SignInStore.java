// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.oauth;

import com.google.protobuf.ByteString;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Keeps the hashes of passwords, and who is signed in. Stages fail with {@code ApiException}s. */
interface SignInStore {
  CompletionStage<Void> setPassword(String accountId, String passwordHash);

  CompletionStage<Optional<String>> passwordHash(String accountId);

  /** Remembers a session for 14 days by the SHA-256 hash of its token. */
  CompletionStage<Void> addSession(ByteString tokenHash, String accountId);

  /** The account of a session. */
  CompletionStage<Optional<String>> session(ByteString tokenHash);

  CompletionStage<Void> removeSession(ByteString tokenHash);
}
