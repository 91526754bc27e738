// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy;

import dev.corkboard.account.AccountConfig;
import dev.corkboard.account.AccountServer;
import dev.corkboard.board.BoardConfig;
import dev.corkboard.board.BoardServer;
import dev.corkboard.collage.CollageConfig;
import dev.corkboard.collage.CollageServer;
import dev.corkboard.edge.EdgeConfig;
import dev.corkboard.edge.EdgeServer;
import dev.corkboard.pin.PinConfig;
import dev.corkboard.pin.PinServer;
import dev.corkboard.platform.cassandra.CassandraConfig;
import dev.corkboard.platform.config.Env;
import java.util.Locale;
import java.util.Optional;

/** The services, each after those it calls. */
public enum Service {
  ACCOUNT("ACCOUNT_GRPC_PORT", 9001, 9101, 96),
  BOARD("BOARD_GRPC_PORT", 9002, 9102, 160),
  PIN("PIN_GRPC_PORT", 9003, 9103, 640),
  COLLAGE("COLLAGE_GRPC_PORT", 9004, 9104, 640),
  EDGE("EDGE_PORT", 8080, 8180, 256);

  private final String portSetting;
  private final int defaultPort;
  private final int defaultAdminPort;
  private final int heapMegabytes;

  Service(String portSetting, int defaultPort, int defaultAdminPort, int heapMegabytes) {
    this.portSetting = portSetting;
    this.defaultPort = defaultPort;
    this.defaultAdminPort = defaultAdminPort;
    this.heapMegabytes = heapMegabytes;
  }

  /** What the service is called: its key, its log, and its command for short. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What the process is called: its command. */
  String process() {
    return id() + (this == EDGE ? "-gateway" : "-service");
  }

  String portSetting() {
    return portSetting;
  }

  int defaultPort() {
    return defaultPort;
  }

  String adminPortSetting() {
    return name() + "_ADMIN_PORT";
  }

  int defaultAdminPort() {
    return defaultAdminPort;
  }

  /**
   * Largest heap of the service as a process of its own. A picture of 50 megapixels takes 200 MB
   * while it is decoded; a drawing of 40 megapixels 480 MB; a request body may hold 32 MiB of
   * pictures.
   */
  int heapMegabytes() {
    return heapMegabytes;
  }

  /** Starts the service in this JVM; returns when it serves. */
  AutoCloseable start(Env env) {
    return switch (this) {
      case ACCOUNT -> AccountServer.start(AccountConfig.fromEnv(env));
      case BOARD -> BoardServer.start(BoardConfig.fromEnv(env));
      case PIN -> PinServer.start(PinConfig.fromEnv(env));
      case COLLAGE -> CollageServer.start(CollageConfig.fromEnv(env));
      case EDGE -> EdgeServer.start(EdgeConfig.fromEnv(env));
    };
  }

  /** Where the service keeps its data; empty when it keeps none. */
  Optional<CassandraConfig> cassandra(Env env) {
    return switch (this) {
      case ACCOUNT -> Optional.of(AccountConfig.fromEnv(env).cassandra());
      case BOARD -> Optional.of(BoardConfig.fromEnv(env).cassandra());
      case PIN -> Optional.of(PinConfig.fromEnv(env).cassandra());
      case COLLAGE -> Optional.of(CollageConfig.fromEnv(env).cassandra());
      case EDGE -> Optional.empty();
    };
  }
}
