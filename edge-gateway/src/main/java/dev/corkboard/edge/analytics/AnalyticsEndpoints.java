// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.analytics;

import com.fasterxml.jackson.core.JsonGenerator;
import com.google.protobuf.util.Timestamps;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.annotation.Get;
import com.linecorp.armeria.server.annotation.Param;
import com.linecorp.armeria.server.annotation.Path;
import dev.corkboard.edge.backend.Backends;
import dev.corkboard.edge.http.Params;
import dev.corkboard.edge.http.RequiredScopes;
import dev.corkboard.edge.http.Responses;
import dev.corkboard.edge.http.ScopeCheck;
import dev.corkboard.edge.json.Ids;
import dev.corkboard.edge.limit.Category;
import dev.corkboard.edge.limit.RateLimited;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.pin.v1.BatchGetPinSavesRequest;
import dev.corkboard.pin.v1.CreativeType;
import dev.corkboard.pin.v1.GetAccountSavesRequest;
import dev.corkboard.pin.v1.GetMostSavedPinsRequest;
import dev.corkboard.pin.v1.GetMostSavedPinsResponse.Ranked;
import dev.corkboard.pin.v1.PinSaves;
import dev.corkboard.platform.client.Futures;
import dev.corkboard.platform.error.ApiException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How often the caller's Pins were saved, in the shapes of the contract; see {@link Metrics}. */
public final class AnalyticsEndpoints {
  private static final int MAX_PINS = 100;

  private static final Map<String, Boolean> PIN_SPLITS = whole("NO_SPLIT", "APP_TYPE");
  private static final Map<String, Boolean> ACCOUNT_SPLITS =
      whole("NO_SPLIT", "APP_TYPE", "OWNED_CONTENT", "SOURCE", "PIN_FORMAT");

  /** Parameters that choose a part of what is counted, and whether it is a part that is. */
  private static final Map<String, Map<String, Boolean>> PARTS =
      Map.of(
          "app_types", Map.of("ALL", true, "MOBILE", false, "TABLET", false, "WEB", false),
          "from_claimed_content", Map.of("BOTH", true, "OTHER", true, "CLAIMED", false),
          "content_type", Map.of("ALL", true, "ORGANIC", true, "PAID", false),
          "source", Map.of("ALL", true, "YOUR_PINS", true, "OTHER_PINS", false),
          "pin_format",
              Map.of(
                  "ALL", true,
                  "ORGANIC_IMAGE", true,
                  "ORGANIC_PRODUCT", false,
                  "ORGANIC_VIDEO", false,
                  "ADS_STANDARD", false,
                  "ADS_PRODUCT", false,
                  "ADS_VIDEO", false,
                  "ADS_IDEA", false));

  private static final Set<String> SORTS =
      Set.of("ENGAGEMENT", "IMPRESSION", "OUTBOUND_CLICK", "PIN_CLICK", Metrics.SAVE);

  private final Backends backends;
  private final Clock clock;

  public AnalyticsEndpoints(Backends backends, Clock clock) {
    this.backends = backends;
    this.clock = clock.withZone(ZoneOffset.UTC);
  }

  private static Map<String, Boolean> whole(String first, String... others) {
    return Stream.concat(Stream.of(first), Stream.of(others))
        .collect(Collectors.toMap(Function.identity(), first::equals));
  }

  /**
   * Whether all that is counted is asked for, and not a split or a part of it that is not known.
   */
  private static boolean isCounted(ServiceRequestContext ctx, Map<String, Boolean> splits) {
    boolean parts = true;
    for (Map.Entry<String, Map<String, Boolean>> part : PARTS.entrySet()) {
      parts &= Params.choice(ctx, part.getKey(), part.getValue()).orElse(true);
    }
    return Params.choice(ctx, "split_field", splits).orElse(true) && parts;
  }

  @Get
  @Path("/pins/{pin_id}/analytics")
  @Path("/pins/{pin_id}/analytics/")
  @RequiredScopes({"boards:read", "pins:read"})
  @RateLimited(Category.ORG_ANALYTICS)
  public CompletionStage<HttpResponse> ofPin(
      ServiceRequestContext ctx, @Param("pin_id") String id) {
    String pinId = Ids.existing("pin_id", id, ErrorReason.ERROR_REASON_PIN_NOT_FOUND);
    Period period = Period.of(ctx, clock);
    Metrics metrics = Metrics.required(ctx, Metrics.OF_PINS);
    boolean counted = isCounted(ctx, PIN_SPLITS);
    return saves(ctx, List.of(pinId), period)
        .thenApply(
            pins -> {
              if (pins.isEmpty()) {
                throw ApiException.notFound(
                    ErrorReason.ERROR_REASON_PIN_NOT_FOUND, "pin_id", pinId);
              }
              return Responses.ok(out -> write(out, pins.get(0), period, metrics, counted));
            });
  }

  @Get
  @Path("/pins/analytics")
  @Path("/pins/analytics/")
  @RequiredScopes({"boards:read", "pins:read"})
  @RateLimited(Category.ORG_ANALYTICS)
  public CompletionStage<HttpResponse> ofPins(ServiceRequestContext ctx) {
    List<String> ids = ctx.queryParams("pin_ids");
    if (ids.isEmpty()) throw ApiException.invalid("pin_ids", "'pin_ids' is a required property");
    if (ids.size() > MAX_PINS) {
      throw ApiException.invalid("pin_ids", "is too long, constraint: maxItems=" + MAX_PINS);
    }
    List<String> known =
        ids.stream()
            .map(id -> Ids.check("pin_ids", id, ErrorReason.ERROR_REASON_PIN_NOT_FOUND))
            .distinct()
            .toList();
    Period period = Period.of(ctx, clock);
    Metrics metrics = Metrics.required(ctx, Metrics.OF_PINS);
    boolean counted = isCounted(ctx, PIN_SPLITS);
    return saves(ctx, known, period)
        .thenApply(
            pins ->
                Responses.ok(
                    out -> {
                      out.writeStartObject();
                      for (PinSaves pin : pins) {
                        out.writeFieldName(pin.getPinId());
                        write(out, pin, period, metrics, counted);
                      }
                      out.writeEndObject();
                    }));
  }

  private CompletionStage<List<PinSaves>> saves(
      ServiceRequestContext ctx, List<String> pins, Period period) {
    BatchGetPinSavesRequest call =
        BatchGetPinSavesRequest.newBuilder()
            .addAllPinIds(pins)
            .setStartDate(period.start())
            .setEndDate(period.end())
            .build();
    return Futures.toStage(backends.analytics(ScopeCheck.caller(ctx)).batchGetPinSaves(call))
        .thenApply(answer -> answer.getPinsList());
  }

  private static void write(
      JsonGenerator out, PinSaves pin, Period period, Metrics metrics, boolean counted)
      throws IOException {
    LocalDate created =
        Instant.ofEpochMilli(Timestamps.toMillis(pin.getPinCreateTime()))
            .atOffset(ZoneOffset.UTC)
            .toLocalDate();
    out.writeStartObject();
    if (counted) {
      out.writeObjectFieldStart("all");
      out.writeObjectFieldStart("lifetime_metrics");
      out.writeEndObject();
      writeDays(out, pin.getDailyCountsList(), period, metrics, created);
      out.writeEndObject();
    }
    out.writeEndObject();
  }

  private static void writeDays(
      JsonGenerator out, List<Integer> counts, Period period, Metrics metrics, LocalDate created)
      throws IOException {
    out.writeArrayFieldStart("daily_metrics");
    int i = 0;
    for (LocalDate day : period.days()) {
      boolean before = day.isBefore(created);
      out.writeStartObject();
      out.writeStringField("date", day.toString());
      out.writeStringField(
          "data_status",
          !metrics.save() ? Metrics.NOT_COUNTED : before ? "BEFORE_PIN_CREATED" : Metrics.COUNTED);
      writeSaves(out, "metrics", metrics.save() && !before, counts.get(i++));
      out.writeEndObject();
    }
    out.writeEndArray();
    writeSaves(
        out, "summary_metrics", metrics.save(), counts.stream().mapToInt(Integer::intValue).sum());
  }

  private static void writeSaves(JsonGenerator out, String name, boolean known, int count)
      throws IOException {
    out.writeObjectFieldStart(name);
    if (known) out.writeNumberField(Metrics.SAVE, count);
    out.writeEndObject();
  }

  @Get
  @Path("/user_account/analytics")
  @Path("/user_account/analytics/")
  @RequiredScopes(value = "user_accounts:read", userOnly = true)
  @RateLimited(Category.ORG_ANALYTICS)
  public CompletionStage<HttpResponse> ofAccount(ServiceRequestContext ctx) {
    Period period = Period.of(ctx, clock);
    Metrics metrics = Metrics.optional(ctx, Metrics.OF_ACCOUNTS);
    boolean counted = isCounted(ctx, ACCOUNT_SPLITS);
    GetAccountSavesRequest call =
        GetAccountSavesRequest.newBuilder()
            .setStartDate(period.start())
            .setEndDate(period.end())
            .build();
    return Futures.toStage(backends.analytics(ScopeCheck.caller(ctx)).getAccountSaves(call))
        .thenApply(
            saves ->
                Responses.ok(
                    out -> {
                      out.writeStartObject();
                      if (counted) {
                        out.writeObjectFieldStart("all");
                        writeDays(out, saves.getDailyCountsList(), period, metrics, LocalDate.MIN);
                        out.writeEndObject();
                      }
                      out.writeEndObject();
                    }));
  }

  @Get
  @Path("/user_account/analytics/top_pins")
  @Path("/user_account/analytics/top_pins/")
  @RequiredScopes({"pins:read", "user_accounts:read"})
  @RateLimited(Category.ORG_ANALYTICS)
  public CompletionStage<HttpResponse> topPins(ServiceRequestContext ctx) {
    return top(ctx, SORTS, Metrics.OF_ACCOUNTS, List.of());
  }

  @Get
  @Path("/user_account/analytics/top_video_pins")
  @Path("/user_account/analytics/top_video_pins/")
  @RequiredScopes({"pins:read", "user_accounts:read"})
  @RateLimited(Category.ORG_ANALYTICS)
  public CompletionStage<HttpResponse> topVideoPins(ServiceRequestContext ctx) {
    return top(
        ctx, Metrics.OF_VIDEOS, Metrics.OF_VIDEOS, List.of(CreativeType.CREATIVE_TYPE_VIDEO));
  }

  private CompletionStage<HttpResponse> top(
      ServiceRequestContext ctx, Set<String> sorts, Set<String> known, List<CreativeType> types) {
    Params.required(ctx, "sort_by");
    String sort =
        Params.choice(
                ctx,
                "sort_by",
                sorts.stream().collect(Collectors.toMap(Function.identity(), Function.identity())))
            .orElseThrow();
    Period period = Period.of(ctx, clock);
    Metrics metrics = Metrics.optional(ctx, known);
    GetMostSavedPinsRequest.Builder call =
        GetMostSavedPinsRequest.newBuilder()
            .setStartDate(period.start())
            .setEndDate(period.end())
            .addAllCreativeTypes(types)
            .setLimit(Params.integer(ctx, "num_of_pins", 1, 50, 10));
    Instant now = clock.instant();
    Params.choice(ctx, "created_in_last_n_days", Map.of("30", 30))
        .ifPresent(
            days ->
                call.setCreatedAfterTime(
                    Timestamps.fromMillis(now.minus(Duration.ofDays(days)).toEpochMilli())));
    boolean ranked = isCounted(ctx, ACCOUNT_SPLITS) && sort.equals(Metrics.SAVE);
    CompletionStage<List<Ranked>> pins =
        ranked
            ? Futures.toStage(
                    backends.analytics(ScopeCheck.caller(ctx)).getMostSavedPins(call.build()))
                .thenApply(answer -> answer.getPinsList())
            : CompletableFuture.completedStage(List.of());
    return pins.thenApply(found -> Responses.ok(out -> writeTop(out, found, sort, metrics, now)));
  }

  private static void writeTop(
      JsonGenerator out, List<Ranked> pins, String sort, Metrics metrics, Instant now)
      throws IOException {
    out.writeStartObject();
    out.writeObjectFieldStart("date_availability");
    out.writeNumberField("latest_available_timestamp", now.toEpochMilli());
    out.writeBooleanField("is_realtime", true);
    out.writeEndObject();
    out.writeArrayFieldStart("pins");
    for (Ranked pin : pins) {
      out.writeStartObject();
      out.writeStringField("pin_id", pin.getPinId());
      writeSaves(out, "metrics", metrics.save(), pin.getCount());
      out.writeObjectFieldStart("data_status");
      for (String metric : metrics.asked()) {
        boolean counted = metric.equals(Metrics.SAVE);
        out.writeStringField(metric, counted ? Metrics.COUNTED : Metrics.NOT_COUNTED);
      }
      out.writeEndObject();
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeStringField("sort_by", sort);
    out.writeEndObject();
  }
}
