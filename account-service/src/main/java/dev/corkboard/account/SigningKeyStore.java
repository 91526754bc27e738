// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.account;

import com.nimbusds.jose.jwk.ECKey;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Keeps the private keys that sign access tokens. */
interface SigningKeyStore {
  /** All keys there ever were, newest first. */
  CompletionStage<List<ECKey>> list();

  /**
   * Adds a key of the next generation, unless there is one: processes that do it together all end
   * with the same. The key carries its id and its issue time.
   *
   * @param generation one more than there are keys
   */
  CompletionStage<Void> add(ECKey key, int generation);
}
