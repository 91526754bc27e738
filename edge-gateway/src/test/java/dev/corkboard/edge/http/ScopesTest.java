// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corkboard.board.v1.Board;
import dev.corkboard.edge.testing.Answer;
import dev.corkboard.edge.testing.Api;
import dev.corkboard.edge.testing.EdgeExtension;
import dev.corkboard.platform.testing.TestTokens;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScopesTest {
  @RegisterExtension static final EdgeExtension edge = new EdgeExtension();

  private final Api api = edge.api("7");

  private Answer call(String method, String path, Set<String> scopes) {
    var body =
        method.matches("POST|PATCH|PUT") ? BodyPublishers.ofString("{}") : BodyPublishers.noBody();
    return api.send(
        api.anonymous(path)
            .header("Authorization", "Bearer " + api.token(scopes))
            .header("Content-Type", "application/json")
            .method(method, body));
  }

  @ParameterizedTest
  @CsvSource({
    "POST,/v5/boards,boards:read boards:write",
    "GET,/v5/boards,boards:read",
    "GET,/v5/boards/1,boards:read",
    "DELETE,/v5/boards/1,boards:read boards:write",
    "PATCH,/v5/boards/1,boards:read boards:write",
    "GET,/v5/boards/1/pins,boards:read pins:read",
    "GET,/v5/boards/1/sections,boards:read",
    "POST,/v5/boards/1/sections,boards:read boards:write",
    "PATCH,/v5/boards/1/sections/2,boards:read boards:write",
    "DELETE,/v5/boards/1/sections/2,boards:read boards:write",
    "GET,/v5/boards/1/sections/2/pins,boards:read pins:read",
    "GET,/v5/pins/1/analytics,boards:read pins:read",
    "GET,/v5/pins/analytics,boards:read pins:read",
    "GET,/v5/user_account/analytics,user_accounts:read",
    "GET,/v5/user_account/analytics/top_pins,pins:read user_accounts:read",
    "GET,/v5/user_account/analytics/top_video_pins,pins:read user_accounts:read",
    "GET,/v5/search/boards,boards:read boards:read_secret",
    "GET,/v5/search/pins,boards:read boards:read_secret pins:read pins:read_secret",
    "GET,/v5/search/partner/pins,boards:read pins:read",
    "GET,/v5/user_account,user_accounts:read",
    "PATCH,/v5/user_account,user_accounts:read user_accounts:write",
    "GET,/v5/user_account/followers,user_accounts:read",
    "GET,/v5/user_account/following,user_accounts:read",
    "GET,/v5/user_account/following/boards,user_accounts:read",
    "POST,/v5/user_account/following/user1,user_accounts:write",
    "DELETE,/v5/user_account/following/user1,user_accounts:write",
    "POST,/v5/boards/1/follow,boards:read user_accounts:write",
    "DELETE,/v5/boards/1/follow,boards:read user_accounts:write",
    "GET,/v5/user_account/businesses,user_accounts:read",
    "GET,/v5/user_account/websites,user_accounts:read",
    "POST,/v5/user_account/websites,user_accounts:write",
    "DELETE,/v5/user_account/websites,user_accounts:write",
    "GET,/v5/user_account/websites/verification,user_accounts:read",
    "GET,/v5/users/user1/interests/follow,user_accounts:read",
    "POST,/v5/media,pins:read pins:write",
    "GET,/v5/media,pins:read",
    "GET,/v5/media/1,pins:read",
    "POST,/v5/pins,boards:read boards:write pins:read pins:write",
    "GET,/v5/pins,boards:read pins:read",
    "GET,/v5/pins/1,boards:read pins:read",
    "PATCH,/v5/pins/1,boards:read boards:write pins:read pins:write",
    "DELETE,/v5/pins/1,boards:read boards:write pins:read pins:write",
    "POST,/v5/pins/1/save,boards:read boards:write pins:read pins:write",
    "POST,/v1/collages,collages:read collages:write",
    "GET,/v1/collages,collages:read",
    "POST,/v1/collages/import,collages:read collages:write pins:read pins:write",
    "GET,/v1/collages/1,collages:read",
    "PATCH,/v1/collages/1,collages:read collages:write",
    "DELETE,/v1/collages/1,collages:read collages:write",
    "POST,/v1/collages/1/restore,collages:read collages:write",
    "POST,/v1/collages/1/edits,collages:read collages:write",
    "POST,/v1/collages/1/undo,collages:read collages:write",
    "GET,/v1/collages/1/revisions,collages:read",
    "POST,/v1/collages/1/revisions/2/restore,collages:read collages:write",
    "GET,/v1/collages/1/events,collages:read",
    "GET,/v1/collages/1/members,collages:read",
    "PUT,/v1/collages/1/members/2,collages:read collages:write",
    "DELETE,/v1/collages/1/members/2,collages:read collages:write",
    "GET,/v1/collages/1/render,collages:read",
    "GET,/v1/collages/1/replay,collages:read",
    "GET,/v1/collages/1/export,collages:read",
    "POST,/v1/collages/1/publish,boards:read boards:write collages:read collages:write pins:read"
        + " pins:write",
    "POST,/v1/collages/1/unpublish,boards:read boards:write collages:read collages:write pins:read"
        + " pins:write",
    "POST,/v1/collages/1/remix,collages:read collages:write",
    "GET,/v1/collages/1/remixes,collages:read",
    "GET,/v1/pins/1/collages,boards:read collages:read pins:read",
    "POST,/v1/uploads,pins:read pins:write"
  })
  void everyOperationNeedsExactlyItsScopes(String method, String path, String scopes) {
    List<String> needed = List.of(scopes.split(" ", -1));
    for (String missing : needed) {
      Set<String> others = new HashSet<>(TestTokens.ALL_SCOPES);
      others.remove(missing);
      call(method, path, others)
          .fails(
              401,
              3,
              "Your token does not have sufficient permissions to perform this operation."
                  + " Missing: ['"
                  + missing
                  + "']");
    }
    assertThat(call(method, path, Set.copyOf(needed)).status()).isNotEqualTo(401);
  }

  @Test
  void namesAllMissingScopesInTheirOrder() {
    call("POST", "/v5/pins", Set.of("pins:write"))
        .fails(401, 3, "Missing: ['boards:read', 'boards:write', 'pins:read']");
  }

  @Test
  void picturesKeysAndHealthNeedNoToken() {
    edge.boards().put(Board.newBuilder().setName("scopes").build());
    assertThat(api.send(api.anonymous("/.well-known/jwks.json").GET()).status()).isEqualTo(200);
    assertThat(api.send(api.anonymous("/media/abcdefghijABCDEFGHIJ_-/1x").GET()).status())
        .isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource({
    "DELETE,/v5/boards/1",
    "POST,/v5/boards/1/sections",
    "PATCH,/v5/boards/1/sections/2",
    "DELETE,/v5/boards/1/sections/2",
    "POST,/v5/pins/1/save",
    "PATCH,/v5/user_account",
    "POST,/v5/user_account/following/user1",
    "DELETE,/v5/user_account/following/user1",
    "POST,/v5/boards/1/follow",
    "DELETE,/v5/boards/1/follow",
    "GET,/v5/user_account/analytics",
    "GET,/v5/search/pins",
    "POST,/v5/media",
    "GET,/v5/media",
    "GET,/v5/media/1",
    "GET,/v5/search/partner/pins",
    "GET,/v5/user_account/websites",
    "POST,/v5/user_account/websites",
    "DELETE,/v5/user_account/websites",
    "POST,/v1/collages",
    "POST,/v1/collages/import",
    "PATCH,/v1/collages/1",
    "DELETE,/v1/collages/1",
    "POST,/v1/collages/1/restore",
    "POST,/v1/collages/1/edits",
    "POST,/v1/collages/1/undo",
    "GET,/v1/collages/1/revisions",
    "POST,/v1/collages/1/revisions/2/restore",
    "GET,/v1/collages/1/events",
    "GET,/v1/collages/1/members",
    "PUT,/v1/collages/1/members/2",
    "DELETE,/v1/collages/1/members/2",
    "GET,/v1/collages/1/replay",
    "POST,/v1/collages/1/publish",
    "POST,/v1/collages/1/unpublish",
    "POST,/v1/collages/1/remix"
  })
  void appsMayNotForThemselves(String method, String path) {
    BodyPublisher body =
        method.matches("POST|PATCH|PUT") ? BodyPublishers.ofString("{}") : BodyPublishers.noBody();
    api.send(
            api.anonymous(path)
                .header("Authorization", "Bearer " + edge.tokens().appOnly("7"))
                .header("Content-Type", "application/json")
                .method(method, body))
        .fails(403, 29, "You are not permitted to access that resource.");
  }
}
