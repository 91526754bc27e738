// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy.e2e;

import static dev.corkboard.deploy.e2e.Rest.object;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Accounts, counts and follows, through the edge on real stores. */
class AccountsIT {
  private final EndToEnd suite = EndToEnd.get();
  private final Rest me = suite.newAccount();
  private final Rest other = suite.newAccount();

  private static JsonNode account(Rest who) {
    return who.get("/v5/user_account").expect(200).json();
  }

  private static int count(Rest who, String what) {
    return account(who).get(what + "_count").intValue();
  }

  private static String following(Rest whom) {
    return "/v5/user_account/following/" + whom.account().username();
  }

  private static List<String> names(Rest who, String list) {
    return who.walk("/v5/user_account/" + list, 1).stream()
        .map(user -> user.get("username").textValue())
        .toList();
  }

  @Test
  @DisplayName("B10 boards and Pins are counted by the next read")
  void b10CountsAreExact() {
    assertThat(count(me, "board")).isZero();
    String board = me.createBoard("PUBLIC");
    String secret = me.createBoard("SECRET");
    String pin = me.createPin(board);
    me.createPin(secret);
    assertThat(count(me, "board")).isEqualTo(2);
    assertThat(count(me, "pin")).isEqualTo(2);
    Set<String> open = new HashSet<>(EndToEnd.ALL_SCOPES);
    open.removeAll(List.of("boards:read_secret", "pins:read_secret"));
    assertThat(count(suite.as(me, open), "board")).isEqualTo(1);
    assertThat(count(suite.as(me, open), "pin")).isEqualTo(1);
    me.delete("/v5/pins/" + pin).expect(204);
    assertThat(count(me, "pin")).isEqualTo(1);
    me.delete("/v5/boards/" + secret).expect(204);
    assertThat(count(me, "board")).isEqualTo(1);
    assertThat(count(me, "pin")).isZero();
  }

  @Test
  @DisplayName("a profile is changed, a new username is everywhere and the old one nowhere")
  void profileChanges() {
    String board = me.createBoard("PUBLIC");
    String before = me.account().username();
    String name = "u" + UUID.randomUUID().toString().replace("-", "").substring(0, 20);
    JsonNode changed =
        me.patch(
                "/v5/user_account",
                object(o -> o.put("username", name).put("about", "words").putNull("website_url")))
            .expect(200)
            .json();
    assertThat(changed.get("username").textValue()).isEqualTo(name);
    assertThat(account(me)).isEqualTo(changed);
    assertThat(me.get("/v5/boards/" + board).expect(200).json().at("/owner/username").textValue())
        .isEqualTo(name);
    other.post("/v5/user_account/following/" + name, object(o -> {})).expect(200);
    other
        .post("/v5/user_account/following/" + before, object(o -> {}))
        .expect(404, 30, "User not found.");
    other
        .patch("/v5/user_account", object(o -> o.put("username", name.toUpperCase(Locale.ROOT))))
        .expect(409, 409, "This username is taken.");
    other.patch("/v5/user_account", object(o -> o.put("username", before))).expect(200);
    assertThat(account(other).get("username").textValue()).isEqualTo(before);
  }

  @Test
  @DisplayName("follows are listed and counted at both ends")
  void follows() {
    me.post(following(other), object(o -> {})).expect(200);
    me.post(following(other), object(o -> o.put("auto_follow", true))).expect(200);
    assertThat(names(me, "following")).containsExactly(other.account().username());
    assertThat(names(other, "followers")).containsExactly(me.account().username());
    assertThat(count(me, "following")).isEqualTo(1);
    assertThat(count(other, "follower")).isEqualTo(1);
    me.delete(following(other)).expect(204);
    assertThat(names(other, "followers")).isEmpty();
    assertThat(count(other, "follower")).isZero();
    me.post(following(me), object(o -> {})).expect(400, 1, "");
  }

  @Test
  @DisplayName("followed boards are listed as long as they are seen")
  void followsOfBoards() {
    String board = other.createBoard("PUBLIC");
    me.send("POST", "/v5/boards/" + board + "/follow").expect(204);
    assertThat(me.ids("/v5/user_account/following/boards", 1)).containsExactly(board);
    assertThat(me.get("/v5/boards/" + board).json().get("follower_count").intValue()).isEqualTo(1);
    other.patch("/v5/boards/" + board, object(o -> o.put("privacy", "SECRET"))).expect(200);
    assertThat(me.ids("/v5/user_account/following/boards", 1)).isEmpty();
    other.patch("/v5/boards/" + board, object(o -> o.put("privacy", "PUBLIC"))).expect(200);
    assertThat(me.ids("/v5/user_account/following/boards", 1)).containsExactly(board);
    me.delete("/v5/boards/" + board + "/follow").expect(204);
    assertThat(me.ids("/v5/user_account/following/boards", 1)).isEmpty();
  }

  @Test
  @DisplayName("a save is counted by the next read, once")
  void savesAreCounted() {
    String pin = me.createPin(me.createBoard("PUBLIC"));
    String target = other.createBoard("PUBLIC");
    other.post("/v5/pins/" + pin + "/save", object(o -> o.put("board_id", target))).expect(201);
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    String days = "?start_date=" + today.minusDays(1) + "&end_date=" + today;
    assertThat(
            me.get("/v5/pins/" + pin + "/analytics" + days + "&metric_types=SAVE,IMPRESSION")
                .expect(200)
                .json()
                .at("/all/summary_metrics")
                .toString())
        .isEqualTo("{\"SAVE\":1}");
    assertThat(
            me.get("/v5/user_account/analytics" + days)
                .expect(200)
                .json()
                .at("/all/summary_metrics/SAVE")
                .intValue())
        .isEqualTo(1);
    assertThat(
            me.get("/v5/user_account/analytics/top_pins" + days + "&sort_by=SAVE")
                .expect(200)
                .json()
                .at("/pins/0/pin_id")
                .textValue())
        .isEqualTo(pin);
    me.get("/v5/user_account/analytics/top_video_pins" + days + "&sort_by=SAVE").expect(200);
    me.get("/v5/pins/analytics" + days + "&metric_types=SAVE&pin_ids=" + pin).expect(200);
  }

  @Test
  @DisplayName("what there is none of here answers in the contract's shape")
  void stubs() {
    me.get("/v5/user_account/businesses").expect(200);
    me.get("/v5/user_account/websites").expect(200);
    me.get("/v5/users/" + me.account().username() + "/interests/follow").expect(200);
    me.get("/v5/user_account/websites/verification").expect(403, 29, "");
    me.post("/v5/user_account/websites", object(o -> o.put("website", "x.example")))
        .expect(403, 29, "");
    me.delete("/v5/user_account/websites?website=x.example").expect(403, 29, "");
    me.get("/v5/search/partner/pins?term=x&country_code=US").expect(403, 29, "");
  }
}
