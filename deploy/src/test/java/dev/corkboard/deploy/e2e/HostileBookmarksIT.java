// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Bookmarks that were not given for the very listing, and parameters of listings beyond reason. */
class HostileBookmarksIT {
  private static final Logger log = LoggerFactory.getLogger(HostileBookmarksIT.class);

  private final EndToEnd suite = EndToEnd.get();
  private final Rest owner = suite.newAccount();
  private final Rest stranger = suite.newAccount();
  private final String board = filled(owner);
  private final String strangers = filled(stranger);
  private int asked;

  private static String filled(Rest account) {
    String board = account.createBoard("PUBLIC");
    account.createBoard("PUBLIC");
    account.createPin(board);
    account.createPin(board);
    return board;
  }

  private List<String> listings() {
    return List.of("/v5/boards", "/v5/pins", "/v5/boards/" + board + "/pins");
  }

  private static String bookmark(Rest account, String listing) {
    String bookmark =
        account.get(listing + "?page_size=1").expect(200).json().get("bookmark").textValue();
    account.get(listing + "?page_size=1&bookmark=" + bookmark).expect(200);
    return bookmark;
  }

  private void assertRefused(String listing, String bookmark) {
    asked++;
    // NUL and what is no UTF-8 may be refused before parameters are looked at.
    String field = bookmark.contains("%") ? "" : "bookmark: ";
    Rest.Answer answer = owner.get(listing + "?page_size=1&bookmark=" + bookmark);
    assertThat(answer.status()).as(bookmark).isEqualTo(400);
    answer.expect(400, 1, field);
  }

  @Test
  void noForgedBookmarkIsTaken() {
    int bookmarks = 0;
    for (String listing : listings()) {
      String good = bookmark(owner, listing);
      List<String> forged = new ArrayList<>();
      byte[] bytes = Base64.getUrlDecoder().decode(good);
      for (int bit = 0; bit < bytes.length * 8; bit += 5) {
        byte[] flipped = bytes.clone();
        flipped[bit / 8] ^= (byte) (1 << (bit % 8));
        forged.add(Base64.getUrlEncoder().withoutPadding().encodeToString(flipped));
      }
      for (int length = 1; length < good.length(); length += 3) {
        forged.add(good.substring(0, length));
      }
      for (String other : listings()) {
        if (!other.equals(listing)) forged.add(bookmark(owner, other));
        forged.add(bookmark(stranger, other.replace(board, strangers)));
      }
      forged.addAll(
          List.of(
              good + "A",
              good + good,
              good + "%00",
              good + "%20",
              "%20" + good,
              good + "%3D",
              "AAAA",
              "1",
              "-1",
              "0",
              "null",
              "..%2F..%2Fetc",
              "%FF%FE",
              "%F0%9F%93%8C",
              "A".repeat(2_000),
              "A".repeat(10_000),
              "'%20OR%201=1--",
              owner.account().token()));
      forged.forEach(bookmark -> assertRefused(listing, bookmark));
      bookmarks += forged.size();
      owner.get(listing + "?bookmark=" + good + "&page_size=1").expect(200);
    }
    log.info("bookmarks {}, {} requests: accepted 0, 5xx 0", bookmarks, asked);
  }

  @Test
  void noParameterOfAListingBreaksIt() {
    int parameters = 0;
    for (String listing : listings()) {
      for (String size :
          new String[] {
            "0",
            "-1",
            "251",
            "2147483648",
            "9223372036854775808",
            "9".repeat(400),
            "1e2",
            "0x10",
            "NaN",
            "%2B5",
            "5%20",
            "%D9%A2",
            "",
            "true",
            "[]"
          }) {
        owner.get(listing + "?page_size=" + size).expect(400, 1, "page_size: ");
        parameters++;
      }
      for (String harmless :
          new String[] {
            "x=" + "y".repeat(10_000),
            "x&".repeat(3_000),
            "%FF=%FE",
            "=",
            "&&&&",
            "page_sizes=0",
            "ad_account_id=" + "9".repeat(400)
          }) {
        assertThat(owner.get(listing + "?" + harmless).status()).isIn(200, 400);
        parameters++;
      }
      for (String flag : new String[] {"privacy=public", "privacy=" + "x".repeat(9_000)}) {
        assertThat(owner.get("/v5/boards?" + flag).expect(400, 1, "privacy: ").text())
            .hasSizeLessThan(400);
        parameters++;
      }
      assertThat(owner.ids(listing, 25)).hasSize(2);
    }
    log.info("parameters {}: 5xx 0", parameters);
  }
}
