// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceCommandTest {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  @TempDir private Path traces;

  private static String line(String service, String span, String parent, String more) {
    return """
        {"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"%s"}}]},\
        "scopeSpans":[{"scope":{"name":"dev.corkboard"},"spans":[{"traceId":"%s","spanId":"%s",\
        "parentSpanId":"%s",%s}]}]}]}
        """
        .formatted(service, TRACE, span, parent, more);
  }

  @BeforeEach
  void write() throws IOException {
    Files.writeString(
        traces.resolve("edge.jsonl"),
        line(
                "edge",
                "a",
                "",
                "\"name\":\"GET /v5/boards\",\"startTimeUnixNano\":\"1000000000\",\"endTimeUnixNano\":\"1005000000\","
                    + "\"attributes\":[{\"key\":\"corkboard.request_id\",\"value\":{\"stringValue\":\"my-boards\"}},"
                    + "{\"key\":\"http.response.status_code\",\"value\":{\"intValue\":\"503\"}}],\"status\":{\"code\":2}")
            + "{\"resourceSpans\":[{\"torn");
    Files.writeString(
        traces.resolve("board.jsonl.1"),
        line(
            "board",
            "b",
            "a",
            "\"name\":\"SELECT board\",\"startTimeUnixNano\":\"1002000000\",\"endTimeUnixNano\":\"1003500000\","
                + "\"attributes\":[{\"key\":\"db.query.text\",\"value\":{\"stringValue\":\"SELECT name\\n FROM board\"}}]"));
  }

  private int trace(String... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "trace";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return Main.commandLine(Map.of("TRACES_DIR", traces.toString()))
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(all);
  }

  @Test
  void aRequestIsATreeWithTimesAcrossFiles() {
    assertThat(trace("my-boards", "--statements")).isZero();
    assertThat(out.toString().lines())
        .containsExactly(
            "trace " + TRACE + " 1970-01-01T00:00:01Z",
            "  begin ms   took ms",
            "      0.00      5.00  edge: GET /v5/boards  503  FAILED",
            "      2.00      1.50  └─ board: SELECT board",
            "                             SELECT name FROM board");
  }

  @Test
  void withoutAnIdTheTracesAreListed() {
    assertThat(trace()).isZero();
    assertThat(out.toString())
        .contains(TRACE)
        .contains("edge: GET /v5/boards  503")
        .hasLineCount(1);
  }

  @Test
  void whatIsNotThereIsOneLine() {
    assertThat(trace("other")).isOne();
    assertThat(err.toString().strip()).isEqualTo("corkboard: no such trace in " + traces);
  }
}
