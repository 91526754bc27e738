// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.corkboard.edge.testing.Api;
import dev.corkboard.edge.testing.EdgeExtension;
import dev.corkboard.pin.v1.CreativeType;
import dev.corkboard.pin.v1.GetMostSavedPinsRequest;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnalyticsEndpointsTest {
  @RegisterExtension static final EdgeExtension edge = new EdgeExtension();

  private final LocalDate today = LocalDate.now(ZoneOffset.UTC);
  private Api api;

  @BeforeEach
  void connect() {
    api = edge.api("7");
  }

  private String days(int back) {
    return "start_date=" + today.minusDays(back) + "&end_date=" + today;
  }

  @Test
  void aPinsSavesByTheDay() {
    JsonNode all =
        api.get("/v5/pins/11/analytics?" + days(3) + "&metric_types=IMPRESSION,SAVE,VIDEO_START")
            .isOk()
            .json()
            .get("all");
    assertThat(all.get("daily_metrics")).hasSize(4);
    JsonNode before = all.get("daily_metrics").get(0);
    assertThat(before.get("data_status").textValue()).isEqualTo("BEFORE_PIN_CREATED");
    assertThat(before.get("metrics")).isEmpty();
    JsonNode last = all.get("daily_metrics").get(3);
    assertThat(last.get("date").textValue()).isEqualTo(today.toString());
    assertThat(last.get("data_status").textValue()).isEqualTo("READY");
    assertThat(last.get("metrics").get("SAVE").intValue()).isEqualTo(2);
    assertThat(last.get("metrics").has("IMPRESSION")).isFalse();
    assertThat(all.get("summary_metrics").get("SAVE").intValue()).isEqualTo(8);
    assertThat(all.get("lifetime_metrics")).isEmpty();
  }

  @Test
  void whatIsNotCountedHasNoValue() {
    JsonNode all =
        api.get("/v5/pins/11/analytics?" + days(0) + "&metric_types=IMPRESSION")
            .isOk()
            .json()
            .get("all");
    JsonNode day = all.get("daily_metrics").get(0);
    assertThat(day.get("data_status").textValue()).isEqualTo("BEFORE_METRIC_START_DATE");
    assertThat(day.get("metrics")).isEmpty();
    assertThat(all.get("summary_metrics")).isEmpty();
    for (String part : new String[] {"app_types=WEB", "split_field=APP_TYPE"}) {
      String path = "/v5/pins/11/analytics?" + days(0) + "&metric_types=SAVE&" + part;
      assertThat(api.get(path).isOk().json()).isEmpty();
    }
  }

  @Test
  void manyPinsByTheirIds() {
    JsonNode pins =
        api.get(
                "/v5/pins/analytics?pin_ids=11&pin_ids=404&pin_ids=12&"
                    + days(0)
                    + "&metric_types=SAVE")
            .isOk()
            .json();
    assertThat(pins).hasSize(2);
    assertThat(pins.at("/12/all/summary_metrics/SAVE").intValue()).isEqualTo(2);
    api.get("/v5/pins/analytics?" + days(0) + "&metric_types=SAVE").fails(400, 1, "pin_ids");
    api.get("/v5/pins/analytics?pin_ids=x&" + days(0) + "&metric_types=SAVE")
        .fails(400, 1, "pin_ids");
    api.get("/v5/pins/analytics?" + "pin_ids=1&".repeat(101) + days(0) + "&metric_types=SAVE")
        .fails(400, 1, "constraint: maxItems=100");
  }

  @Test
  void anothersPinIsNotFound() {
    String query = "/analytics?" + days(0) + "&metric_types=SAVE";
    api.get("/v5/pins/404" + query).fails(404, 50, "Pin not found.");
    api.get("/v5/pins/abc" + query).fails(404, 50, "Pin not found.");
  }

  @Test
  void anAccountsSaves() {
    JsonNode all =
        api.get("/v5/user_account/analytics?" + days(1) + "&pin_format=ORGANIC_IMAGE")
            .isOk()
            .json()
            .get("all");
    assertThat(all.get("daily_metrics").get(0).at("/metrics/SAVE").intValue()).isEqualTo(5);
    assertThat(all.at("/summary_metrics/SAVE").intValue()).isEqualTo(10);
    assertThat(api.get("/v5/user_account/analytics?" + days(1) + "&content_type=PAID").json())
        .isEmpty();
  }

  @Test
  void theMostSavedPins() {
    String path = "/v5/user_account/analytics/top_pins?" + days(30);
    JsonNode top =
        api.get(path + "&sort_by=SAVE&num_of_pins=3&created_in_last_n_days=30").isOk().json();
    JsonNode pin = top.get("pins").get(0);
    assertThat(pin.get("pin_id").textValue()).isEqualTo("11");
    assertThat(pin.at("/metrics/SAVE").intValue()).isEqualTo(9);
    assertThat(pin.at("/data_status/SAVE").textValue()).isEqualTo("READY");
    assertThat(pin.at("/data_status/IMPRESSION").textValue()).isEqualTo("BEFORE_METRIC_START_DATE");
    assertThat(top.get("sort_by").textValue()).isEqualTo("SAVE");
    GetMostSavedPinsRequest sent =
        edge.analytics().script().lastRequest(GetMostSavedPinsRequest.class);
    assertThat(sent.getLimit()).isEqualTo(3);
    assertThat(sent.hasCreatedAfterTime()).isTrue();
    assertThat(api.get(path + "&sort_by=IMPRESSION").isOk().json().get("pins")).isEmpty();
    assertThat(sent.getCreativeTypesList()).isEmpty();
    api.get("/v5/user_account/analytics/top_video_pins?" + days(1) + "&sort_by=SAVE").isOk();
    assertThat(
            edge.analytics()
                .script()
                .lastRequest(GetMostSavedPinsRequest.class)
                .getCreativeTypesList())
        .containsExactly(CreativeType.CREATIVE_TYPE_VIDEO);
  }

  @ParameterizedTest
  @CsvSource({"0,-1", "91,0", "-1,-1", "91,80"})
  void daysAreChecked(int first, int last) {
    api.get(
            "/v5/user_account/analytics?start_date="
                + today.minusDays(first)
                + "&end_date="
                + today.minusDays(last == -1 && first == 0 ? 1 : last))
        .fails(400, 1, "_date");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "start_date=2026-02-30&end_date=2026-03-01",
        "start_date=yesterday&end_date=today",
        "end_date=2026-03-01",
        "start_date=TODAY&end_date=TODAY&metric_types=SAVE,NOISE",
        "start_date=TODAY&end_date=TODAY&app_types=FRIDGE",
        "start_date=TODAY&end_date=TODAY&split_field=HAIR"
      })
  void parametersAreChecked(String query) {
    api.get("/v5/user_account/analytics?" + query.replace("TODAY", today.toString()))
        .fails(400, 1, "");
    api.get("/v5/user_account/analytics/top_pins?" + days(1) + "&num_of_pins=51&sort_by=SAVE")
        .fails(400, 1, "num_of_pins: 51 is greater than the maximum of 50");
    api.get("/v5/user_account/analytics/top_pins?" + days(1)).fails(400, 1, "sort_by");
  }
}
