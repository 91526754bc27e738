// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy;

import dev.corkboard.platform.auth.ServiceIdentity;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Makes the keys of an installation that are not there yet, those of the operator included. */
@Command
final class KeysCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FOLDER")
  private Path folder;

  @Override
  public Integer call() {
    make(folder);
    return 0;
  }

  static void make(Path folder) {
    ServiceIdentity.generate(folder, names());
  }

  /** Who has keys, and certificates. */
  static List<String> names() {
    List<String> names = new ArrayList<>();
    for (Service service : Service.values()) {
      names.add(service.id());
    }
    names.add(Operator.NAME);
    return names;
  }
}
