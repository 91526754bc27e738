// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy.faults;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.instrument.Instrumentation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.agent.builder.AgentBuilder.RedefinitionStrategy;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.matcher.ElementMatchers;

/**
 * A Java agent that sets the clock of its JVM off: what {@code java.time} says, and the time stamps
 * of the Cassandra driver. By how much is read from a file when the JVM starts.
 */
public final class ClockAgent {
  /** Milliseconds; advice is copied into classes of the JDK, which see system properties alone. */
  static final String OFFSET = "corkboard.test.clock.offset";

  private ClockAgent() {}

  /** Called by the JVM with the file that holds the offset in milliseconds. */
  public static void premain(String offsetFile, Instrumentation instrumentation)
      throws IOException {
    System.setProperty(OFFSET, Files.readString(Path.of(offsetFile)).strip());
    new AgentBuilder.Default()
        .disableClassFormatChanges()
        .with(RedefinitionStrategy.RETRANSFORMATION)
        .ignore(ElementMatchers.none())
        .type(ElementMatchers.named("java.time.Clock"))
        .transform(
            (builder, type, loader, module, domain) ->
                builder.visit(
                    Advice.to(InstantAdvice.class).on(ElementMatchers.named("currentInstant"))))
        .type(ElementMatchers.named("java.time.Clock$SystemClock"))
        .transform(
            (builder, type, loader, module, domain) ->
                builder.visit(Advice.to(MillisAdvice.class).on(ElementMatchers.named("millis"))))
        .type(
            ElementMatchers.nameStartsWith("com.datastax.oss.driver.internal.core.time.")
                .and(ElementMatchers.nameEndsWith("Clock")))
        .transform(
            (builder, type, loader, module, domain) ->
                builder.visit(
                    Advice.to(MicrosAdvice.class)
                        .on(
                            ElementMatchers.named("currentTimeMicros")
                                .and(ElementMatchers.not(ElementMatchers.isAbstract())))))
        .installOn(instrumentation);
  }

  /** A jar whose manifest names this class; the class itself is on the class path. */
  static Path jar(Path folder) {
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.putValue("Premain-Class", ClockAgent.class.getName());
    attributes.putValue("Can-Retransform-Classes", "true");
    Path jar = folder.resolve("clock-agent.jar");
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream written = new JarOutputStream(out, manifest)) {
      return jar;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sets {@code Instant.now()} and every system clock off. */
  static final class InstantAdvice {
    private InstantAdvice() {}

    @Advice.OnMethodExit
    static void exit(@Advice.Return(readOnly = false) Instant now) {
      now = now.plusMillis(Long.getLong("corkboard.test.clock.offset", 0));
    }
  }

  /** Sets {@code Clock.millis()} off. */
  static final class MillisAdvice {
    private MillisAdvice() {}

    @Advice.OnMethodExit
    static void exit(@Advice.Return(readOnly = false) long now) {
      now = now + Long.getLong("corkboard.test.clock.offset", 0);
    }
  }

  /** Sets the driver's time stamps off. */
  static final class MicrosAdvice {
    private MicrosAdvice() {}

    @Advice.OnMethodExit
    static void exit(@Advice.Return(readOnly = false) long now) {
      now = now + Long.getLong("corkboard.test.clock.offset", 0) * 1_000;
    }
  }
}
