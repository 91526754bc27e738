// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.collage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.corkboard.collage.v1.Collage;
import dev.corkboard.edge.testing.Answer;
import dev.corkboard.edge.testing.Api;
import dev.corkboard.edge.testing.Described;
import dev.corkboard.edge.testing.EdgeExtension;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class MemberEndpointsTest {
  @RegisterExtension static final EdgeExtension edge = new EdgeExtension();

  private final Api api = edge.api("7");
  private String members;

  @BeforeEach
  void make() {
    members =
        "/v1/collages/"
            + edge.collages().put("7", Collage.getDefaultInstance()).getId()
            + "/members";
  }

  private Answer set(String account, String json) {
    return api.send(api.withBody("PUT", members + "/" + account, BodyPublishers.ofString(json)));
  }

  @Test
  void membersAreNamedByTheirIdAndShownWithTheirName() {
    JsonNode member = set("8", "{\"role\":\"editor\"}").isOk().json();
    Described.as("CollageMember", member);
    assertThat(member.toString())
        .isEqualTo(
            "{\"account_id\":\"8\",\"username\":\"user8\",\"role\":\"editor\","
                + "\"created_at\":\"2026-09-21T14:13:20.123Z\"}");
    JsonNode page = api.get(members).isOk().json();
    assertThat(page.get("items").findValuesAsText("account_id")).containsExactly("7", "8");
    assertThat(page.get("items").findValuesAsText("role")).containsExactly("owner", "editor");
    assertThat(page.get("bookmark").isNull()).isTrue();
  }

  @Test
  void pagesGoOn() {
    set("8", "{\"role\":\"viewer\"}").isOk();
    JsonNode first = api.get(members + "?page_size=1").isOk().json();
    assertThat(first.get("items")).hasSize(1);
    String next = members + "?page_size=1&bookmark=" + first.get("bookmark").textValue();
    assertThat(api.get(next).json().at("/items/0/account_id").textValue()).isEqualTo("8");
    api.get(members + "?bookmark=forged").fails(400, 1, "bookmark: ");
  }

  @Test
  void nobodyIsMadeAnOwner() {
    set("8", "{\"role\":\"owner\"}")
        .fails(400, 1, "role: 'owner' is not one of ['editor', 'viewer']");
    set("8", "{}").fails(400, 1, "role: 'role' is a required property");
    set("8", "{\"role\":null}").fails(400, 1, "role: null is not of type 'string'");
    set("wanda", "{\"role\":\"viewer\"}").fails(400, 1, "account_id: 'wanda' does not match");
    set("0", "{\"role\":\"viewer\"}").fails(404, 30, "User not found.");
  }

  @Test
  void whoIsRemovedSeesItNoMore() {
    set("8", "{\"role\":\"viewer\"}").isOk();
    edge.api("8").get(members).isOk();
    assertThat(api.delete(members + "/8").has(204).bytes()).isEmpty();
    api.delete(members + "/8").has(204);
    edge.api("8").get(members).fails(404, 404, "Collage not found.");
  }
}
