// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy;

import dev.corkboard.platform.config.Env;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs one service, set up by the environment alone, until it is told to stop. */
@Command
final class ServiceCommand implements Callable<Integer> {
  private final Service service;
  private final Map<String, String> environment;

  @ArgGroup private Instead instead = new Instead();

  /** What can be asked for in place of running the service. */
  private static final class Instead {
    @Option(
        names = "--is-ready",
        description = "Ask the one that runs here whether it is ready; ends with 1 if not.")
    private boolean isReady;

    @Option(names = "--prepare", description = "Create what is missing in the database, and end.")
    private boolean prepare;
  }

  ServiceCommand(Service service, Map<String, String> environment) {
    this.service = service;
    this.environment = environment;
  }

  @Override
  public Integer call() throws Exception {
    Env env = Env.of(environment);
    if (instead.isReady) return ReadyProbe.isReady(service, env) ? 0 : 1;
    if (instead.prepare) {
      service.start(env).close();
      return 0;
    }
    StopSignal stop = StopSignal.install();
    try (AutoCloseable running = service.start(env)) {
      Logs.captureJavaUtilLogging();
      stop.await();
      stop.stopping();
    } finally {
      stop.finished();
    }
    return 0;
  }
}
