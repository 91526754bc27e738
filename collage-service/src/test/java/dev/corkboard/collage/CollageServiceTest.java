// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage;

import static dev.corkboard.collage.CollageRig.creation;
import static dev.corkboard.collage.CollageRig.someId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.FieldMask;
import dev.corkboard.collage.document.Documents;
import dev.corkboard.collage.v1.Collage;
import dev.corkboard.collage.v1.CreateCollageRequest;
import dev.corkboard.collage.v1.DeleteCollageRequest;
import dev.corkboard.collage.v1.Document;
import dev.corkboard.collage.v1.GetCollageRequest;
import dev.corkboard.collage.v1.Layer;
import dev.corkboard.collage.v1.ListCollagesRequest;
import dev.corkboard.collage.v1.ListCollagesRequest.Filter;
import dev.corkboard.collage.v1.ListCollagesResponse;
import dev.corkboard.collage.v1.ListMembersRequest;
import dev.corkboard.collage.v1.Member;
import dev.corkboard.collage.v1.RemixPolicy;
import dev.corkboard.collage.v1.RemoveMemberRequest;
import dev.corkboard.collage.v1.Role;
import dev.corkboard.collage.v1.SetMemberRequest;
import dev.corkboard.collage.v1.State;
import dev.corkboard.collage.v1.UndeleteCollageRequest;
import dev.corkboard.collage.v1.UpdateCollageRequest;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.testing.GrpcExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CollageServiceTest {
  private final CollageRig rig = newRig();

  @RegisterExtension final GrpcExtension grpc = rig.grpc;

  private final String owner = someId();
  private final String stranger = someId();

  /** The stores to run on. */
  CollageRig newRig() {
    return new CollageRig();
  }

  @AfterEach
  void close() {
    rig.close();
  }

  static void assertFails(ErrorReason reason, ThrowingCallable call) {
    assertThatThrownBy(call)
        .satisfies(e -> assertThat(ApiException.from(e).reason()).isEqualTo(reason));
  }

  private void assertMissing(String account, Collage collage) {
    assertFails(
        ErrorReason.ERROR_REASON_COLLAGE_NOT_FOUND, () -> rig.get(account, collage.getId()));
  }

  private Collage update(String account, Collage values, String... paths) {
    return rig.as(account)
        .updateCollage(
            UpdateCollageRequest.newBuilder()
                .setCollage(values)
                .setUpdateMask(FieldMask.newBuilder().addAllPaths(List.of(paths)))
                .build());
  }

  private void delete(String account, Collage collage) {
    assertThat(
            rig.as(account)
                .deleteCollage(
                    DeleteCollageRequest.newBuilder().setCollageId(collage.getId()).build()))
        .isNotNull();
  }

  private List<String> list(String account, ListCollagesRequest.Builder request) {
    List<String> ids = new ArrayList<>();
    String token = "";
    do {
      ListCollagesResponse page =
          rig.as(account).listCollages(request.setPageSize(3).setPageToken(token).build());
      page.getCollagesList().forEach(collage -> ids.add(collage.getId()));
      token = page.getNextPageToken();
    } while (!token.isEmpty());
    return ids;
  }

  private List<String> list(String account, Filter filter) {
    return list(account, ListCollagesRequest.newBuilder().setFilter(filter));
  }

  @Test
  void aDraftIsItsOwnersAndHasWhatItWasMadeOf() {
    Collage made = rig.create(owner);
    assertThat(made.getOwnerId()).isEqualTo(owner);
    assertThat(made.getState()).isEqualTo(State.STATE_DRAFT);
    assertThat(made.getRole()).isEqualTo(Role.ROLE_OWNER);
    assertThat(made.getRevision()).isZero();
    assertThat(made.getRemixPolicy()).isEqualTo(RemixPolicy.REMIX_POLICY_EVERYONE);
    assertThat(Documents.ids(made.getDocument())).containsExactly("a");
    assertThat(made.getDocument().getLayers(0).getOrderKey()).isNotEmpty();
    assertThat(rig.get(owner, made.getId())).isEqualTo(made);
    assertMissing(stranger, made);
    assertFails(ErrorReason.ERROR_REASON_COLLAGE_NOT_FOUND, () -> rig.get(owner, someId()));
    assertFails(ErrorReason.ERROR_REASON_INVALID_FIELD, () -> rig.get(owner, "x"));
  }

  @Test
  void aRepeatedCreationMakesOneCollage() {
    CreateCollageRequest request =
        creation(Documents.EMPTY).toBuilder().setRequestId(UUID.randomUUID().toString()).build();
    Collage made = rig.as(owner).createCollage(request);
    assertThat(rig.as(owner).createCollage(request)).isEqualTo(made);
    assertThat(rig.as(stranger).createCollage(request).getId()).isNotEqualTo(made.getId());
    CreateCollageRequest.Builder other = request.toBuilder();
    other.getCollageBuilder().setTitle("Another");
    assertFails(
        ErrorReason.ERROR_REASON_REQUEST_ID_REUSED,
        () -> rig.as(owner).createCollage(other.build()));
    assertThat(list(owner, Filter.FILTER_OWNED)).containsExactly(made.getId());
  }

  @Test
  void aRepeatWithTheSameDigestIsOneWhateverItBrings() {
    ByteString digest = ByteString.copyFrom(new byte[32]);
    CreateCollageRequest first =
        creation(Documents.EMPTY).toBuilder()
            .setRequestId(UUID.randomUUID().toString())
            .setRequestDigest(digest)
            .build();
    Collage made = rig.as(owner).createCollage(first);
    CreateCollageRequest.Builder other = first.toBuilder();
    other.getCollageBuilder().setTitle("Another");
    assertThat(rig.as(owner).createCollage(other.build())).isEqualTo(made);
    for (ByteString another :
        List.of(ByteString.EMPTY, ByteString.copyFromUtf8("x".repeat(digest.size())))) {
      assertFails(
          ErrorReason.ERROR_REASON_REQUEST_ID_REUSED,
          () -> rig.as(owner).createCollage(first.toBuilder().setRequestDigest(another).build()));
    }
    assertFails(
        ErrorReason.ERROR_REASON_INVALID_FIELD,
        () ->
            rig.as(owner)
                .createCollage(first.toBuilder().setRequestDigest(digest.substring(1)).build()));
    assertThat(list(owner, Filter.FILTER_OWNED)).containsExactly(made.getId());
  }

  @Test
  void whatIsWrongWithADocumentIsNamed() {
    Document tooWide =
        Documents.EMPTY.toBuilder()
            .setCanvas(Documents.EMPTY.getCanvas().toBuilder().setWidth(8_193))
            .build();
    assertThatThrownBy(() -> rig.as(owner).createCollage(creation(tooWide)))
        .satisfies(
            e ->
                assertThat(ApiException.from(e).violations())
                    .extracting(ApiException.Violation::field)
                    .containsExactly("collage.document.canvas.width"));
    assertFails(
        ErrorReason.ERROR_REASON_INVALID_FIELD,
        () -> rig.as(owner).createCollage(CreateCollageRequest.getDefaultInstance()));
    assertThat(list(owner, Filter.FILTER_OWNED)).isEmpty();
  }

  @Test
  void listsAreNewestFirstAndEachByItsFilter() {
    List<Collage> made = IntStream.range(0, 7).mapToObj(i -> rig.create(owner)).toList();
    Collage shared = rig.create(stranger);
    rig.join(shared, owner, Role.ROLE_VIEWER);
    delete(owner, made.get(3));
    assertThat(list(owner, Filter.FILTER_UNSPECIFIED)).containsExactly(ids(made, 6, 5, 4, 2, 1, 0));
    assertThat(list(owner, Filter.FILTER_DELETED)).containsExactly(ids(made, 3));
    assertThat(list(owner, Filter.FILTER_SHARED)).containsExactly(shared.getId());
    assertThat(list(stranger, ListCollagesRequest.newBuilder().setOwnerId(owner))).isEmpty();
    assertFails(
        ErrorReason.ERROR_REASON_INVALID_FIELD,
        () ->
            list(
                stranger,
                ListCollagesRequest.newBuilder().setOwnerId(owner).setFilter(Filter.FILTER_OWNED)));
    String token =
        rig.as(owner)
            .listCollages(ListCollagesRequest.newBuilder().setPageSize(1).build())
            .getNextPageToken();
    assertFails(
        ErrorReason.ERROR_REASON_INVALID_PAGE_TOKEN,
        () ->
            rig.as(owner)
                .listCollages(
                    ListCollagesRequest.newBuilder()
                        .setPageToken(token)
                        .setFilter(Filter.FILTER_DELETED)
                        .build()));
  }

  private static String[] ids(List<Collage> collages, int... which) {
    return IntStream.of(which).mapToObj(i -> collages.get(i).getId()).toArray(String[]::new);
  }

  @Test
  void wordsChangeAndEtagsWithThemAloneNotWithEdits() {
    Collage made = rig.create(owner);
    rig.edit(owner, made, Documents.turn("a", 10));
    assertThat(rig.get(owner, made.getId()).getEtag()).isEqualTo(made.getEtag());

    Collage asked =
        made.toBuilder().setTitle("Renamed").setDescription("x").setEtag(made.getEtag()).build();
    Collage renamed = update(owner, asked, "title");
    assertThat(renamed.getTitle()).isEqualTo("Renamed");
    assertThat(renamed.getDescription()).isEmpty();
    assertThat(renamed.getRevision()).isEqualTo(1);
    assertThat(renamed.getEtag()).isNotEqualTo(made.getEtag());
    assertFails(ErrorReason.ERROR_REASON_ETAG_MISMATCH, () -> update(owner, asked, "description"));
    assertFails(ErrorReason.ERROR_REASON_INVALID_FIELD, () -> update(owner, renamed, "state"));
  }

  @Test
  void aRepeatedUpdateIsMadeOnce() {
    Collage made = rig.create(owner);
    UpdateCollageRequest request =
        UpdateCollageRequest.newBuilder()
            .setCollage(made.toBuilder().setTitle("First"))
            .setRequestId(UUID.randomUUID().toString())
            .build();
    Collage first = rig.as(owner).updateCollage(request);
    update(owner, made.toBuilder().setTitle("Second").clearEtag().build(), "title");
    assertThat(rig.as(owner).updateCollage(request).getTitle()).isEqualTo("Second");
    assertThat(first.getTitle()).isEqualTo("First");
    UpdateCollageRequest.Builder other = request.toBuilder();
    other.getCollageBuilder().setTitle("Third").clearEtag();
    assertFails(
        ErrorReason.ERROR_REASON_REQUEST_ID_REUSED,
        () -> rig.as(owner).updateCollage(other.build()));
  }

  @Test
  void whatIsInTheTrashIsItsOwnersAndCanBeTakenBack() {
    Collage made = rig.create(owner);
    String viewer = someId();
    rig.join(made, viewer, Role.ROLE_VIEWER);
    delete(owner, made);
    delete(owner, made);
    Collage deleted = rig.get(owner, made.getId());
    assertThat(deleted.getState()).isEqualTo(State.STATE_DELETED);
    assertThat(deleted.getPurgeTime().getSeconds() - deleted.getDeleteTime().getSeconds())
        .isEqualTo(CollageRig.TRASH_LIFE.toSeconds());
    assertMissing(viewer, made);
    assertFails(
        ErrorReason.ERROR_REASON_COLLAGE_NOT_FOUND,
        () -> rig.edit(owner, made, Documents.turn("a", 10)));

    UndeleteCollageRequest back =
        UndeleteCollageRequest.newBuilder().setCollageId(made.getId()).build();
    Collage taken = rig.as(owner).undeleteCollage(back);
    assertThat(taken.getState()).isEqualTo(State.STATE_DRAFT);
    assertThat(taken.hasPurgeTime()).isFalse();
    assertThat(rig.as(owner).undeleteCollage(back)).isEqualTo(taken);
    assertThat(rig.get(viewer, made.getId()).getDocument()).isEqualTo(made.getDocument());
  }

  @Test
  void whatWasLongEnoughInTheTrashIsGoneWithItsPictures() {
    String key = rig.pins.upload(owner, 2, 2, new byte[] {1});
    Collage made = rig.create(owner);
    Collage kept = rig.create(owner);
    rig.edit(owner, made, Documents.add(Documents.uploaded("b", key)));
    assertThat(rig.pins.held(made.getId())).hasSize(1);
    delete(owner, made);
    rig.clock.pass(CollageRig.TRASH_LIFE.minusHours(1));
    Fixtures.await(rig.collages().sweepTrash());
    assertThat(rig.get(owner, made.getId()).getState()).isEqualTo(State.STATE_DELETED);

    rig.clock.pass(Duration.ofHours(2));
    Fixtures.await(rig.collages().sweepTrash());
    Fixtures.await(rig.collages().sweepTrash());
    assertMissing(owner, made);
    assertThat(rig.pins.held(made.getId())).isEmpty();
    assertThat(list(owner, Filter.FILTER_DELETED)).isEmpty();
    assertThat(list(owner, Filter.FILTER_OWNED)).containsExactly(kept.getId());
  }

  @Test
  void aRefusedCreationHoldsItsPicturesForSomeDays() {
    String key = rig.pins.upload(owner, 2, 2, new byte[] {1});
    Layer refused = Documents.uploaded("b", key).toBuilder().setOpacity(2).build();
    Collage collage = Collage.newBuilder().setDocument(Documents.with(refused)).build();
    assertFails(
        ErrorReason.ERROR_REASON_INVALID_FIELD,
        () ->
            rig.as(owner)
                .createCollage(CreateCollageRequest.newBuilder().setCollage(collage).build()));
    assertThat(rig.pins.holders()).isNotEmpty();
    rig.clock.pass(Duration.ofDays(5));
    Fixtures.await(rig.collages().sweepTrash());
    assertThat(rig.pins.holders()).isEmpty();
  }

  @Test
  void aTakenBackCollageIsNotPurged() {
    Collage made = rig.create(owner);
    delete(owner, made);
    assertThat(
            rig.as(owner)
                .undeleteCollage(
                    UndeleteCollageRequest.newBuilder().setCollageId(made.getId()).build())
                .getState())
        .isEqualTo(State.STATE_DRAFT);
    rig.clock.pass(CollageRig.TRASH_LIFE.plusDays(1));
    Fixtures.await(rig.collages().sweepTrash());
    assertThat(rig.get(owner, made.getId()).getTitle()).isEqualTo("A collage");
  }

  @Test
  void membersDoWhatTheirRoleAllows() {
    Collage made = rig.create(owner);
    String editor = someId();
    String viewer = someId();
    rig.join(made, editor, Role.ROLE_EDITOR);
    rig.join(made, viewer, Role.ROLE_VIEWER);
    assertThat(rig.get(viewer, made.getId()).getRole()).isEqualTo(Role.ROLE_VIEWER);
    assertThat(rig.edit(editor, made, Documents.turn("a", 5)).getRevision()).isEqualTo(1);
    assertThat(update(editor, made.toBuilder().setTitle("T").clearEtag().build(), "title"))
        .extracting(Collage::getTitle)
        .isEqualTo("T");
    ErrorReason denied = ErrorReason.ERROR_REASON_PERMISSION_DENIED;
    assertFails(denied, () -> rig.edit(viewer, made, Documents.turn("a", 5)));
    assertFails(denied, () -> update(viewer, made, "title"));
    assertFails(
        denied,
        () ->
            update(
                editor,
                made.toBuilder().setRemixPolicyValue(3).clearEtag().build(),
                "remix_policy"));
    assertFails(denied, () -> delete(editor, made));
    assertFails(denied, () -> rig.as(editor).setMember(member(made, someId(), Role.ROLE_EDITOR)));
    assertThat(members(viewer, made))
        .extracting(Member::getAccountId)
        .containsExactly(owner, editor, viewer);
    assertFails(ErrorReason.ERROR_REASON_COLLAGE_NOT_FOUND, () -> members(stranger, made));
  }

  private static SetMemberRequest member(Collage collage, String account, Role role) {
    return SetMemberRequest.newBuilder()
        .setCollageId(collage.getId())
        .setMember(Member.newBuilder().setAccountId(account).setRole(role))
        .build();
  }

  private List<Member> members(String account, Collage collage) {
    List<Member> members = new ArrayList<>();
    String token = "";
    do {
      var page =
          rig.as(account)
              .listMembers(
                  ListMembersRequest.newBuilder()
                      .setCollageId(collage.getId())
                      .setPageSize(2)
                      .setPageToken(token)
                      .build());
      members.addAll(page.getMembersList());
      token = page.getNextPageToken();
    } while (!token.isEmpty());
    return members;
  }

  private void remove(String account, Collage collage, String member) {
    assertThat(
            rig.as(account)
                .removeMember(
                    RemoveMemberRequest.newBuilder()
                        .setCollageId(collage.getId())
                        .setAccountId(member)
                        .build()))
        .isNotNull();
  }

  @Test
  void membersLeaveAndAreRemovedAndTheCollageLeavesTheirLists() {
    Collage made = rig.create(owner);
    String editor = someId();
    String viewer = someId();
    rig.join(made, editor, Role.ROLE_EDITOR);
    rig.join(made, viewer, Role.ROLE_VIEWER);
    assertFails(ErrorReason.ERROR_REASON_PERMISSION_DENIED, () -> remove(viewer, made, editor));
    remove(viewer, made, viewer);
    remove(owner, made, editor);
    remove(owner, made, editor);
    assertMissing(viewer, made);
    assertFails(
        ErrorReason.ERROR_REASON_COLLAGE_NOT_FOUND,
        () -> rig.edit(editor, made, Documents.turn("a", 1)));
    assertThat(list(viewer, Filter.FILTER_SHARED)).isEmpty();
    assertFails(ErrorReason.ERROR_REASON_INVALID_FIELD, () -> remove(owner, made, owner));
  }

  @Test
  void whoCannotBeAMemberIsNamed() {
    Collage made = rig.create(owner);
    String nobody = someId();
    rig.noAccounts.add(nobody);
    assertFails(
        ErrorReason.ERROR_REASON_ACCOUNT_NOT_FOUND,
        () -> rig.as(owner).setMember(member(made, nobody, Role.ROLE_EDITOR)));
    for (SetMemberRequest bad :
        List.of(
            member(made, owner, Role.ROLE_EDITOR),
            member(made, stranger, Role.ROLE_OWNER),
            member(made, stranger, Role.ROLE_UNSPECIFIED),
            member(made, "x", Role.ROLE_VIEWER))) {
      assertFails(ErrorReason.ERROR_REASON_INVALID_FIELD, () -> rig.as(owner).setMember(bad));
    }
    for (int i = 0; i < CollageMembers.MAX_MEMBERS; i++) rig.join(made, someId(), Role.ROLE_VIEWER);
    assertFails(
        ErrorReason.ERROR_REASON_TOO_MANY_MEMBERS,
        () -> rig.as(owner).setMember(member(made, someId(), Role.ROLE_VIEWER)));
  }

  @Test
  void oldRevisionsAreMembersToRead() {
    Collage made = rig.create(owner);
    rig.edit(owner, made, Documents.turn("a", 10));
    Collage first = at(owner, made, 0);
    assertThat(first.getDocument()).isEqualTo(made.getDocument());
    assertThat(first.getRevision()).isZero();
    assertFails(ErrorReason.ERROR_REASON_REVISION_NOT_FOUND, () -> at(owner, made, 2));
    assertFails(ErrorReason.ERROR_REASON_REVISION_NOT_FOUND, () -> at(owner, made, -1));
  }

  private Collage at(String account, Collage collage, long revision) {
    return rig.as(account)
        .getCollage(
            GetCollageRequest.newBuilder()
                .setCollageId(collage.getId())
                .setRevision(revision)
                .build());
  }

  @Test
  void scopesAreRequired() {
    Collage made = rig.create(owner);
    assertFails(
        ErrorReason.ERROR_REASON_INSUFFICIENT_SCOPE,
        () ->
            rig.as(owner, Set.of("boards:read", "pins:read"))
                .getCollage(GetCollageRequest.newBuilder().setCollageId(made.getId()).build()));
    assertFails(
        ErrorReason.ERROR_REASON_INSUFFICIENT_SCOPE,
        () -> rig.as(owner, Set.of("collages:read")).createCollage(creation(Documents.EMPTY)));
  }
}
