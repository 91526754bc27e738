// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.spi.JoranException;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** Where a process logs. */
final class Logs {
  private static final String CONFIGURATION = "dev/corkboard/deploy/logback-file.xml";

  /** Names the file to write in the configuration. */
  private static final String FILE = "corkboard.log";

  private Logs() {}

  /** Nothing is logged until {@link #toFile}: the terminal is for people. */
  static void silence() {
    context().reset();
  }

  /** Sends the log of this process to a file. */
  static void toFile(Path file) {
    LoggerContext context = context();
    context.reset();
    context.putProperty(FILE, file.toString());
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    try {
      configurator.doConfigure(Logs.class.getClassLoader().getResource(CONFIGURATION));
    } catch (JoranException e) {
      throw new IllegalStateException(e);
    }
    captureJavaUtilLogging();
  }

  private static LoggerContext context() {
    return (LoggerContext) LoggerFactory.getILoggerFactory();
  }

  /** The same for a JVM that is yet to start, which calls {@link #captureJavaUtilLogging()}. */
  static List<String> flags(Path file) {
    return List.of("-Dlogback.configurationFile=" + CONFIGURATION, "-D" + FILE + "=" + file);
  }

  /** gRPC logs through java.util.logging, which would write to the terminal. */
  static void captureJavaUtilLogging() {
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
  }
}
