// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

class RunCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void withoutOptionsTheDataIsKeptAndThePortsAreTheFixedOnes() {
    RunOptions options = options();
    assertThat(options)
        .isEqualTo(
            new RunOptions(
                OptionalInt.empty(), Optional.empty(), false, false, false, false, false));
    assertThat(options.freePorts()).isFalse();
  }

  @Test
  void everyOptionIsUnderstood() {
    assertThat(
            options(
                "--port",
                "0",
                "--data",
                "x/y",
                "--ephemeral",
                "--demo",
                "--processes",
                "--tls",
                "--traces"))
        .isEqualTo(
            new RunOptions(
                OptionalInt.of(0), Optional.of(Path.of("x/y")), true, true, true, true, true));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--port=8081", "--ephemeral"})
  void aPortOrAnEphemeralRunLeavesTheFixedPortsToOthers(String option) {
    assertThat(options(option).freePorts()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "--port=-1, 'corkboard: --port: -1 (expected: 0-65535)'",
    "--port=65536, 'corkboard: --port: 65536 (expected: 0-65535)'",
    "--bogus, 'corkboard: Unknown option: ''--bogus'''"
  })
  void aWrongOptionIsOneLineAndExitCodeTwo(String option, String line) {
    assertThat(commandLine(Map.of()).execute("run", option)).isEqualTo(2);
    assertThat(err.toString().strip()).isEqualTo(line);
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void aPortThatIsNoNumberIsOneLineThatNamesTheOption() {
    assertThat(commandLine(Map.of()).execute("run", "--port", "http")).isEqualTo(2);
    assertThat(err.toString().strip()).contains("--port").contains("http").hasLineCount(1);
  }

  @ParameterizedTest
  @CsvSource({"CASSANDRA_CONTACT_POINTS, 127.0.0.1:9042", "REDIS_URI, redis://127.0.0.1:6379"})
  void anEphemeralRunOnAStoreOfOthersIsRefused(String name, String address) {
    assertThat(commandLine(Map.of(name, address)).execute("run", "--ephemeral")).isEqualTo(2);
    assertThat(err.toString().strip()).contains(name).hasLineCount(1);
  }

  @Test
  void demoAccountsOfAnExternalIssuerAreRefused() {
    CommandLine commands = commandLine(Map.of("OIDC_ISSUER", "https://issuer.example"));
    assertThat(commands.execute("run", "--demo")).isEqualTo(2);
    assertThat(err.toString().strip()).contains("--demo").contains("OIDC_ISSUER").hasLineCount(1);
  }

  @Test
  void helpTellsEveryOption() {
    assertThat(commandLine(Map.of()).execute("run", "--help")).isZero();
    CommandLine run = commandLine(Map.of()).getSubcommands().get("run");
    for (OptionSpec option : run.getCommandSpec().options()) {
      assertThat(out.toString()).contains(option.longestName());
    }
    assertThat(out.toString().lines()).allMatch(line -> line.length() <= 80);
  }

  @Test
  void helpTellsTheDefaultPorts() {
    for (Service service : Service.values()) {
      assertThat(RunCommand.helpText().replaceAll("\\s+", " "))
          .contains(
              service.id() + " " + service.defaultPort() + " (" + service.defaultAdminPort() + ")");
    }
  }

  @Test
  void eachServiceIsACommandOfItsOwn() {
    assertThat(commandLine(Map.of()).getSubcommands().keySet())
        .containsExactlyInAnyOrder(
            "run",
            "keys",
            "trace",
            "database",
            "account",
            "account-service",
            "board",
            "board-service",
            "pin",
            "pin-service",
            "collage",
            "collage-service",
            "edge",
            "edge-gateway");
  }

  private CommandLine commandLine(Map<String, String> environment) {
    return Main.commandLine(environment)
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true));
  }

  private RunOptions options(String... args) {
    CommandLine commands = commandLine(Map.of());
    commands.parseArgs(Stream.concat(Stream.of("run"), Stream.of(args)).toArray(String[]::new));
    RunCommand command = commands.getSubcommands().get("run").getCommand();
    return command.options();
  }
}
