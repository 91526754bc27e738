// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpStatus;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.platform.error.ApiException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RestErrorTest {
  private static final String SECRET = "internal detail";

  /** The contract's table, and what is ours: reason to status and code. */
  private static final Map<String, String> EXPECTED =
      Map.ofEntries(
          Map.entry("INVALID_FIELD", "400 1"),
          Map.entry("INVALID_PAGE_TOKEN", "400 1"),
          Map.entry("REQUEST_ID_REUSED", "400 1"),
          Map.entry("UNAUTHENTICATED", "401 2"),
          Map.entry("INSUFFICIENT_SCOPE", "401 3"),
          Map.entry("PERMISSION_DENIED", "403 29"),
          Map.entry("SERVICE_ONLY", "403 29"),
          Map.entry("ACCOUNT_NOT_FOUND", "404 30"),
          Map.entry("APP_NOT_FOUND", "404 404"),
          Map.entry("GRANT_INVALID", "400 1"),
          Map.entry("CREDENTIALS_INVALID", "401 2"),
          Map.entry("USERNAME_TAKEN", "409 409"),
          Map.entry("BOARD_NOT_FOUND", "404 40"),
          Map.entry("BOARD_NAME_TAKEN", "400 400"),
          Map.entry("BOARD_NOT_DELETED", "409 409"),
          Map.entry("BOARD_FULL", "403 403"),
          Map.entry("TOO_MANY_BOARDS", "403 403"),
          Map.entry("TOO_MANY_SECTIONS", "403 403"),
          Map.entry("SECTION_NOT_FOUND", "404 2031"),
          Map.entry("PIN_NOT_FOUND", "404 50"),
          Map.entry("MEDIA_NOT_FOUND", "404 404"),
          Map.entry("LINK_INVALID", "400 1"),
          Map.entry("IMAGE_FETCH_FAILED", "400 1"),
          Map.entry("IMAGE_BROKEN", "400 235"),
          Map.entry("IMAGE_TOO_LARGE", "400 1"),
          Map.entry("VIDEO_BROKEN", "400 1"),
          Map.entry("VIDEO_TOO_LARGE", "413 413"),
          Map.entry("VIDEO_NOT_READY", "400 1"),
          Map.entry("VIDEO_ALREADY_UPLOADED", "409 409"),
          Map.entry("ETAG_MISMATCH", "412 412"),
          Map.entry("EDIT_CONFLICT", "409 409"),
          Map.entry("BASE_REVISION_TOO_OLD", "409 409"),
          Map.entry("COLLAGE_NOT_FOUND", "404 404"),
          Map.entry("REVISION_NOT_FOUND", "404 404"),
          Map.entry("NOTHING_TO_UNDO", "409 409"),
          Map.entry("TOO_MANY_COLLAGES", "403 403"),
          Map.entry("TOO_MANY_MEMBERS", "403 403"),
          Map.entry("REMIX_NOT_ALLOWED", "403 403"),
          Map.entry("COLLAGE_PUBLISHED", "409 409"),
          Map.entry("NO_COLLAGE_PIN", "409 409"),
          Map.entry("EDITS_EXPIRED", "410 410"),
          Map.entry("CONTENTION", "409 409"),
          Map.entry("OVERLOADED", "429 8"),
          Map.entry("UNAVAILABLE", "503 503"),
          Map.entry("DEADLINE_EXCEEDED", "504 504"),
          Map.entry("INTERNAL", "500 500"),
          Map.entry("UNSPECIFIED", "500 500"));

  static Stream<ErrorReason> reasons() {
    return Arrays.stream(ErrorReason.values()).filter(reason -> reason != ErrorReason.UNRECOGNIZED);
  }

  private static String name(ErrorReason reason) {
    return reason.name().substring("ERROR_REASON_".length());
  }

  @Test
  void theTableKnowsEveryReason() {
    Set<String> names = new java.util.HashSet<>();
    reasons().forEach(reason -> names.add(name(reason)));
    assertThat(EXPECTED.keySet()).isEqualTo(names);
  }

  @ParameterizedTest
  @MethodSource("reasons")
  void everyReasonHasItsStatusAndCodeAndLeaksNothing(ErrorReason reason) {
    ApiException failure = ApiException.aborted(reason, SECRET);
    RestError error = RestError.of(failure, HttpMethod.POST);
    assertThat(error.status().code() + " " + error.code()).isEqualTo(EXPECTED.get(name(reason)));
    assertThat(error.message()).doesNotContain(SECRET);
  }

  @Test
  void aConflictNamesLayerAndProperty() {
    ApiException conflict =
        ApiException.aborted(
            ErrorReason.ERROR_REASON_EDIT_CONFLICT,
            SECRET,
            Map.of("layer_id", "a", "property", "placement.rotation", "revision", "7"));
    assertThat(RestError.of(conflict, HttpMethod.POST).message())
        .isEqualTo(
            "Another edit changed the same since: layer a, property placement.rotation, revision 7.");
  }

  @Test
  void aTakenNameIsWordedByOperation() {
    ApiException taken =
        ApiException.alreadyExists(ErrorReason.ERROR_REASON_BOARD_NAME_TAKEN, "name", "n", SECRET);
    assertThat(RestError.of(taken, HttpMethod.POST).message())
        .isEqualTo("The board name is invalid or duplicated.");
    assertThat(RestError.of(taken, HttpMethod.PATCH).message()).startsWith("Could not edit board");
  }

  @Test
  void namesAtMostTenFields() {
    List<ApiException.Violation> violations = new ArrayList<>();
    for (int i = 0; i < 50; i++) violations.add(new ApiException.Violation("f" + i, "is bad"));
    RestError error = RestError.of(ApiException.invalid(violations), HttpMethod.POST);
    assertThat(error.status()).isEqualTo(HttpStatus.BAD_REQUEST);
    assertThat(error.message())
        .startsWith("f0: is bad; f1: is bad")
        .contains("f9")
        .doesNotContain("f10");
  }

  @ParameterizedTest
  @CsvSource({
    "pin.title,title,title",
    "board.name,name,name",
    "pin.section_id,board_section_id,board_section_id",
    "section_id,board_section_id,board_section_id",
    "board_section_id,board_section_id,board_section_id",
    "images,media_source.items,carousel_slots",
    "images[2].image_url,media_source.items[2].url,carousel_slots[2].url",
    "pin.images[0].title,media_source.items[0].title,carousel_slots[0].title",
    "media_source.items[0].url,media_source.items[0].url,media_source.items[0].url",
    "page_token,bookmark,bookmark",
    "request_id,Idempotency-Key,Idempotency-Key",
    "board.ads_only,is_ads_only,is_ads_only",
    "page_size,page_size,page_size",
    "collage.title,title,title",
    "collage.document,document,document",
    "collage.document.layers[1].image.crop.x,document.layers[1].content.crop.x,"
        + "document.layers[1].content.crop.x",
    "operations[3].add_layer.layer.placement.width,operations[3].layer.placement.width,"
        + "operations[3].layer.placement.width",
    "member.role,role,role",
    "collage_id,collage_id,collage_id"
  })
  void fieldsHaveTheNamesOfTheContract(String field, String onPost, String onPatch) {
    assertThat(FieldNames.rest(field, HttpMethod.POST)).isEqualTo(onPost);
    assertThat(FieldNames.rest(field, HttpMethod.PATCH)).isEqualTo(onPatch);
  }
}
