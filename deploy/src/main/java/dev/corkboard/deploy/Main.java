// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy;

import java.io.UncheckedIOException;
import java.security.Security;
import java.util.Map;
import java.util.concurrent.CompletionException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The commands: {@code run}, one service, {@code database}, {@code keys}, {@code trace}. */
@Command(name = "corkboard")
public final class Main {
  private Main() {}

  /** How many seconds an address counts that was found for a name; gRPC and the JDK read it. */
  private static final String ADDRESS_LIFE = "5";

  public static void main(String[] args) {
    System.setProperty("networkaddress.cache.ttl", ADDRESS_LIFE);
    Security.setProperty("networkaddress.cache.ttl", ADDRESS_LIFE);
    Security.setProperty("networkaddress.cache.negative.ttl", "1");
    System.exit(commandLine(System.getenv()).execute(args));
  }

  static CommandLine commandLine(Map<String, String> environment) {
    CommandLine commands = new CommandLine(new Main());
    commands.addSubcommand("run", new RunCommand(environment));
    commands.addSubcommand("trace", new TraceCommand(environment));
    for (Service service : Service.values()) {
      commands.addSubcommand(
          service.process(), new ServiceCommand(service, environment), service.id());
    }
    commands.addSubcommand("database", new DatabaseCommand(environment));
    commands.addSubcommand("keys", new KeysCommand());
    commands.setParameterExceptionHandler(
        (problem, args) -> complain(problem.getCommandLine(), problem.getMessage(), 2));
    commands.setExecutionExceptionHandler(
        (failure, command, parsed) -> complain(command, message(failure), 1));
    return commands;
  }

  /** The one line that says why. */
  static String message(Throwable failure) {
    Throwable cause = failure;
    while ((cause instanceof CompletionException
            || (cause instanceof UncheckedIOException && cause.getMessage() == null))
        && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.getMessage() == null ? cause.toString() : cause.getMessage();
  }

  private static int complain(CommandLine command, String message, int exitCode) {
    command.getErr().println("corkboard: " + message);
    command.getErr().flush();
    return exitCode;
  }
}
