// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.pin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.pin.v1.GetPinRequest;
import dev.corkboard.pin.v1.PinServiceGrpc;
import dev.corkboard.platform.auth.ServiceIdentity;
import dev.corkboard.platform.config.Env;
import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.server.RunningProcess;
import dev.corkboard.stores.TestStores;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The process whole, started from its environment alone while the services below it are down. */
class PinServerIT {
  @TempDir Path folder;

  private RunningProcess server;
  private ManagedChannel channel;

  @BeforeEach
  void start() {
    ServiceIdentity.generate(folder, List.of("account", "board", "pin", "edge"));
    Map<String, String> env = new HashMap<>();
    env.put("PIN_GRPC_PORT", "0");
    env.put("PIN_ADMIN_PORT", "0");
    env.put("PIN_KEYSPACE", "corkboard_pin_server_it");
    env.put("PIN_KEY_FILE", ServiceIdentity.keyFile(folder, "pin").toString());
    env.put("SERVICE_JWKS_FILE", ServiceIdentity.jwksFile(folder).toString());
    env.put("MEDIA_DIR", folder.resolve("media").toString());
    env.put("CASSANDRA_CONTACT_POINTS", TestStores.cassandra().contactPoints());
    env.put("REDIS_URI", TestStores.redis());
    env.put("ACCOUNT_URI", "127.0.0.1:1");
    env.put("BOARD_URI", "127.0.0.1:1");
    server = PinServer.start(PinConfig.fromEnv(Env.of(env)));
    channel =
        Grpc.newChannelBuilder("127.0.0.1:" + server.port(), InsecureChannelCredentials.create())
            .build();
  }

  @AfterEach
  void stop() {
    channel.shutdownNow();
    server.close();
  }

  @Test
  void servesHealthAndMetricsAndRefusesStrangers() throws Exception {
    for (String service :
        List.of("corkboard.pin.v1.PinService", "corkboard.media.v1.MediaService")) {
      assertThat(
              HealthGrpc.newBlockingStub(channel)
                  .check(HealthCheckRequest.newBuilder().setService(service).build())
                  .getStatus())
          .isEqualTo(ServingStatus.SERVING);
    }
    assertThatThrownBy(
            () ->
                PinServiceGrpc.newBlockingStub(channel)
                    .getPin(GetPinRequest.newBuilder().setPinId("1").build()))
        .satisfies(
            e ->
                assertThat(ApiException.from(e).reason())
                    .isEqualTo(ErrorReason.ERROR_REASON_UNAUTHENTICATED));
    HttpResponse<String> metrics =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + server.adminPort() + "/metrics"))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    assertThat(metrics.body())
        .contains("corkboard_reconciler_mismatches")
        .contains("corkboard_cassandra_statement_seconds");
  }
}
