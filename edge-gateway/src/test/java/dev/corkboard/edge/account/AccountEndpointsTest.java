// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.corkboard.account.v1.UpdateAccountRequest;
import dev.corkboard.edge.testing.Api;
import dev.corkboard.edge.testing.EdgeExtension;
import dev.corkboard.edge.testing.FakeAccounts;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.platform.error.ApiException;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccountEndpointsTest {
  @RegisterExtension static final EdgeExtension edge = new EdgeExtension();

  private String id;
  private Api api;

  @BeforeEach
  void connect() {
    id = Long.toString(ThreadLocalRandom.current().nextLong(1_000, Long.MAX_VALUE));
    api = edge.api(id);
  }

  @Test
  void everyPropertyOfTheContractIsThere() {
    JsonNode account = api.get("/v5/user_account").isOk().json();
    assertThat(account.get("id").textValue()).isEqualTo(id);
    assertThat(account.get("username").textValue()).isEqualTo("user" + id);
    assertThat(account.get("account_type").textValue()).isEqualTo("PINNER");
    for (String text : List.of("profile_image", "website_url", "about")) {
      assertThat(account.get(text).textValue()).as(text).isEmpty();
    }
    assertThat(account.get("business_name").isNull()).isTrue();
    assertThat(account.get("monthly_views").isNull()).isTrue();
    assertThat(account.get("board_count").intValue()).isEqualTo(3);
    assertThat(account.get("pin_count").intValue()).isEqualTo(5);
    assertThat(account.get("follower_count").intValue()).isEqualTo(1);
    assertThat(account.get("following_count").intValue()).isZero();
  }

  @Test
  void changesWhatIsGivenAndClearsWhatIsNull() {
    JsonNode changed =
        api.patch(
                "/v5/user_account",
                """
                {"about":"words","profile_image":null,"account_type":"BUSINESS","other":[1]}
                """)
            .isOk()
            .json();
    assertThat(changed.get("about").textValue()).isEqualTo("words");
    assertThat(changed.get("account_type").textValue()).isEqualTo("BUSINESS");
    UpdateAccountRequest sent = edge.accounts().script().lastRequest(UpdateAccountRequest.class);
    assertThat(sent.getUpdateMask().getPathsList())
        .containsExactly("about", "profile_image_url", "type");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"account_type\":\"KING\"}", "{\"about\":7}", "[]", ""})
  void badChangesAreRefused(String body) {
    api.patch("/v5/user_account", body).fails(400, 1, "");
  }

  @Test
  void aTakenNameIsAConflict() {
    edge.accounts()
        .script()
        .failNext(
            ApiException.alreadyExists(
                ErrorReason.ERROR_REASON_USERNAME_TAKEN, "username", "x", "secret detail"));
    api.patch("/v5/user_account", "{\"username\":\"taken_1\"}")
        .fails(409, 409, "This username is taken.");
  }

  @Test
  void followsAndUnfollows() {
    JsonNode followed = api.post("/v5/user_account/following/User77", "{}").isOk().json();
    assertThat(followed.get("username").textValue()).isEqualTo("user77");
    assertThat(followed.get("type").textValue()).isEqualTo("user");
    api.post("/v5/user_account/following/user78/", "{\"auto_follow\":true}").isOk();
    JsonNode page = api.get("/v5/user_account/following?page_size=1").isOk().json();
    assertThat(page.get("items").get(0).get("username").textValue()).isEqualTo("user77");
    assertThat(page.get("bookmark").isTextual()).isTrue();
    assertThat(api.get("/v5/user_account").json().get("following_count").intValue()).isEqualTo(2);
    assertThat(api.delete("/v5/user_account/following/user77").has(204).bytes()).isEmpty();
    assertThat(api.get("/v5/user_account").json().get("following_count").intValue()).isEqualTo(1);
  }

  @Test
  void listsFollowers() {
    JsonNode page = api.get("/v5/user_account/followers").isOk().json();
    assertThat(page.get("items").get(0).get("username").textValue()).isEqualTo("user1");
    assertThat(page.get("bookmark").isNull()).isTrue();
  }

  @Test
  void whoIsNotThereIsNotFollowed() {
    String gone = "/v5/user_account/following/user" + FakeAccounts.GONE;
    api.post(gone, "{}").fails(404, 30, "User not found.");
    api.delete(gone).fails(404, 30, "User not found.");
    api.post("/v5/user_account/following/123", "{}").fails(400, 1, "username: '123'");
    api.post("/v5/user_account/following/user1", "{\"auto_follow\":1}").fails(400, 1, "");
  }

  @ParameterizedTest
  @CsvSource({
    "GET,/v5/user_account/following?feed_type=NONE",
    "GET,/v5/user_account/following?explicit_following=maybe",
    "GET,/v5/user_account/followers?page_size=0",
    "GET,/v5/user_account/following/boards?page_size=251"
  })
  void parametersAreChecked(String method, String path) {
    api.send(api.request(path).method(method, java.net.http.HttpRequest.BodyPublishers.noBody()))
        .fails(400, 1, "");
  }

  @Test
  void thereAreNoBusinessesWebsitesOrInterests() {
    assertThat(api.get("/v5/user_account/businesses").isOk().text()).isEqualTo("[]");
    for (String list : List.of("user_account/websites", "users/user7/interests/follow")) {
      JsonNode page = api.get("/v5/" + list).isOk().json();
      assertThat(page.get("items")).isEmpty();
      assertThat(page.get("bookmark").isNull()).isTrue();
      api.get("/v5/" + list + "?bookmark=x").fails(400, 1, "bookmark");
    }
    api.get("/v5/users/user" + FakeAccounts.GONE + "/interests/follow").fails(404, 30, "");
    String refused = "You are not permitted to access that resource.";
    api.get("/v5/user_account/websites/verification").fails(403, 29, refused);
    api.post("/v5/user_account/websites", "{}").fails(403, 29, refused);
    api.delete("/v5/user_account/websites?website=x").fails(403, 29, refused);
    api.delete("/v5/user_account/websites").fails(400, 1, "website");
  }
}
