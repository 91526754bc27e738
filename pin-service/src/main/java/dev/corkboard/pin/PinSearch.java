// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.pin;

import com.google.common.base.Splitter;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.corkboard.board.v1.Board;
import dev.corkboard.pin.PinAccess.Seen;
import dev.corkboard.pin.listing.OwnerListing;
import dev.corkboard.pin.store.v1.SearchPage;
import dev.corkboard.pin.v1.Pin;
import dev.corkboard.pin.v1.SearchPinsRequest;
import dev.corkboard.pin.v1.SearchPinsResponse;
import dev.corkboard.platform.check.Ids;
import dev.corkboard.platform.check.Violations;
import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.page.PageTokens;
import dev.corkboard.platform.server.Caller;
import dev.corkboard.platform.text.Words;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Finds a caller's own Pins, by words or by ids. */
final class PinSearch {
  private static final int MAX_QUERY = 500;
  private static final int MAX_WORDS = 16;
  private static final String NAME = "search";
  private static final Pattern IDS = Pattern.compile("\\s*\\d+\\s*(,\\s*\\d+\\s*)*");

  private final PinStore pins;
  private final OwnerListing listing;
  private final BoardDirectory boards;
  private final PageTokens tokens;

  PinSearch(PinStore pins, OwnerListing listing, BoardDirectory boards, PageTokens tokens) {
    this.pins = pins;
    this.listing = listing;
    this.boards = boards;
    this.tokens = tokens;
  }

  CompletionStage<SearchPinsResponse> search(Caller caller, SearchPinsRequest request) {
    new Violations()
        .required("query", request.getQuery())
        .text("query", request.getQuery(), MAX_QUERY)
        .pageSize(request.getPageSize())
        .throwIfAny();
    SearchPage from = open(caller, request);
    int size =
        request.getPageSize() == 0 && from.getPageSize() > 0
            ? from.getPageSize()
            : PinLists.pageSize(request.getPageSize());
    Set<String> words =
        Words.of(request.getQuery()).stream().limit(MAX_WORDS).collect(Collectors.toSet());
    String after = from.getLastPinId();
    if (!after.isEmpty() || !IDS.matcher(request.getQuery()).matches()) {
      return byWords(caller, request.getQuery(), words, size, after);
    }
    // Numbers that are nobody's ids are words.
    return byIds(caller, request.getQuery())
        .thenCompose(
            found ->
                found.getPinsCount() > 0
                    ? CompletableFuture.completedStage(found)
                    : byWords(caller, request.getQuery(), words, size, after));
  }

  private SearchPage open(Caller caller, SearchPinsRequest request) {
    if (request.getPageToken().isEmpty()) return SearchPage.getDefaultInstance();
    try {
      SearchPage page =
          SearchPage.parseFrom(tokens.open(request.getPageToken(), NAME, caller.accountId()));
      if (!page.getQuery().equals(request.getQuery())) throw ApiException.invalidPageToken();
      return page;
    } catch (InvalidProtocolBufferException e) {
      throw ApiException.invalidPageToken();
    }
  }

  /** There are at most as many as a query has room for. */
  private CompletionStage<SearchPinsResponse> byIds(Caller caller, String query) {
    List<String> ids =
        Splitter.on(',')
            .trimResults()
            .splitToStream(query)
            .distinct()
            .filter(id -> Ids.parse(id).isPresent())
            .toList();
    return pins.getAll(ids)
        .thenCompose(
            found -> {
              List<Pin> own =
                  ids.stream()
                      .map(found::get)
                      .filter(Objects::nonNull)
                      .filter(pin -> pin.getOwnerId().equals(caller.accountId()))
                      .toList();
              return boards
                  .visible(caller, own.stream().map(Pin::getBoardId).toList())
                  .thenCompose(visible -> answer(caller, seen(own, visible)));
            })
        .thenApply(shown -> SearchPinsResponse.newBuilder().addAllPins(shown).build());
  }

  private static List<Seen> seen(List<Pin> pins, Map<String, Board> visible) {
    return pins.stream()
        .filter(pin -> visible.containsKey(pin.getBoardId()))
        .map(pin -> new Seen(pin, visible.get(pin.getBoardId())))
        .toList();
  }

  private CompletionStage<List<Pin>> answer(Caller caller, List<Seen> found) {
    return boards.inLiveSections(caller, found.stream().map(Seen::answer).toList());
  }

  private CompletionStage<SearchPinsResponse> byWords(
      Caller caller, String query, Set<String> words, int size, String after) {
    return listing
        .counts(caller.accountId())
        .thenCompose(counts -> boards.visible(caller, counts.keySet()))
        .thenCompose(
            visible ->
                new PinSearchWalk(pins, listing, caller.accountId(), visible, words, size + 1)
                    .from(after))
        .thenCompose(
            found -> {
              List<Seen> shown = found.stream().limit(size).toList();
              return answer(caller, shown)
                  .thenApply(
                      page ->
                          SearchPinsResponse.newBuilder()
                              .addAllPins(page)
                              .setNextPageToken(
                                  found.size() > size ? next(caller, query, size, shown) : "")
                              .build());
            });
  }

  private String next(Caller caller, String query, int size, List<Seen> shown) {
    SearchPage next =
        SearchPage.newBuilder()
            .setQuery(query)
            .setPageSize(size)
            .setLastPinId(shown.get(shown.size() - 1).pin().getId())
            .build();
    return tokens.seal(NAME, caller.accountId(), next.toByteArray(), PinLists.TOKEN_LIFE);
  }
}
