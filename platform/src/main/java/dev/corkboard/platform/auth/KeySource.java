// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.auth;

import com.nimbusds.jose.jwk.ECKey;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Finds the issuer's public keys. */
@FunctionalInterface
public interface KeySource {
  /** The key with an id, or empty; fails with UNAVAILABLE when it cannot be known. */
  CompletionStage<Optional<ECKey>> find(String keyId);
}
