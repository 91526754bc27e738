// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy.e2e;

import static dev.corkboard.deploy.e2e.Rest.object;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Transport rules and errors of the contract, through the edge on real stores. */
class ErrorsIT {
  private final EndToEnd suite = EndToEnd.get();
  private final Rest owner = suite.newAccount();

  @ParameterizedTest
  @DisplayName("T7 authentication comes before existence and validation")
  @CsvSource({
    "GET,/v5/boards/abc",
    "GET,/v5/boards/1",
    "GET,/v5/boards?page_size=0",
    "POST,/v5/boards",
    "PATCH,/v5/pins/nope",
    "DELETE,/v5/pins/1",
    "POST,/v5/pins/1/save"
  })
  void t7AuthenticationFirst(String method, String path) {
    for (Rest bad :
        new Rest[] {
          suite.anonymous(), suite.withToken("garbage"), suite.expired(owner), suite.forged(owner)
        }) {
      bad.send(method, path, "{not json").expect(401, 2, "Authentication failed.");
    }
  }

  @ParameterizedTest
  @DisplayName("A missing scope is a 401 that names it")
  @CsvSource({
    "GET,/v5/boards,boards:read",
    "POST,/v5/boards,boards:write",
    "PATCH,/v5/boards/1,boards:write",
    "DELETE,/v5/boards/1,boards:write",
    "GET,/v5/boards/1/pins,pins:read",
    "POST,/v5/pins,pins:write",
    "GET,/v5/pins,pins:read",
    "GET,/v5/pins/1,boards:read",
    "PATCH,/v5/pins/1,boards:write",
    "DELETE,/v5/pins/1,pins:write",
    "POST,/v5/pins/1/save,boards:write"
  })
  void missingScopes(String method, String path, String missing) {
    Set<String> rest = new java.util.HashSet<>(EndToEnd.ALL_SCOPES);
    rest.remove(missing);
    suite.as(owner, rest).send(method, path, "{}").expect(401, 3, "Missing: ['" + missing + "']");
  }

  @ParameterizedTest
  @DisplayName("E2 bodies that are no JSON object are a 400")
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "null",
        "1",
        "\"x\"",
        "{\"name\":}",
        "{'name':'x'}",
        "{\"name\":\"a\"} x",
        "{\"name\":\"a\",\"name\":\"b\"}",
        "{\"name\":\"\\ud800\"}",
        "{\"name\":1e999999999}",
        "{\"name\":\"\\u0000\"}",
        "{\"name\":{}}",
        "{\"name\":[\"x\"]}",
        "{\"name\":true}"
      })
  void e2BadBodies(String body) {
    owner.send("POST", "/v5/boards", body).expect(400);
  }

  @Test
  @DisplayName("E2 depth and numbers without end are a 400")
  void e2Depth() {
    owner.send("POST", "/v5/boards", "{\"x\":" + "[".repeat(10_000)).expect(400);
    owner.send("POST", "/v5/boards", "{\"name\":" + "9".repeat(400_000) + "}").expect(400);
  }

  @Test
  @DisplayName("E1 E3 an unknown route is a 404 in the shape of every error")
  void e3UnknownRoute() {
    owner.get("/v5/nothing").expect(404);
    owner.get("/").expect(404);
    suite.anonymous().get("/v5/%00").expect(400);
  }

  @Test
  @DisplayName("E1 E4 a wrong method is a 405 in the shape of every error")
  void e4WrongMethod() {
    owner.send("PUT", "/v5/boards", "{}").expect(405);
    owner.send("DELETE", "/v5/pins", "").expect(405);
  }

  @Test
  @DisplayName("E1 E5 a body over the limit is a 413 in the shape of every error")
  void e5TooLarge() {
    owner.send("POST", "/v5/boards", "{\"name\":\"" + "x".repeat(1 << 20) + "\"}").expect(413);
  }

  @Test
  void anotherContentTypeIsA415() {
    owner
        .send(
            HttpRequest.newBuilder(URI.create(suite.edge() + "/v5/boards"))
                .header("authorization", "Bearer " + owner.account().token())
                .header("content-type", "text/plain")
                .POST(BodyPublishers.ofString("{}"))
                .build())
        .expect(415);
  }

  @Test
  @DisplayName("T2 T3 T6 what clients send besides is taken as it comes")
  void lenientWhereTheContractIs() {
    String board = owner.createBoard("PUBLIC");
    owner.get("/v5/boards/" + board + "?").expect(200);
    owner.get("/v5/boards/" + board + "/").expect(200);
    owner.get("/v5/boards/" + board + "/pins/").expect(200);
    owner.get("/v5/boards?include_empty=false&include_archived=false&ad_account_id=12").expect(200);
    owner
        .send(
            HttpRequest.newBuilder(URI.create(suite.edge() + "/v5/boards/" + board))
                .header("authorization", "Bearer " + owner.account().token())
                .header("content-type", "application/json; charset=utf-8")
                .GET()
                .build())
        .expect(200);
  }

  @Test
  @DisplayName("T4 T5 unknown properties are ignored, null is not given")
  void unknownPropertiesAndNulls() {
    String board = owner.createBoard("PUBLIC");
    var body = Rest.pin(board);
    for (String nullable :
        new String[] {
          "link", "description", "dominant_color", "alt_text", "board_section_id", "parent_pin_id"
        }) {
      body.putNull(nullable);
    }
    body.put("sponsor_id", "5").put("note", "x").putObject("unknown").put("deep", 1);
    owner.post("/v5/pins", body).expect(201);
  }

  @ParameterizedTest
  @DisplayName("Ids that are none are a 400, ids nobody can have a 404")
  @CsvSource({"abc,400", "1x,400", "-1,400", "99999999999999999999,404", "0,404", "1,404"})
  void ids(String id, int status) {
    owner.get("/v5/boards/" + id).expect(status);
    owner.get("/v5/pins/" + id).expect(status);
    owner.delete("/v5/pins/" + id).expect(status);
    owner.patch("/v5/boards/" + id, object(o -> o.put("name", "x"))).expect(status);
  }

  @Test
  @DisplayName("A refused Pin leaves nothing behind")
  void nothingHalfWritten() {
    String board = owner.createBoard("PUBLIC");
    owner.post("/v5/pins", Rest.pin(board).put("title", "x".repeat(101))).expect(400);
    owner.post("/v5/pins", Rest.pin(board).put("link", "nope")).expect(400);
    owner.post("/v5/pins", Rest.pin(board).put("board_section_id", "77")).expect(404);
    assertThat(owner.get("/v5/boards/" + board).json().get("pin_count").intValue()).isZero();
    assertThat(owner.ids("/v5/pins", 25)).isEmpty();
  }
}
