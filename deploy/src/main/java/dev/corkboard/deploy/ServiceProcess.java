// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy;

import dev.corkboard.platform.config.Env;
import dev.corkboard.stores.ChildProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A service as a child process: this program again, with the service's name as its command. */
public final class ServiceProcess {
  private static final Duration START_LIMIT = Duration.ofMinutes(2);

  private ServiceProcess() {}

  /**
   * The flags of a heap of at most so many megabytes: room for more than a few requests' garbage.
   */
  public static List<String> heap(int megabytes) {
    return List.of("-Xms64m", "-XX:NewSize=40m", "-Xmx" + megabytes + "m", "-XX:+UseSerialGC");
  }

  /**
   * Starts it; returns when it is healthy.
   *
   * @param data the folder that takes its log and its record
   */
  public static ChildProcess start(
      Service service, Path data, Map<String, String> settings, Health health) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(heap(service.heapMegabytes()));
    command.add("-Djava.awt.headless=true");
    // These refuse a picture or a drawing that takes too much memory, and go on.
    if (service != Service.PIN && service != Service.COLLAGE)
      command.add("-XX:+ExitOnOutOfMemoryError");
    command.addAll(Logs.flags(DataFolder.log(data, service.id())));
    command.addAll(JavaOptions.of(Env.of(settings), service.name()));
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), Main.class.getName(), service.id()));
    ChildProcess process = ChildProcess.start(service.id(), data, command, settings, true);
    process.awaitReady(START_LIMIT, () -> health.isServing(service));
    return process;
  }
}
