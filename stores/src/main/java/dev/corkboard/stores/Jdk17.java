// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.stores;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds the Java 17 that Cassandra 5 needs, whatever Java this process runs on.
 *
 * <p>Looks at {@code CASSANDRA_JAVA_HOME} (which, when set, is the only place), {@code JAVA_HOME},
 * the running Java, {@code PATH} and the folders where packages and installers put a JDK.
 */
final class Jdk17 {
  private static final int NEEDED = 17;
  private static final Pattern VERSION = Pattern.compile("(?m)^JAVA_VERSION=\"(?:1\\.)?(\\d+)");

  private final Map<String, String> environment;
  private final Path running;
  private final List<Path> folders;

  Jdk17(Map<String, String> environment, Path running, List<Path> folders) {
    this.environment = environment;
    this.running = running;
    this.folders = folders;
  }

  /**
   * The home folder of a Java 17.
   *
   * @throws StartFailedException naming what was found instead
   */
  static Path find() {
    Path home = Path.of(System.getProperty("user.home"));
    List<Path> folders =
        List.of(
            Path.of("/usr/lib/jvm"),
            Path.of("/usr/java"),
            Path.of("/opt/java"),
            Path.of("/opt/homebrew/opt"),
            Path.of("/Library/Java/JavaVirtualMachines"),
            home.resolve("Library/Java/JavaVirtualMachines"),
            home.resolve(".sdkman/candidates/java"),
            home.resolve(".jdks"));
    return new Jdk17(System.getenv(), Path.of(System.getProperty("java.home")), folders).locate();
  }

  Path locate() {
    String chosen = environment.getOrDefault("CASSANDRA_JAVA_HOME", "");
    List<Path> candidates = chosen.isEmpty() ? candidates() : List.of(Path.of(chosen));
    List<String> others = new ArrayList<>();
    for (Path candidate : candidates) {
      Optional<Integer> version = version(candidate);
      if (version.isPresent() && version.get() == NEEDED) {
        return candidate;
      }
      version.ifPresent(found -> others.add(found + " at " + candidate));
    }
    throw new StartFailedException(
        "Cassandra 5 needs a JDK 17; found "
            + (others.isEmpty() ? "none" : String.join(", ", others.stream().distinct().toList()))
            + (chosen.isEmpty() ? "" : " (CASSANDRA_JAVA_HOME=" + chosen + ")")
            + "; install one or point CASSANDRA_JAVA_HOME to it");
  }

  private List<Path> candidates() {
    List<Path> homes = new ArrayList<>();
    String javaHome = environment.getOrDefault("JAVA_HOME", "");
    if (!javaHome.isEmpty()) {
      homes.add(Path.of(javaHome));
    }
    homes.add(running);
    for (String entry : environment.getOrDefault("PATH", "").split(":", -1)) {
      Path java = Path.of(entry.isEmpty() ? "." : entry, "java");
      if (Files.isExecutable(java)) {
        homes.add(homeOf(java));
      }
    }
    folders.forEach(folder -> homes.addAll(children(folder)));
    return homes;
  }

  /** The folder above {@code bin}, behind the links that {@code /usr/bin/java} consists of. */
  private static Path homeOf(Path java) {
    try {
      Path bin = java.toRealPath().getParent();
      return bin.getParent() == null ? bin : bin.getParent();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> children(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> homes = Files.list(folder)) {
      return homes
          .sorted()
          .flatMap(
              home ->
                  Stream.of(
                      home,
                      home.resolve("Contents/Home"),
                      home.resolve("libexec/openjdk.jdk/Contents/Home")))
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  /** The feature version from the {@code release} file; empty where no runnable Java lies. */
  private static Optional<Integer> version(Path home) {
    Path release = home.resolve("release");
    if (!Files.isExecutable(home.resolve("bin/java")) || !Files.isReadable(release)) {
      return Optional.empty();
    }
    try {
      Matcher matcher = VERSION.matcher(Files.readString(release));
      return matcher.find() ? Optional.of(Integer.valueOf(matcher.group(1))) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
