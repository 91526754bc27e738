// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corkboard.edge.testing.Answer;
import dev.corkboard.edge.testing.Api;
import dev.corkboard.edge.testing.EdgeExtension;
import dev.corkboard.stores.TestStores;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Every operation counts in the category that the contract names; see its section 5. */
class CategoriesIT {
  /** Told apart by their limits. */
  private static final Map<Category, Limit> LIMITS =
      Map.of(
          Category.ORG_READ, new Limit(1_000_001, Duration.ofHours(1)),
          Category.ORG_WRITE, new Limit(1_000_002, Duration.ofHours(1)),
          Category.ORG_ANALYTICS, new Limit(1_000_003, Duration.ofHours(1)),
          Category.ADS_READ, new Limit(1_000_004, Duration.ofHours(1)),
          Category.SIGN_IN, new Limit(1_000_005, Duration.ofHours(1)));

  @RegisterExtension
  static final EdgeExtension edge =
      new EdgeExtension()
          .withLimits(new RateLimits(LIMITS, Duration.ofSeconds(20)), TestStores::redis);

  /** The contract's, but for those marked as ours. */
  private static final String TABLE =
      """
      POST /v5/boards org_write
      GET /v5/boards org_read
      GET /v5/boards/{board_id} org_read
      DELETE /v5/boards/{board_id} org_write
      PATCH /v5/boards/{board_id} org_write
      GET /v5/boards/{board_id}/pins org_read
      GET /v5/boards/{board_id}/sections org_read
      POST /v5/boards/{board_id}/sections org_write
      PATCH /v5/boards/{board_id}/sections/{section_id} org_write
      DELETE /v5/boards/{board_id}/sections/{section_id} org_write
      GET /v5/boards/{board_id}/sections/{section_id}/pins org_read
      POST /v5/boards/{board_id}/follow org_write ours
      DELETE /v5/boards/{board_id}/follow org_write ours
      POST /v5/media org_write
      GET /v5/media org_read
      GET /v5/media/{media_id} org_read
      POST /v5/oauth/token org_read
      POST /v5/oauth/token/revoke org_write
      POST /v5/pins org_write
      GET /v5/pins org_read
      GET /v5/pins/{pin_id} org_read
      PATCH /v5/pins/{pin_id} org_write
      DELETE /v5/pins/{pin_id} org_write
      GET /v5/pins/{pin_id}/analytics org_analytics
      GET /v5/pins/analytics org_analytics
      POST /v5/pins/{pin_id}/save org_write
      GET /v5/search/boards org_read
      GET /v5/search/pins org_read
      GET /v5/search/partner/pins org_read
      GET /v5/user_account org_read
      PATCH /v5/user_account org_write ours
      GET /v5/user_account/analytics org_analytics
      GET /v5/user_account/analytics/top_pins org_analytics
      GET /v5/user_account/analytics/top_video_pins org_analytics
      GET /v5/user_account/businesses org_read
      GET /v5/user_account/followers ads_read
      GET /v5/user_account/following org_read
      GET /v5/user_account/following/boards org_read
      POST /v5/user_account/following/{username} org_write
      DELETE /v5/user_account/following/{username} org_write ours
      POST /v5/user_account/websites org_write
      GET /v5/user_account/websites org_read
      DELETE /v5/user_account/websites org_write
      GET /v5/user_account/websites/verification org_read
      GET /v5/users/{username}/interests/follow org_read
      POST /v1/collages org_write ours
      GET /v1/collages org_read ours
      POST /v1/collages/import org_write ours
      GET /v1/collages/{collage_id} org_read ours
      PATCH /v1/collages/{collage_id} org_write ours
      DELETE /v1/collages/{collage_id} org_write ours
      POST /v1/collages/{collage_id}/restore org_write ours
      POST /v1/collages/{collage_id}/edits org_write ours
      POST /v1/collages/{collage_id}/undo org_write ours
      GET /v1/collages/{collage_id}/revisions org_read ours
      POST /v1/collages/{collage_id}/revisions/{revision}/restore org_write ours
      GET /v1/collages/{collage_id}/events org_read ours
      GET /v1/collages/{collage_id}/members org_read ours
      PUT /v1/collages/{collage_id}/members/{account_id} org_write ours
      DELETE /v1/collages/{collage_id}/members/{account_id} org_write ours
      GET /v1/collages/{collage_id}/render org_read ours
      GET /v1/collages/{collage_id}/replay org_read ours
      GET /v1/collages/{collage_id}/export org_read ours
      POST /v1/collages/{collage_id}/publish org_write ours
      POST /v1/collages/{collage_id}/unpublish org_write ours
      POST /v1/collages/{collage_id}/remix org_write ours
      GET /v1/collages/{collage_id}/remixes org_read ours
      GET /v1/pins/{pin_id}/collages org_read ours
      POST /v1/uploads org_write ours
      """;

  private final Api api = edge.api("7");

  private Answer call(String operation) {
    String[] words = operation.split(" ", -1);
    String path = words[1].replace("{username}", "user1").replaceAll("\\{[a-z_]+}", "1");
    if (path.startsWith("/v5/oauth/")) return api.asApp(path, "");
    boolean withBody = words[0].matches("POST|PATCH|PUT");
    return api.send(
        api.request(path)
            .header("Content-Type", "application/json")
            .method(
                words[0].replace("ANY", "GET"),
                withBody ? BodyPublishers.ofString("{}") : BodyPublishers.noBody()));
  }

  @Test
  void everyRouteOfTheApiHasItsCategoryAndNoOtherHasOne() {
    Map<String, String> expected = new TreeMap<>();
    TABLE
        .lines()
        .map(line -> line.split(" ", -1))
        .forEach(words -> expected.put(words[0] + " " + words[1], words[2]));
    Map<String, String> found = new TreeMap<>();
    for (String operation : edge.edge().operations()) {
      String limit = call(operation).header("x-ratelimit-limit");
      LIMITS.forEach(
          (category, known) -> {
            if (limit.equals(Long.toString(known.requests()))) found.put(operation, category.id());
          });
    }
    assertThat(found).isEqualTo(expected);
    assertThat(edge.edge().operations())
        .filteredOn(operation -> operation.matches("[A-Z]+ /v[15]/.*"))
        .allSatisfy(operation -> assertThat(found).containsKey(operation));
  }
}
