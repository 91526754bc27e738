// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.FieldMask;
import com.google.protobuf.Message;
import dev.corkboard.collage.v1.BatchUpdateCollageRequest;
import dev.corkboard.collage.v1.Collage;
import dev.corkboard.collage.v1.CollageServiceGrpc;
import dev.corkboard.collage.v1.DeleteCollageRequest;
import dev.corkboard.collage.v1.EditServiceGrpc;
import dev.corkboard.collage.v1.GetCollageRequest;
import dev.corkboard.collage.v1.Layer;
import dev.corkboard.collage.v1.ListMembersRequest;
import dev.corkboard.collage.v1.ListRemixesRequest;
import dev.corkboard.collage.v1.ListRevisionsRequest;
import dev.corkboard.collage.v1.Member;
import dev.corkboard.collage.v1.Operation;
import dev.corkboard.collage.v1.PublishCollageRequest;
import dev.corkboard.collage.v1.PublishingServiceGrpc;
import dev.corkboard.collage.v1.RemixCollageRequest;
import dev.corkboard.collage.v1.RemoveMemberRequest;
import dev.corkboard.collage.v1.RenderCollageRequest;
import dev.corkboard.collage.v1.RenderReplayRequest;
import dev.corkboard.collage.v1.RenderServiceGrpc;
import dev.corkboard.collage.v1.RestoreRevisionRequest;
import dev.corkboard.collage.v1.Role;
import dev.corkboard.collage.v1.SetMemberRequest;
import dev.corkboard.collage.v1.UndeleteCollageRequest;
import dev.corkboard.collage.v1.UndoEditRequest;
import dev.corkboard.collage.v1.UnpublishCollageRequest;
import dev.corkboard.collage.v1.UpdateCollageRequest;
import dev.corkboard.collage.v1.UpdateLayer;
import dev.corkboard.collage.v1.WatchEditsRequest;
import dev.corkboard.deploy.e2e.AccessTable.Row;
import dev.corkboard.deploy.e2e.Rest.Answer;
import io.grpc.MethodDescriptor;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every actor on every kind of collage, over REST and gRPC, against {@code collage-access.txt}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CollageAccessIT {
  private static final Logger log = LoggerFactory.getLogger(CollageAccessIT.class);
  private static final AccessTable<Thing> TABLE =
      AccessTable.read("collage-access.txt", Thing.class);

  /** What the columns are about. */
  enum Thing {
    DRAFT,
    PUBLISHED,
    SECRET,
    DELETED,
    MISSING
  }

  private final EndToEnd suite = EndToEnd.get();
  private final Rest owner = suite.newAccount();
  private final Rest editor = suite.newAccount();
  private final Rest viewer = suite.newAccount();
  private final Rest former = suite.newAccount();
  private final Rest stranger = suite.newAccount();
  private final Rest other = suite.newAccount();
  private final GrpcChannels channels = new GrpcChannels(suite);
  private final RpcCalls calls = new RpcCalls(channels);
  private final String publicBoard = owner.createBoard("PUBLIC");
  private final String secretBoard = owner.createBoard("SECRET");
  private final String source = owner.createPin(publicBoard);
  private final Map<Thing, String> shared = new EnumMap<>(Thing.class);
  private final List<String> wrong = new ArrayList<>();
  private int cells;

  /** The routes of the table. */
  static Set<String> routes() {
    return TABLE.operations();
  }

  @AfterAll
  void close() {
    channels.close();
  }

  private static Set<String> without(String... scopes) {
    Set<String> rest = new HashSet<>(EndToEnd.ALL_SCOPES);
    rest.removeAll(List.of(scopes));
    return rest;
  }

  private Rest actor(String name) {
    return switch (name) {
      case "owner" -> owner;
      case "editor" -> editor;
      case "viewer" -> viewer;
      case "former-editor" -> former;
      case "stranger" -> stranger;
      case "no-pins" -> suite.as(stranger, without("pins:read"));
      default -> throw new IllegalStateException(name);
    };
  }

  private String token(String name) {
    return name.equals("no-pins")
        ? suite.token(stranger, without("pins:read"))
        : actor(name).account().token();
  }

  private static JsonNode json(String text) {
    return Rest.parse(text);
  }

  private String fresh(Thing thing) {
    if (thing == Thing.MISSING) {
      return Long.toString(ThreadLocalRandom.current().nextLong(1L << 50, 1L << 52));
    }
    String id =
        owner
            .post(
                "/v1/collages",
                json(
                    """
                    {"title": "Some", "document": {"canvas": {"width": 20, "height": 20},
                     "layers": [{"id": "a", "placement":
                       {"center_x": 10, "center_y": 10, "width": 10, "height": 10},
                       "content": {"type": "image", "picture": {"pin_id": "%s"}}}]}}
                    """
                        .formatted(source)))
            .expect(201)
            .id();
    member(id, editor, "editor").expect(200);
    member(id, viewer, "viewer").expect(200);
    member(id, former, "editor").expect(200);
    owner.delete(path(id) + "/members/" + former.account().id()).expect(204);
    switch (thing) {
      case PUBLISHED -> publish(id, publicBoard).expect(200);
      case SECRET -> publish(id, secretBoard).expect(200);
      case DELETED -> owner.delete(path(id)).expect(204);
      default -> {}
    }
    return id;
  }

  private static String path(String id) {
    return "/v1/collages/" + id;
  }

  private Answer member(String id, Rest account, String role) {
    return owner.send(
        "PUT", path(id) + "/members/" + account.account().id(), "{\"role\":\"" + role + "\"}");
  }

  private Answer publish(String id, String board) {
    return owner.post(path(id) + "/publish", json("{\"board_id\":\"" + board + "\"}"));
  }

  @Test
  @DisplayName("API1, API2, API5: no cell of the table is wrong")
  void noCellIsWrong() {
    for (Thing thing : Thing.values()) shared.put(thing, fresh(thing));
    for (Row<Thing> row : TABLE.rows()) {
      refused(row).forEach((name, actor) -> expectRefusal(row, name, actor));
      row.outcomes()
          .forEach(
              (name, outcomes) ->
                  outcomes.forEach((thing, outcome) -> expect(row, name, thing, outcome)));
    }
    log.info(
        "access to collages: routes {}, cells {}, wrong {}",
        TABLE.rows().size(),
        cells,
        wrong.size());
    assertThat(wrong).isEmpty();
  }

  private Map<String, Rest> refused(Row<Thing> row) {
    Map<String, Rest> actors = new LinkedHashMap<>();
    actors.put("nobody", suite.anonymous());
    actors.put("expired", suite.expired(owner));
    actors.put("forged", suite.forged(owner));
    actors.put("a service", suite.withToken(suite.serviceToken("collage", "edge")));
    for (String scope : row.callers()) {
      actors.put("without " + scope, suite.as(owner, without(scope)));
    }
    return actors;
  }

  private void expectRefusal(Row<Thing> row, String name, Rest actor) {
    shared.forEach(
        (thing, id) -> check(row, name, thing, "401", status(row.operation(), actor, id)));
  }

  private String status(String operation, Rest actor, String id) {
    return Integer.toString(call(operation, actor, id).status());
  }

  private void expect(Row<Thing> row, String name, Thing thing, String outcome) {
    Rest actor = actor(name);
    if (outcome.equals("shown") || outcome.equals("hidden")) {
      String id = shared.get(thing);
      boolean shown = actor.ids(route(row.operation(), id), 250).contains(id);
      check(row, name, thing, outcome, shown ? "shown" : "hidden");
      return;
    }
    // What is refused changes nothing, nor does what reads.
    boolean harmless = row.operation().startsWith("GET ") || outcome.startsWith("4");
    Answer answer = call(row.operation(), actor, harmless ? shared.get(thing) : fresh(thing));
    check(row, name, thing, outcome, Integer.toString(answer.status()));
    if (outcome.equals("404") && thing != Thing.MISSING) {
      String missing = shared.get(Thing.MISSING);
      check(
          row,
          name + ", compared with what never was",
          thing,
          call(row.operation(), actor, missing).text().replace(missing, "{id}"),
          answer.text().replace(shared.get(thing), "{id}"));
    }
    rpc(row.operation(), harmless ? shared.get(thing) : fresh(thing))
        .ifPresent(
            rpc ->
                check(
                    row,
                    name + " over gRPC",
                    thing,
                    code(outcome),
                    calls
                        .call("collage", rpc.method(), rpc.request(), token(name))
                        .status()
                        .getCode()
                        .name()));
  }

  private static String code(String status) {
    return switch (status) {
      case "200", "201", "204" -> "OK";
      case "403" -> "PERMISSION_DENIED";
      case "404" -> "NOT_FOUND";
      case "409" -> "FAILED_PRECONDITION";
      default -> throw new IllegalStateException(status);
    };
  }

  private void check(Row<Thing> row, String actor, Thing thing, String expected, String got) {
    cells++;
    if (!got.equals(expected)) {
      wrong.add(
          row.operation() + " by " + actor + " on " + thing + ": " + got + ", not " + expected);
    }
  }

  private String route(String operation, String id) {
    return operation
        .substring(operation.indexOf(' ') + 1)
        .replace("{collage_id}", id)
        .replace("{revision}", "0")
        .replace("{account_id}", other.account().id())
        .replace("{pin_id}", source);
  }

  private Answer call(String operation, Rest actor, String id) {
    String method = operation.substring(0, operation.indexOf(' '));
    String path = route(operation, id);
    return switch (operation) {
      case "POST /v1/collages" ->
          actor.post(path, json("{\"document\": {\"canvas\": {\"width\": 9, \"height\": 9}}}"));
      case "POST /v1/collages/import" ->
          actor.post(
              path,
              json(
                  """
                  {"format": "corkboard-collage", "version": 1, "pictures": {},
                   "document": {"canvas": {"width": 9, "height": 9}}}
                  """));
      case "PATCH /v1/collages/{collage_id}" ->
          actor.patch(path, json("{\"title\": \"" + UUID.randomUUID() + "\"}"));
      case "POST /v1/collages/{collage_id}/edits" ->
          actor.post(
              path,
              json(
                  """
                  {"base_revision": 0, "operations": [{"type": "update_layer",
                   "layer": {"id": "a", "name": "Named"}, "update_mask": ["name"]}],
                   "request_id": "%s"}
                  """
                      .formatted(UUID.randomUUID())));
      case "PUT /v1/collages/{collage_id}/members/{account_id}" ->
          actor.send(method, path, "{\"role\": \"viewer\"}");
      case "POST /v1/collages/{collage_id}/publish" ->
          actor.post(path, json("{\"board_id\": \"" + publicBoard + "\"}"));
      case "POST /v1/uploads" -> actor.upload(path, Pictures.bytes("png", 4, 4, 1));
      case "GET /v1/collages/{collage_id}/events",
          "GET /v1/collages/{collage_id}/render",
          "GET /v1/collages/{collage_id}/replay" ->
          actor.open(path);
      default -> actor.send(method, path);
    };
  }

  /** The gRPC method behind a route, with its request. */
  private record Rpc(MethodDescriptor<?, ?> method, Message request) {}

  private Optional<Rpc> rpc(String operation, String id) {
    String request = UUID.randomUUID().toString();
    return Optional.ofNullable(
        switch (operation) {
          case "GET /v1/collages/{collage_id}", "GET /v1/collages/{collage_id}/export" ->
              new Rpc(
                  CollageServiceGrpc.getGetCollageMethod(),
                  GetCollageRequest.newBuilder().setCollageId(id).build());
          case "PATCH /v1/collages/{collage_id}" ->
              new Rpc(
                  CollageServiceGrpc.getUpdateCollageMethod(),
                  UpdateCollageRequest.newBuilder()
                      .setCollage(Collage.newBuilder().setId(id).setTitle(request))
                      .build());
          case "DELETE /v1/collages/{collage_id}" ->
              new Rpc(
                  CollageServiceGrpc.getDeleteCollageMethod(),
                  DeleteCollageRequest.newBuilder().setCollageId(id).build());
          case "POST /v1/collages/{collage_id}/restore" ->
              new Rpc(
                  CollageServiceGrpc.getUndeleteCollageMethod(),
                  UndeleteCollageRequest.newBuilder().setCollageId(id).build());
          case "POST /v1/collages/{collage_id}/edits" ->
              new Rpc(EditServiceGrpc.getBatchUpdateCollageMethod(), edit(id, request));
          case "POST /v1/collages/{collage_id}/undo" ->
              new Rpc(
                  EditServiceGrpc.getUndoEditMethod(),
                  UndoEditRequest.newBuilder().setCollageId(id).setRequestId(request).build());
          case "POST /v1/collages/{collage_id}/revisions/{revision}/restore" ->
              new Rpc(
                  EditServiceGrpc.getRestoreRevisionMethod(),
                  RestoreRevisionRequest.newBuilder()
                      .setCollageId(id)
                      .setRequestId(request)
                      .build());
          case "GET /v1/collages/{collage_id}/revisions" ->
              new Rpc(
                  EditServiceGrpc.getListRevisionsMethod(),
                  ListRevisionsRequest.newBuilder().setCollageId(id).build());
          case "GET /v1/collages/{collage_id}/events" ->
              new Rpc(
                  EditServiceGrpc.getWatchEditsMethod(),
                  WatchEditsRequest.newBuilder().setCollageId(id).build());
          case "GET /v1/collages/{collage_id}/members" ->
              new Rpc(
                  CollageServiceGrpc.getListMembersMethod(),
                  ListMembersRequest.newBuilder().setCollageId(id).build());
          case "PUT /v1/collages/{collage_id}/members/{account_id}" ->
              new Rpc(
                  CollageServiceGrpc.getSetMemberMethod(),
                  SetMemberRequest.newBuilder()
                      .setCollageId(id)
                      .setMember(
                          Member.newBuilder()
                              .setAccountId(other.account().id())
                              .setRole(Role.ROLE_VIEWER))
                      .build());
          case "DELETE /v1/collages/{collage_id}/members/{account_id}" ->
              new Rpc(
                  CollageServiceGrpc.getRemoveMemberMethod(),
                  RemoveMemberRequest.newBuilder()
                      .setCollageId(id)
                      .setAccountId(other.account().id())
                      .build());
          case "GET /v1/collages/{collage_id}/render" ->
              new Rpc(
                  RenderServiceGrpc.getRenderCollageMethod(),
                  RenderCollageRequest.newBuilder().setCollageId(id).build());
          case "GET /v1/collages/{collage_id}/replay" ->
              new Rpc(
                  RenderServiceGrpc.getRenderReplayMethod(),
                  RenderReplayRequest.newBuilder().setCollageId(id).build());
          case "POST /v1/collages/{collage_id}/publish" ->
              new Rpc(
                  PublishingServiceGrpc.getPublishCollageMethod(),
                  PublishCollageRequest.newBuilder()
                      .setCollageId(id)
                      .setBoardId(publicBoard)
                      .build());
          case "POST /v1/collages/{collage_id}/unpublish" ->
              new Rpc(
                  PublishingServiceGrpc.getUnpublishCollageMethod(),
                  UnpublishCollageRequest.newBuilder().setCollageId(id).build());
          case "POST /v1/collages/{collage_id}/remix" ->
              new Rpc(
                  PublishingServiceGrpc.getRemixCollageMethod(),
                  RemixCollageRequest.newBuilder().setCollageId(id).build());
          case "GET /v1/collages/{collage_id}/remixes" ->
              new Rpc(
                  PublishingServiceGrpc.getListRemixesMethod(),
                  ListRemixesRequest.newBuilder().setCollageId(id).build());
          default -> null;
        });
  }

  private static BatchUpdateCollageRequest edit(String id, String request) {
    return BatchUpdateCollageRequest.newBuilder()
        .setCollageId(id)
        .setRequestId(request)
        .addOperations(
            Operation.newBuilder()
                .setUpdateLayer(
                    UpdateLayer.newBuilder()
                        .setLayer(Layer.newBuilder().setId("a").setName("Named"))
                        .setUpdateMask(FieldMask.newBuilder().addPaths("name"))))
        .build();
  }
}
