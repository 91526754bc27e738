// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corkboard.account.AccountConfig;
import dev.corkboard.board.BoardConfig;
import dev.corkboard.edge.EdgeConfig;
import dev.corkboard.pin.PinConfig;
import dev.corkboard.platform.config.ConfigException;
import dev.corkboard.platform.config.Env;
import dev.corkboard.platform.config.OidcConfig;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SettingsTest {
  private final Addresses addresses = Addresses.free(OptionalInt.empty());

  @Test
  void everyServiceFindsItsPortItsKeyAndThoseItCalls() {
    Env env = Env.of(settings(Map.of()));
    AccountConfig account = AccountConfig.fromEnv(env);
    BoardConfig board = BoardConfig.fromEnv(env);
    PinConfig pin = PinConfig.fromEnv(env);
    EdgeConfig edge = EdgeConfig.fromEnv(env);

    assertThat(account.service().grpcPort()).isEqualTo(addresses.ports().get(Service.ACCOUNT));
    assertThat(account.service().keyFile()).isEqualTo(Path.of("/data/keys/account.jwk"));
    assertThat(account.service().redisUri()).isEqualTo("redis://127.0.0.1:2");
    assertThat(account.cassandra().contactPoints())
        .extracting(InetSocketAddress::getPort)
        .containsExactly(1);
    assertThat(board.service().adminPort()).isEqualTo(addresses.adminPorts().get(Service.BOARD));
    assertThat(board.accountUri()).isEqualTo(addresses.of(Service.ACCOUNT));
    assertThat(pin.boardUri()).isEqualTo(addresses.of(Service.BOARD));
    assertThat(pin.cassandra().localDatacenter()).isEqualTo("dc");
    assertThat(edge.port()).isEqualTo(addresses.ports().get(Service.EDGE));
    assertThat(edge.adminPort()).isEqualTo(addresses.adminPorts().get(Service.EDGE));
    assertThat(edge.pinUri()).isEqualTo(addresses.of(Service.PIN));
    assertThat(edge.redisUri()).isEqualTo("redis://127.0.0.1:2");
    assertThat(edge.publicUrl()).isEqualTo(addresses.edgeUrl());
    assertThat(edge.serviceKeyFile()).isEqualTo(Path.of("/data/keys/edge.jwk"));
  }

  @Test
  void whatTheEnvironmentSaysElseReachesTheServices() {
    Map<String, String> settings =
        settings(Map.of("BOARD_KEYSPACE", "other", "PUBLIC_URL", "https://pins.example"));
    assertThat(BoardConfig.fromEnv(Env.of(settings)).cassandra().keyspace()).isEqualTo("other");
    assertThat(settings).containsEntry("PUBLIC_URL", "https://pins.example");
  }

  @Test
  void anExternalIssuerReachesThoseWhoAskForIt() {
    Env env =
        Env.of(
            settings(
                Map.of(
                    "OIDC_ISSUER", "https://issuer.example",
                    "OIDC_AUDIENCE", "pins",
                    "OIDC_USERNAME_CLAIM", "nickname",
                    "OIDC_DEFAULT_SCOPES", "pins:read boards:read")));
    OidcConfig expected =
        new OidcConfig(
            "https://issuer.example", "pins", "nickname", Set.of("pins:read", "boards:read"));
    assertThat(AccountConfig.fromEnv(env).oidc()).contains(expected);
    assertThat(EdgeConfig.fromEnv(env).oidc()).contains(expected);
  }

  @Test
  void aDefaultScopeThatNobodyKnowsIsNamed() {
    Map<String, String> settings =
        settings(
            Map.of(
                "OIDC_ISSUER", "https://issuer.example",
                "OIDC_AUDIENCE", "pins",
                "OIDC_DEFAULT_SCOPES", "pins:read admin"));
    assertThatThrownBy(() -> AccountConfig.fromEnv(Env.of(settings)))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("OIDC_DEFAULT_SCOPES: admin pins:read (expected: some of boards:");
  }

  private Map<String, String> settings(Map<String, String> given) {
    return Settings.of(
        given,
        addresses,
        "127.0.0.1:1",
        "dc",
        "redis://127.0.0.1:2",
        Path.of("/data/keys"),
        Path.of("/data/media"));
  }
}
