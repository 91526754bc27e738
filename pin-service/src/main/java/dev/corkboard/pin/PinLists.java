// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.pin;

import com.google.common.collect.Sets;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.corkboard.board.v1.Board;
import dev.corkboard.pin.PinAccess.Seen;
import dev.corkboard.pin.listing.OwnerListing;
import dev.corkboard.pin.listing.OwnerListing.Entry;
import dev.corkboard.pin.store.v1.PinPage;
import dev.corkboard.pin.v1.CreativeType;
import dev.corkboard.pin.v1.ListPinsRequest;
import dev.corkboard.pin.v1.ListPinsResponse;
import dev.corkboard.pin.v1.OriginFilter;
import dev.corkboard.pin.v1.Pin;
import dev.corkboard.platform.check.Violations;
import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.page.PageTokens;
import dev.corkboard.platform.server.Caller;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Lists a caller's own Pins. Entries are read from the listing until the page is full; those on
 * boards that the caller does not see now, deleted ones included, are passed over.
 */
final class PinLists {
  static final int DEFAULT_PAGE = 25;
  static final int MAX_PAGE = 250;

  /** More than there are; a bound, because page tokens hold them. */
  static final int MAX_TYPES = 16;

  static final Duration TOKEN_LIFE = Duration.ofDays(7);

  private static final String NAME = "pins";

  private final PinStore pins;
  private final OwnerListing listing;
  private final BoardDirectory boards;
  private final PageTokens tokens;

  PinLists(PinStore pins, OwnerListing listing, BoardDirectory boards, PageTokens tokens) {
    this.pins = pins;
    this.listing = listing;
    this.boards = boards;
    this.tokens = tokens;
  }

  static int pageSize(int asked) {
    return asked == 0 ? DEFAULT_PAGE : Math.min(asked, MAX_PAGE);
  }

  static void checkTypes(Violations violations, List<CreativeType> types) {
    if (types.size() > MAX_TYPES) {
      violations.add("creative_types", "must be at most " + MAX_TYPES + ", got " + types.size());
    }
    for (CreativeType type : types) {
      if (type == CreativeType.CREATIVE_TYPE_UNSPECIFIED || type == CreativeType.UNRECOGNIZED) {
        violations.add("creative_types", "must be kinds of Pins, got " + type);
      }
    }
  }

  CompletionStage<ListPinsResponse> list(Caller caller, ListPinsRequest request) {
    Violations violations = new Violations().pageSize(request.getPageSize());
    checkTypes(violations, request.getCreativeTypesList());
    if (request.getOriginFilter() == OriginFilter.UNRECOGNIZED) {
      violations.add("origin_filter", "is unknown: " + request.getOriginFilterValue());
    }
    violations.throwIfAny();
    PinPage from =
        request.getPageToken().isEmpty()
            ? PinPage.newBuilder().setRequest(request).build()
            : open(caller, request);
    return new Walk(caller, from.getRequest()).fill(from.getLastPinId()).thenCompose(Walk::answer);
  }

  private PinPage open(Caller caller, ListPinsRequest request) {
    PinPage page;
    try {
      page = PinPage.parseFrom(tokens.open(request.getPageToken(), NAME, caller.accountId()));
    } catch (InvalidProtocolBufferException e) {
      throw ApiException.invalidPageToken();
    }
    ListPinsRequest first = page.getRequest();
    if (contradicts(request, first)) throw ApiException.invalidPageToken();
    if (request.getPageSize() == 0) return page;
    return page.toBuilder()
        .setRequest(first.toBuilder().setPageSize(request.getPageSize()))
        .build();
  }

  /** Parameters left out are taken from the token. */
  private static boolean contradicts(ListPinsRequest request, ListPinsRequest first) {
    return (request.getOriginFilterValue() != 0
            && request.getOriginFilterValue() != first.getOriginFilterValue())
        || (request.getCreativeTypesCount() > 0
            && !Set.copyOf(request.getCreativeTypesList())
                .equals(Set.copyOf(first.getCreativeTypesList())))
        || (request.getIncludeProtectedPins() && !first.getIncludeProtectedPins())
        || (request.getSecretOnly() && !first.getSecretOnly());
  }

  /** One page in the making. */
  private final class Walk {
    /** Entries read at a time once the first ones did not fill the page. */
    private static final int CHUNK = 1_000;

    private final Caller caller;
    private final ListPinsRequest request;
    private final int size;
    private final Map<String, Board> visible = new HashMap<>();
    private final Set<String> asked = new HashSet<>();
    private final List<Seen> found = new ArrayList<>();

    Walk(Caller caller, ListPinsRequest request) {
      this.caller = caller;
      this.request = request;
      this.size = pageSize(request.getPageSize());
    }

    /** One more than the page holds is looked for, so that the last page knows it is the last. */
    CompletionStage<Walk> fill(String after) {
      if (found.size() > size || request.getOriginFilter() == OriginFilter.ORIGIN_FILTER_PROMOTED) {
        return CompletableFuture.completedStage(this);
      }
      int limit = after.isEmpty() ? size + 1 : Math.max(CHUNK, size + 1);
      return listing
          .page(caller.accountId(), after, limit, Sets.difference(asked, visible.keySet()))
          .thenCompose(
              chunk ->
                  take(chunk)
                      .thenCompose(
                          taken ->
                              chunk.size() < limit
                                  ? CompletableFuture.completedStage(this)
                                  : fill(chunk.get(chunk.size() - 1).pinId())));
    }

    private CompletionStage<Void> take(List<Entry> chunk) {
      List<Entry> matching = chunk.stream().filter(this::matches).toList();
      return look(matching.stream().map(Entry::boardId).toList())
          .thenCompose(
              looked -> {
                List<String> ids =
                    matching.stream()
                        .filter(entry -> visible.containsKey(entry.boardId()))
                        .map(Entry::pinId)
                        .toList();
                return load(ids, 0);
              });
    }

    /** Reads no more Pins than the page has room for. */
    private CompletionStage<Void> load(List<String> ids, int from) {
      if (from >= ids.size() || found.size() > size) return CompletableFuture.completedStage(null);
      int to = Math.min(from + size + 1 - found.size(), ids.size());
      List<String> some = ids.subList(from, to);
      return pins.getAll(some)
          .thenCompose(rows -> add(some, rows))
          .thenCompose(added -> load(ids, to));
    }

    /** A Pin on the move may stand on another board than its entry says. */
    private CompletionStage<Void> add(List<String> ids, Map<String, Pin> rows) {
      List<Pin> live = ids.stream().map(rows::get).filter(Objects::nonNull).toList();
      return look(live.stream().map(Pin::getBoardId).toList())
          .thenAccept(
              looked -> {
                for (Pin pin : live) {
                  Board board = visible.get(pin.getBoardId());
                  if (board != null) found.add(new Seen(pin, board));
                }
              });
    }

    private CompletionStage<Void> look(List<String> boardIds) {
      List<String> unknown = boardIds.stream().filter(asked::add).distinct().toList();
      if (unknown.isEmpty()) return CompletableFuture.completedStage(null);
      return boards
          .visible(caller, unknown)
          .thenAccept(
              seen ->
                  seen.forEach(
                      (id, board) -> {
                        if (shows(board)) visible.put(id, board);
                      }));
    }

    private boolean shows(Board board) {
      return switch (board.getPrivacy()) {
        case PRIVACY_SECRET -> true;
        case PRIVACY_PROTECTED -> request.getIncludeProtectedPins() && !request.getSecretOnly();
        default -> !request.getSecretOnly();
      };
    }

    private boolean matches(Entry entry) {
      boolean type =
          request.getCreativeTypesCount() == 0
              || request.getCreativeTypesList().contains(entry.type());
      return type
          && switch (request.getOriginFilter()) {
            case ORIGIN_FILTER_SAVED -> entry.saved();
            case ORIGIN_FILTER_CREATED -> !entry.saved();
            default -> true;
          };
    }

    CompletionStage<ListPinsResponse> answer() {
      List<Pin> page = found.stream().limit(size).map(Seen::answer).toList();
      return boards
          .inLiveSections(caller, page)
          .thenApply(
              shown ->
                  ListPinsResponse.newBuilder()
                      .addAllPins(shown)
                      .setNextPageToken(found.size() > size ? next() : "")
                      .build());
    }

    private String next() {
      PinPage next =
          PinPage.newBuilder()
              .setRequest(request.toBuilder().clearPageToken())
              .setLastPinId(found.get(size - 1).pin().getId())
              .build();
      return tokens.seal(NAME, caller.accountId(), next.toByteArray(), TOKEN_LIFE);
    }
  }
}
