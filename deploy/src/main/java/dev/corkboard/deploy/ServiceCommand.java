// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy;

import dev.corkboard.platform.config.Env;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Runs one service, set up by the environment alone, until it is told to stop. */
@Command
final class ServiceCommand implements Callable<Integer> {
  private final Service service;
  private final Map<String, String> environment;

  ServiceCommand(Service service, Map<String, String> environment) {
    this.service = service;
    this.environment = environment;
  }

  @Override
  public Integer call() throws Exception {
    StopSignal stop = StopSignal.install();
    try (AutoCloseable running = service.start(Env.of(environment))) {
      Logs.captureJavaUtilLogging();
      stop.await();
      stop.stopping();
    } finally {
      stop.finished();
    }
    return 0;
  }
}
