// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.stores;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * A server that speaks S3 on 127.0.0.1 (S3Proxy), for tests: objects are files, and a request that
 * is not signed with the keys here is refused.
 */
public final class EmbeddedS3 implements RunningProcess {
  /** The system property that names the folder with S3Proxy's own jars. */
  static final String PROPERTY = "corkboard.s3.lib";

  private static final String HOST = "127.0.0.1";
  private static final Duration START_LIMIT = Duration.ofMinutes(1);
  private static final byte[] PROBE = "GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private final ChildProcess process;
  private final Path buckets;
  private final int port;

  private EmbeddedS3(ChildProcess process, Path buckets, int port) {
    this.process = process;
    this.buckets = buckets;
    this.port = port;
  }

  /**
   * Starts it and returns when it answers; what an earlier one kept in the folder is there again.
   *
   * @param port 0 for a free one
   * @throws StartFailedException with the reason in one line, or with its last lines of output
   */
  public static EmbeddedS3 start(Path dataDir, int port) {
    Path jars = jars();
    int claimed = Ports.claim("S3", port);
    Path buckets = dataDir.resolve("s3").toAbsolutePath();
    Path settings = settings(buckets, claimed);
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx128m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            jars.resolve("*").toString(),
            "org.gaul.s3proxy.Main",
            "--properties",
            settings.toString());
    ChildProcess process = ChildProcess.start("s3", dataDir, command, Map.of(), false);
    process.awaitReady(START_LIMIT, () -> answers(claimed));
    return new EmbeddedS3(process, buckets, claimed);
  }

  private static Path jars() {
    Path folder = Path.of(System.getProperty(PROPERTY, "not set"));
    try (var found = Files.newDirectoryStream(folder, "s3proxy-*.jar")) {
      if (found.iterator().hasNext()) return folder;
    } catch (IOException missing) {
      // said below
    }
    throw new StartFailedException(
        "no S3Proxy in "
            + folder
            + " (-D"
            + PROPERTY
            + "): build it with mvn process-resources -pl stores/s3");
  }

  private static Path settings(Path buckets, int port) {
    try {
      Files.createDirectories(buckets);
      return Files.write(
          buckets.resolveSibling("s3.properties"),
          List.of(
              "s3proxy.endpoint=http://" + HOST + ":" + port,
              "s3proxy.authorization=aws-v4",
              "s3proxy.identity=" + accessKey(),
              "s3proxy.credential=" + secretKey(),
              "jclouds.provider=filesystem-nio2",
              "jclouds.filesystem.basedir=" + buckets));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The only access key it knows. */
  public static String accessKey() {
    return "test-access-key";
  }

  /** The secret of the access key. */
  public static String secretKey() {
    return "test-secret-key";
  }

  /** Makes an empty bucket unless it is there. */
  public void createBucket(String name) {
    try {
      Files.createDirectories(buckets.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int port() {
    return port;
  }

  /** {@code http://127.0.0.1:port}. */
  public String endpoint() {
    return "http://" + HOST + ":" + port;
  }

  @Override
  public long pid() {
    return process.pid();
  }

  @Override
  public CompletableFuture<Integer> onExit() {
    return process.onExit();
  }

  /** SIGKILL, as when the power fails. */
  public void kill() {
    process.kill();
  }

  @Override
  public void close() {
    process.close();
  }

  private static boolean answers(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(Ports.local(port), 500);
      socket.setSoTimeout(2_000);
      socket.getOutputStream().write(PROBE);
      return socket.getInputStream().read() == 'H';
    } catch (IOException notYet) {
      return false;
    }
  }
}
