// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.corkboard.edge.testing.Answer;
import dev.corkboard.edge.testing.Api;
import dev.corkboard.edge.testing.EdgeExtension;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests and answers as they travel, in files; each line builds on what those before it made. */
class GoldenTest {
  @RegisterExtension static final EdgeExtension edge = new EdgeExtension();

  private static final JsonMapper MAPPER = new JsonMapper();

  private final Api api = edge.api("7");

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "boards-create,POST,/v5/boards,201",
    "boards-create-minimal,POST,/v5/boards,201",
    "boards-update,PATCH,/v5/boards/1000,200",
    "boards-get,GET,/v5/boards/1000,200",
    "boards-list,GET,/v5/boards?page_size=1,200",
    "pins-create-image-url,POST,/v5/pins,201",
    "pins-create-image-base64,POST,/v5/pins,201",
    "pins-create-multiple-image-urls,POST,/v5/pins,201",
    "pins-create-multiple-image-base64,POST,/v5/pins,201",
    "pins-create-two-faults,POST,/v5/pins,400",
    "pins-get,GET,/v5/pins/5000?pin_metrics=true,200",
    "pins-update,PATCH,/v5/pins/5000,200",
    "pins-save,POST,/v5/pins/5000/save,201",
    "pins-list,GET,/v5/pins?page_size=2,200",
    "boards-list-pins,GET,/v5/boards/1001/pins,200",
    "pins-get-not-found,GET,/v5/pins/4711,404",
    "boards-get-bad-id,GET,/v5/boards/abc,400",
    "route-not-found,GET,/v5/nowhere,404"
  })
  void speaksAsWritten(String name, String method, String path, int status) throws IOException {
    byte[] request = file(name + ".request.json");
    Answer answer =
        api.send(
            request.length == 0
                ? api.request(path).method(method, BodyPublishers.noBody())
                : api.withBody(method, path, BodyPublishers.ofByteArray(request)));
    answer.has(status);
    JsonNode expected = MAPPER.readTree(file(name + ".response.json"));
    assertThat(answer.json().toPrettyString()).isEqualTo(expected.toPrettyString());
  }

  private static byte[] file(String name) throws IOException {
    try (InputStream file = GoldenTest.class.getResourceAsStream("/golden/" + name)) {
      return file == null ? new byte[0] : file.readAllBytes();
    }
  }
}
