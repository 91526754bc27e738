// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage;

import dev.corkboard.collage.CollageAccess.Seen;
import dev.corkboard.collage.document.Pictures;
import dev.corkboard.collage.index.CollageIndex;
import dev.corkboard.collage.index.IndexWalk;
import dev.corkboard.collage.pins.PinDirectory;
import dev.corkboard.collage.v1.Collage;
import dev.corkboard.collage.v1.ListCollagesRequest;
import dev.corkboard.collage.v1.ListCollagesRequest.Filter;
import dev.corkboard.collage.v1.ListPinCollagesRequest;
import dev.corkboard.collage.v1.ListRemixesRequest;
import dev.corkboard.collage.v1.Role;
import dev.corkboard.collage.v1.ScanPinCollagesRequest;
import dev.corkboard.collage.v1.State;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.platform.check.Ids;
import dev.corkboard.platform.check.Violations;
import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.page.IdPosition;
import dev.corkboard.platform.page.PageTokens;
import dev.corkboard.platform.page.Paging;
import dev.corkboard.platform.server.Caller;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;

/**
 * Lists collages, newest first: what an index leads to is looked at, and shown if it is what it
 * says.
 */
final class CollageLists {
  private final CollageIndex index;
  private final CollageAccess access;
  private final CollageViews views;
  private final CollageHistory history;
  private final PinDirectory pins;
  private final PageTokens tokens;

  CollageLists(
      CollageIndex index,
      CollageAccess access,
      CollageViews views,
      CollageHistory history,
      PinDirectory pins,
      PageTokens tokens) {
    this.index = index;
    this.access = access;
    this.views = views;
    this.history = history;
    this.pins = pins;
    this.tokens = tokens;
  }

  /** A page of a listing. */
  record Page<T>(List<T> items, String nextPageToken) {}

  /** Where a page begins, and how large it is. */
  private record Begin(CollageIndex.Key key, String name, long before, int size) {}

  CompletionStage<Page<Collage>> list(Caller caller, ListCollagesRequest request) {
    Violations violations =
        new Violations()
            .pageSize(request.getPageSize())
            .optionalId("owner_id", request.getOwnerId());
    if (request.getFilter() == Filter.UNRECOGNIZED) {
      violations.add("filter", "has no value " + request.getFilterValue());
    }
    if (!request.getOwnerId().isEmpty() && request.getFilterValue() != 0) {
      violations.add("owner_id", "must be empty where there is a filter");
    }
    violations.throwIfAny();
    boolean own = request.getOwnerId().isEmpty();
    long account =
        own ? CollageAccess.accountOf(caller) : Ids.parse(request.getOwnerId()).orElse(0);
    CollageIndex.Kind kind =
        request.getFilter() == Filter.FILTER_SHARED
            ? CollageIndex.Kind.MEMBER
            : CollageIndex.Kind.OWNER;
    String name =
        own ? "collages/" + request.getFilterValue() : "collages-of/" + request.getOwnerId();
    Begin begin =
        begin(
            caller,
            new CollageIndex.Key(kind, account),
            name,
            request.getPageToken(),
            request.getPageSize());
    return page(
        caller, begin, Test.when(own ? filter(request.getFilter()) : CollageLists::isPublished));
  }

  private static Predicate<Seen> filter(Filter filter) {
    return switch (filter) {
      case FILTER_UNSPECIFIED, FILTER_OWNED ->
          seen -> seen.role() == Role.ROLE_OWNER && seen.stored().isLive();
      case FILTER_SHARED ->
          seen -> seen.isMember() && seen.role() != Role.ROLE_OWNER && seen.stored().isLive();
      case FILTER_DELETED ->
          seen ->
              seen.role() == Role.ROLE_OWNER
                  && seen.stored().collage().getState() == State.STATE_DELETED;
      case UNRECOGNIZED -> throw new IllegalArgumentException("checked before");
    };
  }

  private static boolean isPublished(Seen seen) {
    return seen.stored().collage().getState() == State.STATE_PUBLISHED;
  }

  private Begin begin(
      Caller caller, CollageIndex.Key key, String name, String pageToken, int pageSize) {
    IdPosition from = IdPosition.open(tokens, pageToken, name, caller.accountId());
    int size = Paging.size(pageSize, from.pageSize(), Paging.MAX_SIZE);
    return new Begin(key, name, from.before(), size);
  }

  /** Whether a collage that the caller sees is what is listed. */
  private interface Test {
    CompletionStage<Boolean> passes(Seen seen);

    static Test when(Predicate<Seen> condition) {
      return seen -> CompletableFuture.completedStage(condition.test(seen));
    }
  }

  private CompletionStage<Page<Collage>> page(Caller caller, Begin begin, Test wanted) {
    return new IndexWalk(index)
        .<Collage>page(
            begin.key(),
            begin.before(),
            begin.size(),
            id ->
                access
                    .find(caller, id)
                    .thenCompose(
                        seen ->
                            seen.isEmpty()
                                ? CompletableFuture.completedStage(Optional.empty())
                                : shown(caller, seen.get(), wanted)))
        .thenApply(page -> new Page<>(page.items(), next(caller, begin, page.next())));
  }

  private CompletionStage<Optional<Collage>> shown(Caller caller, Seen seen, Test wanted) {
    return wanted
        .passes(seen)
        .thenCompose(
            passes ->
                passes
                    ? views.show(caller, seen).thenApply(Optional::of)
                    : CompletableFuture.completedStage(Optional.empty()));
  }

  private String next(Caller caller, Begin begin, Optional<Long> next) {
    return next.map(
            before ->
                new IdPosition(before, begin.size()).seal(tokens, begin.name(), caller.accountId()))
        .orElse("");
  }

  /** The remixes of a collage that the caller sees. */
  CompletionStage<Page<Collage>> remixes(Caller caller, ListRemixesRequest request) {
    new Violations().pageSize(request.getPageSize()).throwIfAny();
    return access
        .read(caller, request.getCollageId())
        .thenCompose(
            origin ->
                page(
                    caller,
                    begin(
                        caller,
                        new CollageIndex.Key(CollageIndex.Kind.ORIGIN, origin.id()),
                        "remixes/" + origin.id(),
                        request.getPageToken(),
                        request.getPageSize()),
                    Test.when(seen -> seen.stored().isLive())));
  }

  /** The collages that show a picture of a Pin that the caller sees. */
  CompletionStage<Page<Collage>> ofPin(Caller caller, ListPinCollagesRequest request) {
    new Violations().pageSize(request.getPageSize()).throwIfAny();
    String pinId = request.getPinId();
    if (Ids.parse(pinId).isEmpty()) return CompletableFuture.failedStage(noPin(pinId));
    CollageIndex.Key key =
        new CollageIndex.Key(CollageIndex.Kind.PIN, Ids.parse(pinId).getAsLong());
    return pins.visible(caller, Set.of(pinId))
        .thenCompose(
            visible -> {
              if (visible.isEmpty()) throw noPin(pinId);
              Begin begin =
                  begin(
                      caller,
                      key,
                      "pin-collages/" + pinId,
                      request.getPageToken(),
                      request.getPageSize());
              return page(caller, begin, seen -> uses(seen, pinId));
            });
  }

  private static ApiException noPin(String pinId) {
    return ApiException.notFound(ErrorReason.ERROR_REASON_PIN_NOT_FOUND, "pin_id", pinId);
  }

  /** Whether a picture of the Pin is in what the caller sees of the collage. */
  private CompletionStage<Boolean> uses(Seen seen, String pinId) {
    if (!seen.stored().isLive()) return CompletableFuture.completedStage(false);
    return history
        .document(seen.stored(), seen.revision())
        .thenApply(
            document -> {
              AtomicBoolean uses = new AtomicBoolean();
              Pictures.forEach(
                  seen.seen(document),
                  picture -> {
                    if (picture.getCredit().getPinId().equals(pinId)) uses.set(true);
                  });
              return uses.get();
            });
  }

  /** All collages that show, or showed, a picture of a Pin, for nobody in particular. */
  CompletionStage<Page<String>> scan(ScanPinCollagesRequest request) {
    new Violations().id("pin_id", request.getPinId()).pageSize(request.getPageSize()).throwIfAny();
    String name = "scan-pin-collages/" + request.getPinId();
    IdPosition from = IdPosition.open(tokens, request.getPageToken(), name, "");
    int size = Paging.size(request.getPageSize(), Paging.DEFAULT_SCAN, Paging.MAX_SCAN);
    CollageIndex.Key key =
        new CollageIndex.Key(CollageIndex.Kind.PIN, Ids.parse(request.getPinId()).orElse(0));
    return index
        .find(key, from.before(), size)
        .thenApply(
            found ->
                new Page<>(
                    found.stream().map(Ids::format).toList(),
                    found.size() < size
                        ? ""
                        : new IdPosition(found.get(size - 1), size).seal(tokens, name, "")));
  }
}
