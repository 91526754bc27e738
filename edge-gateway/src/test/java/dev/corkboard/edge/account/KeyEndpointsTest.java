// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWKSet;
import dev.corkboard.edge.testing.Answer;
import dev.corkboard.edge.testing.Api;
import dev.corkboard.edge.testing.EdgeExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class KeyEndpointsTest {
  @RegisterExtension static final EdgeExtension edge = new EdgeExtension();

  @Test
  void publishesThePublicKeysThatVerifyTokens() throws Exception {
    Api api = edge.api("7");
    Answer answer = api.send(api.anonymous("/.well-known/jwks.json").GET()).isOk();
    JWKSet keys = JWKSet.parse(answer.text());
    assertThat(keys.getKeys()).singleElement().isEqualTo(edge.tokens().issuerKey().toPublicJWK());
    assertThat(keys.getKeys().get(0).isPrivate()).isFalse();
    assertThat(answer.header("cache-control")).isEqualTo("public, max-age=60");
  }
}
