// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.corkboard.account.AccountConfig;
import dev.corkboard.board.BoardConfig;
import dev.corkboard.collage.CollageConfig;
import dev.corkboard.edge.EdgeConfig;
import dev.corkboard.pin.PinConfig;
import dev.corkboard.platform.config.Env;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every setting that a manifest gives a process is read by it, and is one it starts with. */
class ManifestsTest {
  private static final Set<String> CONTAINERS =
      Set.of(
          "account-service",
          "account-service-schema",
          "board-service",
          "board-service-schema",
          "pin-service",
          "pin-service-schema",
          "collage-service",
          "collage-service-schema",
          "edge-gateway");

  /** Read by Logback. */
  private static final Set<String> READ_ELSEWHERE = Set.of("LOG_LEVEL");

  /** Of whatever kind a file is said to be. */
  private static final String ANY_SECRET =
      """
      -----BEGIN CERTIFICATE-----
      -----BEGIN PRIVATE KEY-----
      """;

  @TempDir private Path folder;

  @Test
  void composeSetsWhatIsReadAndNothingElse() throws IOException {
    assertAllAreRead(Manifests.ofCompose());
  }

  @ParameterizedTest
  @ValueSource(strings = {"small", "production"})
  void kubernetesSetsWhatIsReadAndNothingElse(String overlay) throws Exception {
    assertAllAreRead(
        Manifests.ofKubernetes(overlay)
            .orElseGet(() -> abort("no kubectl with Kustomize 4 or newer")));
  }

  @Test
  void aMisspeltSettingIsFound() throws IOException {
    Map<String, String> settings = new HashMap<>(Manifests.ofCompose().get("pin-service"));
    settings.put("PIN_SWEEP_PERIODS", "5s");
    assertThat(ignored("pin-service", settings)).containsExactly("PIN_SWEEP_PERIODS");
  }

  private void assertAllAreRead(Map<String, Map<String, String>> environments) throws IOException {
    assertThat(environments).containsOnlyKeys(CONTAINERS);
    for (Map.Entry<String, Map<String, String>> one : environments.entrySet()) {
      assertThat(ignored(one.getKey(), one.getValue())).as(one.getKey()).isEmpty();
    }
  }

  private Set<String> ignored(String container, Map<String, String> environment)
      throws IOException {
    AskedSettings settings = new AskedSettings(withFiles(environment));
    Env env = Env.of(settings);
    switch (service(container)) {
      case ACCOUNT -> AccountConfig.fromEnv(env);
      case BOARD -> BoardConfig.fromEnv(env);
      case PIN -> PinConfig.fromEnv(env);
      case COLLAGE -> CollageConfig.fromEnv(env);
      case EDGE -> EdgeConfig.fromEnv(env);
    }
    Set<String> ignored = new TreeSet<>(settings.ignored());
    ignored.removeAll(READ_ELSEWHERE);
    return ignored;
  }

  private static Service service(String container) {
    return Service.valueOf(container.substring(0, container.indexOf('-')).toUpperCase(Locale.ROOT));
  }

  /** Files of a container are not here: others stand for them. */
  private Map<String, String> withFiles(Map<String, String> environment) throws IOException {
    Map<String, String> here = new HashMap<>(environment);
    for (Map.Entry<String, String> setting : here.entrySet()) {
      if (!setting.getKey().endsWith("_FILE")) continue;
      Path file = folder.resolve(setting.getKey());
      Files.writeString(file, ANY_SECRET);
      setting.setValue(file.toString());
    }
    return here;
  }
}
