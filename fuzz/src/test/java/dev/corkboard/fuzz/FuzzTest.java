// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corkboard.board.OrderKeysFuzz;
import dev.corkboard.collage.document.PathDataFuzz;
import dev.corkboard.edge.board.BoardBodiesFuzz;
import dev.corkboard.edge.collage.CollageBodiesFuzz;
import dev.corkboard.edge.collage.DocumentsFuzz;
import dev.corkboard.edge.http.HeadersFuzz;
import dev.corkboard.edge.pin.PinBodiesFuzz;
import dev.corkboard.media.ImageUrlFuzz;
import dev.corkboard.media.PictureHeaderFuzz;
import dev.corkboard.media.video.VideoHeaderFuzz;
import dev.corkboard.platform.auth.AccessTokensFuzz;
import dev.corkboard.platform.page.PageTokensFuzz;
import dev.corkboard.platform.text.WordsFuzz;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A short run of every harness, from its corpus on; {@code fuzz/run} makes long ones. */
class FuzzTest {
  private static final int SECONDS = 4;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      classes = {
        BoardBodiesFuzz.class,
        PinBodiesFuzz.class,
        CollageBodiesFuzz.class,
        PageTokensFuzz.class,
        OrderKeysFuzz.class,
        PictureHeaderFuzz.class,
        VideoHeaderFuzz.class,
        ImageUrlFuzz.class,
        PathDataFuzz.class,
        DocumentsFuzz.class,
        HeadersFuzz.class,
        AccessTokensFuzz.class,
        WordsFuzz.class
      })
  void findsNothing(Class<?> harness) throws Exception {
    Path learned = Files.createDirectory(folder.resolve("corpus"));
    Process jazzer =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + harness.getName(),
                "--instrumentation_includes=dev.corkboard.**",
                // It fails itself on the queues of Netty and Armeria.
                "--disabled_hooks=com.code_intelligence.jazzer.sanitizers.UnsafeSanitizer",
                "--reproducer_path=" + folder,
                "-max_total_time=" + SECONDS,
                "-timeout=60",
                "-print_final_stats=1",
                learned.toString(),
                Path.of("corpus", harness.getSimpleName()).toAbsolutePath().toString())
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    String output = new String(jazzer.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(jazzer.waitFor()).as(output).isZero();
    assertThat(output).containsPattern("stat::number_of_executed_units: *[1-9]");
  }
}
