// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.Server;
import dev.corkboard.edge.testing.EdgeExtension;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** h2spec, the conformance checks of RFC 7540 and 7541: the edge fails none that Armeria passes. */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
class H2SpecTest {
  private static final Logger log = LoggerFactory.getLogger(H2SpecTest.class);
  private static final String ARCHIVE = "/h2spec/2.2.0/h2spec_linux_amd64.tar.gz";

  /** About what the edge takes. */
  private static final Duration ANSWER_TIME = Duration.ofMillis(20);

  @RegisterExtension static final EdgeExtension edge = new EdgeExtension();

  @TempDir private Path folder;

  private record Verdict(int checks, Set<String> failed) {}

  @Test
  void theEdgeIsNoWorseThanBareArmeria() throws Exception {
    unpack();
    // Without a limit one check opens streams until there is no memory left.
    Server bare =
        Server.builder()
            .http(0)
            .http2MaxStreamsPerConnection(100)
            .service(
                "/", (ctx, request) -> HttpResponse.delayed(HttpResponse.of("hello"), ANSWER_TIME))
            .build();
    bare.start().join();
    try {
      Set<String> worse = worse(bare);
      // How a frame is judged may depend on whether an answer was faster than it.
      if (!worse.isEmpty()) worse.retainAll(worse(bare));
      if (!worse.isEmpty()) worse.retainAll(worse(bare));
      assertThat(worse).isEmpty();
    } finally {
      bare.stop().join();
    }
  }

  /** What the edge fails and Armeria does not. */
  private Set<String> worse(Server bare) throws Exception {
    Verdict floor = check("bare", bare.activeLocalPort());
    Verdict ours = check("edge", edge.edge().port());
    log.info(
        "h2spec, failed of {}: bare {}, edge {}", ours.checks(), floor.failed(), ours.failed());
    assertThat(ours.checks()).isEqualTo(floor.checks()).isGreaterThan(140);
    Set<String> worse = new TreeSet<>(ours.failed());
    worse.removeAll(floor.failed());
    return worse;
  }

  private void unpack() throws IOException, InterruptedException {
    Path archive = folder.resolve("h2spec.tar.gz");
    try (InputStream in = H2SpecTest.class.getResourceAsStream(ARCHIVE)) {
      Files.copy(in, archive);
    }
    assertThat(run(folder.resolve("tar.log"), "tar", "-xzf", archive.toString())).isZero();
  }

  /** Exit codes say whether all passed; what failed is in the report. */
  private Verdict check(String name, int port) throws Exception {
    Path report = folder.resolve(name + ".xml");
    run(
        folder.resolve(name + ".log"),
        folder.resolve("h2spec").toString(),
        "--port=" + port,
        "--junit-report=" + report,
        "--timeout=1");
    NodeList cases =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(report.toFile())
            .getElementsByTagName("testcase");
    Set<String> failed = new TreeSet<>();
    for (int i = 0; i < cases.getLength(); i++) {
      Element check = (Element) cases.item(i);
      if (check.getElementsByTagName("failure").getLength() > 0
          || check.getElementsByTagName("error").getLength() > 0) {
        failed.add(check.getAttribute("package") + ": " + check.getAttribute("classname"));
      }
    }
    return new Verdict(cases.getLength(), failed);
  }

  private int run(Path output, String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(process.waitFor(3, TimeUnit.MINUTES)).as(command[0] + " ended").isTrue();
      return process.exitValue();
    } finally {
      process.destroyForcibly();
    }
  }
}
