// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.section;

import static dev.corkboard.board.Fixtures.await;
import static dev.corkboard.board.Fixtures.board;
import static dev.corkboard.board.Fixtures.newId;
import static dev.corkboard.board.Fixtures.noRequest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.protobuf.FieldMask;
import dev.corkboard.board.BoardViews;
import dev.corkboard.board.Fixtures;
import dev.corkboard.board.InMemoryBoardStore;
import dev.corkboard.board.v1.BatchGetSectionsRequest;
import dev.corkboard.board.v1.BatchGetSectionsRequest.Ref;
import dev.corkboard.board.v1.Board;
import dev.corkboard.board.v1.CreateSectionRequest;
import dev.corkboard.board.v1.DeleteSectionRequest;
import dev.corkboard.board.v1.ListSectionsRequest;
import dev.corkboard.board.v1.ListSectionsResponse;
import dev.corkboard.board.v1.Privacy;
import dev.corkboard.board.v1.Section;
import dev.corkboard.board.v1.SectionServiceGrpc;
import dev.corkboard.board.v1.SectionServiceGrpc.SectionServiceBlockingStub;
import dev.corkboard.board.v1.UpdateSectionRequest;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.page.PageTokens;
import dev.corkboard.platform.testing.GrpcExtension;
import dev.corkboard.platform.testing.TestTokens;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SectionServiceTest {
  private static final InMemoryBoardStore BOARDS = new InMemoryBoardStore();

  @RegisterExtension
  static final GrpcExtension GRPC =
      new GrpcExtension(
          "board",
          tokens ->
              List.of(
                  new SectionService(
                      new InMemorySectionStore(BOARDS),
                      new BoardViews(BOARDS),
                      Fixtures::newId,
                      new PageTokens(new byte[32], Clock.systemUTC()))));

  private final long me = newId();
  private final SectionServiceBlockingStub mine = user(me, TestTokens.ALL_SCOPES);
  private final SectionServiceBlockingStub others = user(newId(), TestTokens.ALL_SCOPES);

  private static SectionServiceBlockingStub user(long account, Set<String> scopes) {
    return SectionServiceGrpc.newBlockingStub(GRPC.channel())
        .withCallCredentials(GRPC.tokens().user("" + account, scopes));
  }

  private Board create(Privacy privacy) {
    return await(BOARDS.create(board(me, "Board " + newId(), privacy), noRequest()));
  }

  private static CreateSectionRequest named(Board board, String name) {
    return CreateSectionRequest.newBuilder()
        .setSection(Section.newBuilder().setBoardId(board.getId()).setName(name))
        .setRequestId(UUID.randomUUID().toString())
        .build();
  }

  private static void assertRefused(ErrorReason reason, ThrowingCallable call) {
    Throwable refused = catchThrowable(call);
    assertThat(refused).as("refused").isNotNull();
    assertThat(ApiException.from(refused).reason()).isEqualTo(reason);
  }

  @Test
  @DisplayName("S1: a name of 1 to 180 code points, trimmed")
  void namesAreTrimmedAndBounded() {
    Board board = create(Privacy.PRIVACY_PUBLIC);
    assertThat(mine.createSection(named(board, "  Name ")).getName()).isEqualTo("Name");
    String longest = "\uD83D\uDE00".repeat(180);
    assertThat(mine.createSection(named(board, longest)).getName()).isEqualTo(longest);
    for (String bad : List.of("", "   ", "x".repeat(181), "a\u0000b")) {
      assertRefused(
          ErrorReason.ERROR_REASON_INVALID_FIELD, () -> mine.createSection(named(board, bad)));
    }
  }

  @Test
  void aRepeatedRequestCreatesOnce() {
    Board board = create(Privacy.PRIVACY_PUBLIC);
    CreateSectionRequest request = named(board, "Once");
    Section made = mine.createSection(request);
    assertThat(mine.createSection(request)).isEqualTo(made);
    assertRefused(
        ErrorReason.ERROR_REASON_REQUEST_ID_REUSED,
        () ->
            mine.createSection(
                named(board, "Other").toBuilder().setRequestId(request.getRequestId()).build()));
  }

  @Test
  void pagesWalkEverySectionOnce() {
    Board board = create(Privacy.PRIVACY_PUBLIC);
    List<String> made = new ArrayList<>();
    for (int i = 0; i < 7; i++) made.add(mine.createSection(named(board, "S" + i)).getId());
    List<String> seen = new ArrayList<>();
    String token = "";
    do {
      ListSectionsResponse page =
          others.listSections(
              ListSectionsRequest.newBuilder()
                  .setBoardId(board.getId())
                  .setPageSize(3)
                  .setPageToken(token)
                  .build());
      page.getSectionsList().forEach(section -> seen.add(section.getId()));
      token = page.getNextPageToken();
    } while (!token.isEmpty());
    assertThat(seen).isEqualTo(made);
  }

  @Test
  void aTokenIsGoodForItsBoardAndCallerOnly() {
    Board board = create(Privacy.PRIVACY_PUBLIC);
    for (int i = 0; i < 2; i++) mine.createSection(named(board, "S" + i));
    ListSectionsRequest first =
        ListSectionsRequest.newBuilder().setBoardId(board.getId()).setPageSize(1).build();
    ListSectionsRequest next =
        first.toBuilder().setPageToken(mine.listSections(first).getNextPageToken()).build();
    assertThat(mine.listSections(next).getSectionsList()).hasSize(1);
    assertRefused(ErrorReason.ERROR_REASON_INVALID_PAGE_TOKEN, () -> others.listSections(next));
    String elsewhere = create(Privacy.PRIVACY_PUBLIC).getId();
    assertRefused(
        ErrorReason.ERROR_REASON_INVALID_PAGE_TOKEN,
        () -> mine.listSections(next.toBuilder().setBoardId(elsewhere).build()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"name", "*"})
  void theMaskNamesTheName(String path) {
    Board board = create(Privacy.PRIVACY_PUBLIC);
    Section made = mine.createSection(named(board, "Before"));
    UpdateSectionRequest rename =
        UpdateSectionRequest.newBuilder()
            .setSection(made.toBuilder().setName("After"))
            .setUpdateMask(FieldMask.newBuilder().addPaths(path))
            .build();
    assertThat(mine.updateSection(rename).getName()).isEqualTo("After");
    assertRefused(ErrorReason.ERROR_REASON_ETAG_MISMATCH, () -> mine.updateSection(rename));
    assertRefused(
        ErrorReason.ERROR_REASON_INVALID_FIELD,
        () ->
            mine.updateSection(
                rename.toBuilder().setUpdateMask(FieldMask.newBuilder().addPaths("id")).build()));
  }

  @Test
  void secretBoardsHideTheirSections() {
    Board board = create(Privacy.PRIVACY_SECRET);
    Section made = mine.createSection(named(board, "Hidden"));
    BatchGetSectionsRequest ask =
        BatchGetSectionsRequest.newBuilder()
            .addRefs(Ref.newBuilder().setBoardId(board.getId()).setSectionId(made.getId()))
            .build();
    ListSectionsRequest list = ListSectionsRequest.newBuilder().setBoardId(board.getId()).build();
    assertThat(mine.batchGetSections(ask).getSectionsList()).containsExactly(made);
    assertThat(others.batchGetSections(ask).getSectionsList()).isEmpty();
    assertRefused(ErrorReason.ERROR_REASON_BOARD_NOT_FOUND, () -> others.listSections(list));
    Set<String> unsecret = new HashSet<>(TestTokens.ALL_SCOPES);
    unsecret.remove("boards:write_secret");
    assertRefused(
        ErrorReason.ERROR_REASON_INSUFFICIENT_SCOPE,
        () -> user(me, unsecret).createSection(named(board, "More")));
    unsecret.remove("boards:read_secret");
    assertRefused(
        ErrorReason.ERROR_REASON_BOARD_NOT_FOUND, () -> user(me, unsecret).listSections(list));
  }

  @Test
  void aBatchIsInRequestOrderAndBounded() {
    Board board = create(Privacy.PRIVACY_PUBLIC);
    Board other = create(Privacy.PRIVACY_PUBLIC);
    Section first = mine.createSection(named(board, "First"));
    Section second = mine.createSection(named(other, "Second"));
    BatchGetSectionsRequest.Builder ask = BatchGetSectionsRequest.newBuilder();
    ask.addRefs(Ref.newBuilder().setBoardId(other.getId()).setSectionId(second.getId()));
    ask.addRefs(Ref.newBuilder().setBoardId(other.getId()).setSectionId(first.getId()));
    ask.addRefs(Ref.newBuilder().setBoardId(board.getId()).setSectionId(first.getId()));
    ask.addRefs(Ref.newBuilder().setBoardId(board.getId()).setSectionId(first.getId()));
    assertThat(mine.batchGetSections(ask.build()).getSectionsList()).containsExactly(second, first);
    while (ask.getRefsCount() <= 250) ask.addRefs(ask.getRefs(0));
    assertRefused(ErrorReason.ERROR_REASON_INVALID_FIELD, () -> mine.batchGetSections(ask.build()));
  }

  @Test
  @DisplayName("S4: deleted once")
  void deletesOnce() {
    Board board = create(Privacy.PRIVACY_PUBLIC);
    Section made = mine.createSection(named(board, "Gone"));
    DeleteSectionRequest delete =
        DeleteSectionRequest.newBuilder()
            .setBoardId(board.getId())
            .setSectionId(made.getId())
            .setEtag(made.getEtag())
            .build();
    assertRefused(ErrorReason.ERROR_REASON_PERMISSION_DENIED, () -> others.deleteSection(delete));
    mine.deleteSection(delete);
    assertRefused(ErrorReason.ERROR_REASON_SECTION_NOT_FOUND, () -> mine.deleteSection(delete));
  }

  @Test
  void idsThatNothingCanHaveAreNotFound() {
    Board board = create(Privacy.PRIVACY_PUBLIC);
    String huge = "9".repeat(30);
    assertRefused(
        ErrorReason.ERROR_REASON_SECTION_NOT_FOUND,
        () ->
            mine.deleteSection(
                DeleteSectionRequest.newBuilder()
                    .setBoardId(board.getId())
                    .setSectionId(huge)
                    .build()));
    assertRefused(
        ErrorReason.ERROR_REASON_BOARD_NOT_FOUND,
        () -> mine.listSections(ListSectionsRequest.newBuilder().setBoardId(huge).build()));
  }

  @Test
  void anAppChangesNoSectionsForItself() {
    Board board = create(Privacy.PRIVACY_PUBLIC);
    SectionServiceBlockingStub app =
        SectionServiceGrpc.newBlockingStub(GRPC.channel())
            .withCallCredentials(GRPC.tokens().bearer(GRPC.tokens().appOnly("" + me)));
    assertThat(
            app.listSections(ListSectionsRequest.newBuilder().setBoardId(board.getId()).build())
                .getSectionsList())
        .isEmpty();
    assertRefused(
        ErrorReason.ERROR_REASON_PERMISSION_DENIED, () -> app.createSection(named(board, "No")));
  }
}
