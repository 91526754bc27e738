// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.benchmarks;

import dev.corkboard.benchmarks.compare.CompareCommand;
import dev.corkboard.benchmarks.load.LoadCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line of the benchmarks; each ends with 1 when its bar is missed. */
@Command(
    name = "benchmarks",
    mixinStandardHelpOptions = true,
    subcommands = {
      LargeBoardCommand.class,
      HeadDeletesCommand.class,
      LargeAccountCommand.class,
      DeleteBoardCommand.class,
      DrawCollagesCommand.class,
      CompareCommand.class,
      LoadCommand.class
    })
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    System.exit(
        new CommandLine(new Main()).setCaseInsensitiveEnumValuesAllowed(true).execute(args));
  }
}
