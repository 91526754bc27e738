// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corkboard.collage.v1.Document;
import dev.corkboard.collage.v1.RenderFormat;
import dev.corkboard.collage.v1.RenderSize;
import io.grpc.Context;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DeterminismTest {
  private static final String NO_FONTS =
      "<?xml version=\"1.0\"?><!DOCTYPE fontconfig SYSTEM \"fonts.dtd\"><fontconfig/>";

  /** Run as a process of its own: prints the hash of what it draws. */
  static final class Child {
    private Child() {}

    public static void main(String[] args) throws Exception {
      System.out.println(hash());
    }
  }

  private static String hash() throws Exception {
    MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
    for (Document document : List.of(Goldens.words(), Goldens.layers())) {
      for (RenderFormat format :
          List.of(RenderFormat.RENDER_FORMAT_PNG, RenderFormat.RENDER_FORMAT_SVG)) {
        sha256.update(draw(document, format).bytes().asReadOnlyByteBuffer());
      }
    }
    return HexFormat.of().formatHex(sha256.digest());
  }

  private static Rendering draw(Document document, RenderFormat format) throws IOException {
    return new CollageDrawing(Goldens.PICTURES).draw(document, format, RenderSize.RENDER_SIZE_1X);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "UNRECOGNIZED")
  void theSameDocumentGivesTheSameBytes(RenderFormat format) throws IOException {
    Document again = Document.parseFrom(Goldens.layers().toByteArray());
    assertThat(draw(again, format)).isEqualTo(draw(Goldens.layers(), format));
  }

  @Test
  void manyThreadsDrawTheSame() throws IOException {
    CollageDrawing shared = new CollageDrawing(Goldens.PICTURES);
    Rendering alone = draw(Goldens.words(), RenderFormat.RENDER_FORMAT_PNG);
    try (RenderExecutor executor = new RenderExecutor(4, 16, new SimpleMeterRegistry())) {
      List<CompletionStage<Rendering>> together = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        together.add(
            executor.submit(
                Context.ROOT,
                () ->
                    shared.draw(
                        Goldens.words(),
                        RenderFormat.RENDER_FORMAT_PNG,
                        RenderSize.RENDER_SIZE_1X)));
      }
      for (CompletionStage<Rendering> one : together) {
        assertThat(one.toCompletableFuture().join()).isEqualTo(alone);
      }
    }
  }

  @Test
  void aMachineWithoutFontsDrawsTheSame(@TempDir Path home) throws Exception {
    assertThat(runChild(home, List.of())).isEqualTo(hash());
  }

  @Test
  void compilersAndLanguagesChangeNothing(@TempDir Path home) throws Exception {
    assertThat(runChild(home, List.of("-Xint", "-Duser.language=ar", "-Duser.country=EG")))
        .isEqualTo(hash());
  }

  private static String runChild(Path home, List<String> flags) throws Exception {
    Path settings = Files.writeString(home.resolve("fonts.conf"), NO_FONTS);
    Path output = home.resolve("output");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    command.add("-Djava.awt.headless=true");
    command.add("-Duser.home=" + home);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(Child.class.getName());
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().put("FONTCONFIG_FILE", settings.toString());
    builder.environment().put("HOME", home.toString());
    Process process = builder.start();
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    return Files.readString(output, StandardCharsets.UTF_8).strip();
  }
}
