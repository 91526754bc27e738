// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceIdentityTest {
  @TempDir Path folder;

  private ServiceIdentity load(String name) {
    return ServiceIdentity.load(
        ServiceIdentity.keyFile(folder, name), ServiceIdentity.jwksFile(folder));
  }

  @Test
  void generatedKeysAreKeptAndNewServicesAdded() {
    ServiceIdentity.generate(folder, List.of("pin"));
    byte[] secret = load("pin").secretFor("page tokens");
    ServiceIdentity.generate(folder, List.of("pin", "board"));
    assertThat(load("pin").secretFor("page tokens")).isEqualTo(secret).hasSize(32);
    assertThat(load("board").peers().getKeys()).hasSize(2);
    assertThat(load("board").peers().getKeys()).noneMatch(key -> key.isPrivate());
  }

  @Test
  void secretsDifferByPurposeAndService() {
    ServiceIdentity.generate(folder, List.of("pin", "board"));
    assertThat(load("pin").secretFor("a")).isNotEqualTo(load("pin").secretFor("b"));
    assertThat(load("pin").secretFor("a")).isNotEqualTo(load("board").secretFor("a"));
  }

  @Test
  void privateKeysAreReadableByTheirOwnerAlone() throws IOException {
    ServiceIdentity.generate(folder, List.of("pin"));
    assertThat(
            java.nio.file.attribute.PosixFilePermissions.toString(
                Files.getPosixFilePermissions(ServiceIdentity.keyFile(folder, "pin"))))
        .isEqualTo("rw-------");
  }

  @Test
  void aMissingOrBrokenFileIsNamed() throws IOException {
    ServiceIdentity.generate(folder, List.of("pin"));
    assertThatThrownBy(() -> load("edge")).hasMessageContaining("edge.jwk");
    Files.writeString(ServiceIdentity.keyFile(folder, "pin"), "{}");
    assertThatThrownBy(() -> load("pin")).hasMessageContaining("pin.jwk");
  }
}
