// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import com.google.type.Date;
import dev.corkboard.access.v1.SigningKeyServiceGrpc;
import dev.corkboard.account.v1.AccountServiceGrpc;
import dev.corkboard.account.v1.FollowServiceGrpc;
import dev.corkboard.board.v1.BatchGetBoardsRequest;
import dev.corkboard.board.v1.BatchGetSectionsRequest;
import dev.corkboard.board.v1.BatchGetSectionsRequest.Ref;
import dev.corkboard.board.v1.Board;
import dev.corkboard.board.v1.BoardServiceGrpc;
import dev.corkboard.board.v1.CreateSectionRequest;
import dev.corkboard.board.v1.DeleteBoardRequest;
import dev.corkboard.board.v1.DeleteSectionRequest;
import dev.corkboard.board.v1.FollowBoardRequest;
import dev.corkboard.board.v1.GetBoardRequest;
import dev.corkboard.board.v1.ListBoardsRequest;
import dev.corkboard.board.v1.ListPlacementsRequest;
import dev.corkboard.board.v1.ListSectionsRequest;
import dev.corkboard.board.v1.PlacementServiceGrpc;
import dev.corkboard.board.v1.Section;
import dev.corkboard.board.v1.SectionServiceGrpc;
import dev.corkboard.board.v1.UnfollowBoardRequest;
import dev.corkboard.board.v1.UpdateBoardRequest;
import dev.corkboard.board.v1.UpdateSectionRequest;
import dev.corkboard.collage.v1.CollageServiceGrpc;
import dev.corkboard.collage.v1.EditServiceGrpc;
import dev.corkboard.collage.v1.PublishingServiceGrpc;
import dev.corkboard.collage.v1.RenderServiceGrpc;
import dev.corkboard.deploy.e2e.AccessObjects.Subject;
import dev.corkboard.deploy.e2e.AccessTable.Row;
import dev.corkboard.deploy.e2e.AccessTable.Thing;
import dev.corkboard.deploy.e2e.RpcCalls.Ended;
import dev.corkboard.media.v1.HoldServiceGrpc;
import dev.corkboard.media.v1.MediaServiceGrpc;
import dev.corkboard.media.v1.VideoServiceGrpc;
import dev.corkboard.oauth.v1.OAuthServiceGrpc;
import dev.corkboard.oauth.v1.TokenExchangeServiceGrpc;
import dev.corkboard.pin.v1.AnalyticsServiceGrpc;
import dev.corkboard.pin.v1.BatchGetPinSavesRequest;
import dev.corkboard.pin.v1.BatchGetPinsRequest;
import dev.corkboard.pin.v1.CollagePinServiceGrpc;
import dev.corkboard.pin.v1.DeletePinRequest;
import dev.corkboard.pin.v1.GetPinRequest;
import dev.corkboard.pin.v1.ListBoardPinsRequest;
import dev.corkboard.pin.v1.ListPinsRequest;
import dev.corkboard.pin.v1.Pin;
import dev.corkboard.pin.v1.PinServiceGrpc;
import dev.corkboard.pin.v1.SearchPinsRequest;
import dev.corkboard.pin.v1.UpdatePinRequest;
import io.grpc.MethodDescriptor;
import io.grpc.ServiceDescriptor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every kind of token on every method, and every kind of object, against {@code rpc-access.txt}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RpcAccessIT {
  private static final Logger log = LoggerFactory.getLogger(RpcAccessIT.class);
  private static final AccessTable<Thing> TABLE = AccessTable.read("rpc-access.txt", Thing.class);
  private static final List<String> NO_SECRET =
      List.of("boards:read_secret", "boards:write_secret", "pins:read_secret", "pins:write_secret");

  /** Where each service of the contract is served. */
  private static final Map<ServiceDescriptor, String> SERVICES =
      Map.ofEntries(
          Map.entry(FollowServiceGrpc.getServiceDescriptor(), "account"),
          Map.entry(SigningKeyServiceGrpc.getServiceDescriptor(), "account"),
          Map.entry(AccountServiceGrpc.getServiceDescriptor(), "account"),
          Map.entry(OAuthServiceGrpc.getServiceDescriptor(), "account"),
          Map.entry(TokenExchangeServiceGrpc.getServiceDescriptor(), "account"),
          Map.entry(BoardServiceGrpc.getServiceDescriptor(), "board"),
          Map.entry(PlacementServiceGrpc.getServiceDescriptor(), "board"),
          Map.entry(SectionServiceGrpc.getServiceDescriptor(), "board"),
          Map.entry(PinServiceGrpc.getServiceDescriptor(), "pin"),
          Map.entry(MediaServiceGrpc.getServiceDescriptor(), "pin"),
          Map.entry(VideoServiceGrpc.getServiceDescriptor(), "pin"),
          Map.entry(AnalyticsServiceGrpc.getServiceDescriptor(), "pin"),
          Map.entry(CollageServiceGrpc.getServiceDescriptor(), "collage"),
          Map.entry(EditServiceGrpc.getServiceDescriptor(), "collage"),
          Map.entry(RenderServiceGrpc.getServiceDescriptor(), "collage"),
          Map.entry(PublishingServiceGrpc.getServiceDescriptor(), "collage"),
          Map.entry(HoldServiceGrpc.getServiceDescriptor(), "pin"),
          Map.entry(CollagePinServiceGrpc.getServiceDescriptor(), "pin"));

  private final EndToEnd suite = EndToEnd.get();
  private final AccessObjects objects = new AccessObjects(suite);
  private final Rest owner = objects.owner();
  private final Rest stranger = suite.newAccount();
  private final GrpcChannels channels = new GrpcChannels(suite);
  private final RpcCalls calls = new RpcCalls(channels);
  private final List<String> wrong = new ArrayList<>();
  private int cells;

  @AfterAll
  void close() {
    channels.close();
  }

  @Test
  @DisplayName("every method that is served has a row, and every row is served")
  void everyMethodHasARow() {
    Set<String> served = new TreeSet<>();
    Set<String> known = new TreeSet<>();
    for (Map.Entry<ServiceDescriptor, String> service : SERVICES.entrySet()) {
      known.add(service.getKey().getName());
      service.getKey().getMethods().forEach(method -> served.add(method.getFullMethodName()));
    }
    assertThat(channels.reflectedServices()).isEqualTo(known);
    assertThat(TABLE.operations()).isEqualTo(served);
  }

  @Test
  @DisplayName("API1, API2, API5: no cell of the table is wrong")
  void noCellIsWrong() {
    for (Map.Entry<ServiceDescriptor, String> service : SERVICES.entrySet()) {
      for (MethodDescriptor<?, ?> method : service.getKey().getMethods()) {
        Row<Thing> row =
            TABLE.rows().stream()
                .filter(r -> r.operation().equals(method.getFullMethodName()))
                .findFirst()
                .orElseThrow();
        tokens(row, service.getValue(), method);
        things(row, service.getValue(), method);
      }
    }
    log.info(
        "access over gRPC: methods {}, cells {}, wrong {}",
        TABLE.rows().size(),
        cells,
        wrong.size());
    assertThat(wrong).isEmpty();
  }

  private static Set<String> without(Collection<String> scopes) {
    Set<String> rest = new HashSet<>(EndToEnd.ALL_SCOPES);
    rest.removeAll(scopes);
    return rest;
  }

  /** Whom a method lets in, by the token alone; the request is empty. */
  private void tokens(Row<Thing> row, String process, MethodDescriptor<?, ?> method) {
    String kind = row.callers().get(0);
    List<String> named = after(row, kind);
    List<String> services = after(row, "services");
    Map<String, String> let = new LinkedHashMap<>();
    Map<String, String> refused = new LinkedHashMap<>();
    (kind.equals("public") ? let : refused).put("nobody", "");
    (kind.equals("services") ? refused : let).put("an account", owner.account().token());
    if (kind.equals("scopes")) {
      refused.put("expired", suite.expiredToken(owner));
      refused.put("forged", suite.forgedToken(owner));
      named.forEach(
          scope -> refused.put("without " + scope, suite.token(owner, without(List.of(scope)))));
    }
    if (!kind.equals("public")) {
      for (String service : List.of("account", "board", "collage", "edge", "operator", "pin")) {
        (services.contains(service) ? let : refused)
            .put("service " + service, suite.serviceToken(service, process));
      }
    }
    if (!services.isEmpty()) {
      String first = services.get(0);
      refused.put("for another service", suite.serviceToken(first, "elsewhere"));
      refused.put("forged service", suite.forgedServiceToken(first, process));
    }
    let.forEach(
        (who, token) ->
            check(row, who, "let in", calls.call(process, method, RpcCalls.empty(method), token)));
    refused.forEach(
        (who, token) ->
            check(row, who, "refused", calls.call(process, method, RpcCalls.empty(method), token)));
  }

  /** The words of a row from one on, to the next kind of caller. */
  private static List<String> after(Row<Thing> row, String kind) {
    int from = row.callers().indexOf(kind) + 1;
    if (from == 0) return List.of();
    return row.callers().stream().skip(from).takeWhile(word -> !word.equals("services")).toList();
  }

  private void check(Row<Thing> row, String who, String expected, Ended ended) {
    cells++;
    String got = ended.isRefused() ? "refused" : "let in";
    if (!got.equals(expected)) wrong.add(row.operation() + " by " + who + ": " + ended.status());
  }

  private void things(Row<Thing> row, String process, MethodDescriptor<?, ?> method) {
    row.outcomes()
        .forEach(
            (actor, outcomes) ->
                outcomes.forEach(
                    (thing, expected) -> thing(row, process, method, actor, thing, expected)));
  }

  private void thing(
      Row<Thing> row,
      String process,
      MethodDescriptor<?, ?> method,
      String actor,
      Thing thing,
      String expected) {
    Subject subject = objects.fresh(thing);
    String token = token(actor);
    Ended ended = calls.call(process, method, request(row.operation(), subject), token);
    String got = outcome(expected, ended, subject);
    cells++;
    if (!got.equals(expected)) {
      wrong.add(row.operation() + " by " + actor + " on " + thing + ": " + got);
    }
    if (!expected.equals("NOT_FOUND")) return;
    Subject missing = objects.fresh(Thing.MISSING);
    Ended never = calls.call(process, method, request(row.operation(), missing), token);
    cells++;
    if (!seen(never, missing).equals(seen(ended, subject))) {
      wrong.add(
          row.operation()
              + " by "
              + actor
              + ": "
              + thing
              + " is told from what never was: "
              + seen(ended, subject));
    }
  }

  private static String outcome(String expected, Ended ended, Subject subject) {
    boolean listing = expected.equals("shown") || expected.equals("hidden");
    if (!listing || ended.answer().isEmpty()) return ended.status().getCode().name();
    String text = ended.answer().get().toString();
    return text.contains(subject.board()) || text.contains(subject.pin()) ? "shown" : "hidden";
  }

  private static String seen(Ended ended, Subject subject) {
    return ended
        .status()
        .toString()
        .replace(subject.board(), "{id}")
        .replace(subject.pin(), "{id}")
        .replace(subject.section(), "{id}");
  }

  private String token(String actor) {
    return switch (actor) {
      case "owner" -> owner.account().token();
      case "stranger" -> stranger.account().token();
      case "viewer" -> objects.viewer().account().token();
      case "editor" -> objects.editor().account().token();
      case "former-editor" -> objects.former().account().token();
      case "no-secret" -> suite.token(owner, without(NO_SECRET));
      default -> throw new IllegalStateException(actor);
    };
  }

  private static Message request(String operation, Subject subject) {
    String board = subject.board();
    String pin = subject.pin();
    String section = subject.section();
    return switch (operation.substring(operation.indexOf('/') + 1)) {
      case "GetBoard" -> GetBoardRequest.newBuilder().setBoardId(board).build();
      case "BatchGetBoards" -> BatchGetBoardsRequest.newBuilder().addBoardIds(board).build();
      case "ListBoards" -> ListBoardsRequest.newBuilder().setPageSize(250).build();
      case "UpdateBoard" ->
          UpdateBoardRequest.newBuilder()
              .setBoard(Board.newBuilder().setId(board).setName("Board " + UUID.randomUUID()))
              .build();
      case "DeleteBoard" -> DeleteBoardRequest.newBuilder().setBoardId(board).build();
      case "ListPlacements" -> ListPlacementsRequest.newBuilder().setBoardId(board).build();
      case "BatchGetPinSaves" ->
          BatchGetPinSavesRequest.newBuilder()
              .addPinIds(pin)
              .setStartDate(Date.newBuilder().setYear(2026).setMonth(1).setDay(1))
              .setEndDate(Date.newBuilder().setYear(2026).setMonth(1).setDay(1))
              .build();
      case "SearchPins" -> SearchPinsRequest.newBuilder().setQuery(pin).build();
      case "FollowBoard" -> FollowBoardRequest.newBuilder().setBoardId(board).build();
      case "UnfollowBoard" -> UnfollowBoardRequest.newBuilder().setBoardId(board).build();
      case "ListSections" -> ListSectionsRequest.newBuilder().setBoardId(board).build();
      case "BatchGetSections" ->
          BatchGetSectionsRequest.newBuilder()
              .addRefs(Ref.newBuilder().setBoardId(board).setSectionId(section))
              .build();
      case "CreateSection" ->
          CreateSectionRequest.newBuilder()
              .setSection(Section.newBuilder().setBoardId(board).setName("Section"))
              .build();
      case "UpdateSection" ->
          UpdateSectionRequest.newBuilder()
              .setSection(Section.newBuilder().setBoardId(board).setId(section).setName("New"))
              .build();
      case "DeleteSection" ->
          DeleteSectionRequest.newBuilder().setBoardId(board).setSectionId(section).build();
      case "BatchGetPins" -> BatchGetPinsRequest.newBuilder().addPinIds(pin).build();
      case "GetPin" -> GetPinRequest.newBuilder().setPinId(pin).build();
      case "ListPins" -> ListPinsRequest.newBuilder().setPageSize(250).build();
      case "ListBoardPins" -> ListBoardPinsRequest.newBuilder().setBoardId(board).build();
      case "UpdatePin" ->
          UpdatePinRequest.newBuilder()
              .setPin(Pin.newBuilder().setId(pin).setTitle("Changed"))
              .build();
      case "DeletePin" -> DeletePinRequest.newBuilder().setPinId(pin).build();
      default -> throw new IllegalStateException(operation);
    };
  }
}
