// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.account;

import com.nimbusds.jose.jwk.ECKey;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Keeps the private keys that sign access tokens. */
interface SigningKeyStore {
  /** All keys, newest first; the first one signs. */
  CompletionStage<List<ECKey>> list();

  /**
   * Adds the first key, unless there is one: processes that start together all end with the same.
   * The key carries its id and its issue time.
   */
  CompletionStage<Void> addFirst(ECKey key);
}
