// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy;

import dev.corkboard.platform.config.TlsConfig;
import dev.corkboard.platform.server.Resources;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Starts everything, waits until told to stop, stops everything; {@code help.txt} says how. */
@Command
final class RunCommand implements Callable<Integer> {
  private static final Logger log = LoggerFactory.getLogger(RunCommand.class);

  private final Map<String, String> environment;

  @Spec private CommandSpec spec;

  @Option(names = "--port")
  private Integer port;

  @Option(names = "--data")
  private Path data;

  @Option(names = "--ephemeral")
  private boolean ephemeral;

  @Option(names = "--demo")
  private boolean demo;

  @Option(names = "--processes")
  private boolean processes;

  @Option(names = "--tls")
  private boolean tls;

  @Option(names = "--traces")
  private boolean traces;

  @Option(
      names = {"-h", "--help"},
      help = true)
  private boolean help;

  RunCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    if (help) {
      out.print(helpText());
      out.flush();
      return 0;
    }
    RunOptions options = options();
    Logs.silence();
    StopSignal stop = StopSignal.install();
    Progress progress = new Progress(out);
    Resources resources = new Resources();
    try {
      return run(new LocalSuite(options, environment, progress, stop), resources, stop);
    } finally {
      stop.stopping();
      stop(resources, progress);
      stop.finished();
    }
  }

  private int run(LocalSuite suite, Resources resources, StopSignal stop) {
    try {
      suite.start(resources);
      stop.await();
    } catch (RuntimeException | Error e) {
      // An Error must not leave the JVM running without this thread.
      if (!stop.isSignalled()) {
        log.atError().setCause(e).log("start failed");
        return complain(Main.message(e));
      }
    }
    return stop.failure().map(this::complain).orElse(0);
  }

  static String helpText() {
    try (InputStream in = RunCommand.class.getResourceAsStream("help.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What was asked for. */
  RunOptions options() {
    if (port != null && (port < 0 || port > 65_535)) {
      throw new ParameterException(spec.commandLine(), "--port: " + port + " (expected: 0-65535)");
    }
    if (ephemeral) {
      // A cache of two copies would answer the one with what the other wrote.
      requireUnset("CASSANDRA_CONTACT_POINTS", "--ephemeral starts a Cassandra of its own");
      requireUnset("REDIS_URI", "--ephemeral starts a Redis of its own");
    }
    if (tls) requireUnset(TlsConfig.CERT_FILE, "--tls makes certificates");
    if (demo) requireUnset("OIDC_ISSUER", "--demo makes accounts that sign in here");
    return new RunOptions(
        port == null ? OptionalInt.empty() : OptionalInt.of(port),
        Optional.ofNullable(data),
        ephemeral,
        demo,
        processes,
        tls,
        traces);
  }

  private void requireUnset(String name, String because) {
    if (!environment.getOrDefault(name, "").isEmpty()) {
      throw new ParameterException(spec.commandLine(), because + ": unset " + name);
    }
  }

  private static void stop(Resources resources, Progress progress) {
    if (progress.hasBegun()) {
      progress.step("Stop", resources::close);
    } else {
      resources.close();
    }
  }

  private int complain(String reason) {
    PrintWriter err = spec.commandLine().getErr();
    err.println("corkboard: " + reason);
    err.flush();
    return 1;
  }
}
