// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.board;

import static dev.corkboard.board.Fixtures.newId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.corkboard.access.v1.ListSigningKeysRequest;
import dev.corkboard.access.v1.ListSigningKeysResponse;
import dev.corkboard.access.v1.SigningKey;
import dev.corkboard.access.v1.SigningKeyServiceGrpc.SigningKeyServiceImplBase;
import dev.corkboard.board.v1.Board;
import dev.corkboard.board.v1.BoardServiceGrpc;
import dev.corkboard.board.v1.BoardServiceGrpc.BoardServiceBlockingStub;
import dev.corkboard.board.v1.Change;
import dev.corkboard.board.v1.CreateBoardRequest;
import dev.corkboard.board.v1.DeleteBoardRequest;
import dev.corkboard.board.v1.GetBoardRequest;
import dev.corkboard.board.v1.ListChangesRequest;
import dev.corkboard.board.v1.ListChangesResponse;
import dev.corkboard.board.v1.ListPlacementsRequest;
import dev.corkboard.board.v1.PlacePinRequest;
import dev.corkboard.board.v1.PlacementServiceGrpc;
import dev.corkboard.board.v1.PlacementServiceGrpc.PlacementServiceBlockingStub;
import dev.corkboard.board.v1.PurgeBoardRequest;
import dev.corkboard.board.v1.ScanPlacementsRequest;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.platform.auth.ServiceIdentity;
import dev.corkboard.platform.config.Env;
import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.server.RunningProcess;
import dev.corkboard.platform.testing.TestRevocations;
import dev.corkboard.platform.testing.TestTokens;
import dev.corkboard.stores.CassandraContact;
import dev.corkboard.stores.TestStores;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.stub.StreamObserver;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole process on real stores, with an issuer of keys where account-service would be. */
class BoardServerIT {
  private static final TestTokens TOKENS = new TestTokens();

  @TempDir static Path folder;

  private static Server account;
  private static RunningProcess server;
  private static ManagedChannel channel;

  private final String me = "" + newId();
  private final BoardServiceBlockingStub boards =
      BoardServiceGrpc.newBlockingStub(channel).withCallCredentials(TOKENS.user(me));
  private final PlacementServiceBlockingStub placements =
      PlacementServiceGrpc.newBlockingStub(channel).withCallCredentials(TOKENS.user(me));
  private final PlacementServiceBlockingStub pinService =
      PlacementServiceGrpc.newBlockingStub(channel)
          .withCallCredentials(TOKENS.service("pin", "board", me));

  private static final class Issuer extends SigningKeyServiceImplBase {
    @Override
    public void listSigningKeys(
        ListSigningKeysRequest request, StreamObserver<ListSigningKeysResponse> observer) {
      observer.onNext(
          ListSigningKeysResponse.newBuilder()
              .addSigningKeys(
                  SigningKey.newBuilder()
                      .setId(TOKENS.issuerKey().getKeyID())
                      .setPublicJwk(TOKENS.issuerKey().toPublicJWK().toJSONString()))
              .build());
      observer.onCompleted();
    }
  }

  @BeforeAll
  static void start() throws Exception {
    account =
        Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
            .addService(new Issuer())
            .addService(new TestRevocations())
            .build()
            .start();
    server = BoardServer.start(BoardConfig.fromEnv(Env.of(environment())));
    channel =
        Grpc.newChannelBuilder("127.0.0.1:" + server.port(), InsecureChannelCredentials.create())
            .build();
  }

  private static Map<String, String> environment() throws Exception {
    ServiceIdentity self = TOKENS.identity("board");
    Path key = Files.writeString(folder.resolve("board.jwk"), self.key().toJSONString());
    Path peers = Files.writeString(folder.resolve("services.jwks"), self.peers().toString());
    CassandraContact cassandra = TestStores.cassandra();
    return new HashMap<>(
        Map.of(
            "BOARD_GRPC_PORT",
            "0",
            "BOARD_ADMIN_PORT",
            "0",
            "BOARD_KEY_FILE",
            key.toString(),
            "SERVICE_JWKS_FILE",
            peers.toString(),
            "BOARD_KEYSPACE",
            "board_server",
            "CASSANDRA_CONTACT_POINTS",
            cassandra.contactPoints(),
            "CASSANDRA_LOCAL_DC",
            cassandra.localDatacenter(),
            "REDIS_URI",
            TestStores.redis(),
            "TOKEN_ISSUER",
            TestTokens.ISSUER,
            "ACCOUNT_URI",
            "127.0.0.1:" + account.getPort()));
  }

  @AfterAll
  static void stop() {
    channel.shutdownNow();
    server.close();
    account.shutdownNow();
  }

  private Board create(String name) {
    return boards.createBoard(
        CreateBoardRequest.newBuilder().setBoard(Board.newBuilder().setName(name)).build());
  }

  @Test
  void boardLivesFromCreationToPurge() {
    Board board = create("Life");
    for (int i = 0; i < 3; i++) {
      var unused =
          pinService.placePin(
              PlacePinRequest.newBuilder()
                  .setBoardId(board.getId())
                  .setPinId("" + newId())
                  .setCoverAssetKey("cover-" + i)
                  .setRequestId(UUID.randomUUID().toString())
                  .build());
    }
    var page =
        placements.listPlacements(
            ListPlacementsRequest.newBuilder().setBoardId(board.getId()).build());
    assertThat(page.getPlacementsList()).hasSize(3);
    assertThat(page.getBoard().getCoverAssetKeysList())
        .containsExactly("cover-2", "cover-1", "cover-0");

    var deleted =
        boards.deleteBoard(DeleteBoardRequest.newBuilder().setBoardId(board.getId()).build());
    assertThat(deleted).isNotNull();
    Throwable gone =
        catchThrowable(
            () -> boards.getBoard(GetBoardRequest.newBuilder().setBoardId(board.getId()).build()));
    assertThat(ApiException.from(gone).reason())
        .isEqualTo(ErrorReason.ERROR_REASON_BOARD_NOT_FOUND);
    assertThat(create("Life").getId()).isNotEqualTo(board.getId());

    assertThat(changesUntilDeleted(board))
        .containsExactly(
            Change.Type.TYPE_BOARD_CREATED,
            Change.Type.TYPE_PIN_PLACED,
            Change.Type.TYPE_PIN_PLACED,
            Change.Type.TYPE_PIN_PLACED,
            Change.Type.TYPE_BOARD_DELETED);
    var purged =
        pinService.purgeBoard(PurgeBoardRequest.newBuilder().setBoardId(board.getId()).build());
    assertThat(purged).isNotNull();
    assertThat(
            pinService
                .scanPlacements(
                    ScanPlacementsRequest.newBuilder().setBoardId(board.getId()).build())
                .getPlacementsList())
        .isEmpty();
  }

  /** As a follower that repeats nothing. */
  private List<Change.Type> changesUntilDeleted(Board board) {
    Map<String, Change.Type> seen = new java.util.LinkedHashMap<>();
    String[] cursor = {""};
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> {
              ListChangesResponse page =
                  pinService.listChanges(
                      ListChangesRequest.newBuilder().setCursor(cursor[0]).build());
              cursor[0] = page.getNextCursor();
              for (Change change : page.getChangesList()) {
                if (change.getBoardId().equals(board.getId())) {
                  seen.put(change.getChangeId(), change.getType());
                }
              }
              return seen.containsValue(Change.Type.TYPE_BOARD_DELETED);
            });
    return new ArrayList<>(seen.values());
  }

  @Test
  void healthIsServedAndMetricsHaveTheirOwnPort() throws Exception {
    var unused = create("Measured");

    assertThat(
            HealthGrpc.newBlockingStub(channel)
                .check(HealthCheckRequest.getDefaultInstance())
                .getStatus())
        .isEqualTo(ServingStatus.SERVING);
    String metrics =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + server.adminPort() + "/metrics"))
                    .build(),
                BodyHandlers.ofString())
            .body();
    assertThat(metrics)
        .contains("corkboard_cassandra_statement")
        .contains("method=\"CreateBoard\"")
        .contains("corkboard_board_intents_swept");
  }

  @Test
  void missingKeyStopsTheStart() throws Exception {
    Map<String, String> environment = environment();
    environment.put("BOARD_KEY_FILE", folder.resolve("nothing.jwk").toString());

    assertThatThrownBy(() -> BoardServer.start(BoardConfig.fromEnv(Env.of(environment))))
        .hasMessageContaining("nothing.jwk");
  }
}
