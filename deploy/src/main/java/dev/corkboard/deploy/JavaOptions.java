// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy;

import dev.corkboard.platform.config.Env;
import java.util.List;

/** Flags that an operator gives the JVM of one process. */
final class JavaOptions {
  private JavaOptions() {}

  /** The words of {@code NAME_JAVA_OPTIONS}, none by default. */
  static List<String> of(Env env, String process) {
    String text = env.string(process + "_JAVA_OPTIONS", "");
    return text.isBlank() ? List.of() : List.of(text.strip().split("\\s+"));
  }
}
