// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage;

import static dev.corkboard.collage.CollageRig.someId;
import static dev.corkboard.collage.CollageServiceTest.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import dev.corkboard.collage.document.Documents;
import dev.corkboard.collage.v1.Collage;
import dev.corkboard.collage.v1.DeleteCollageRequest;
import dev.corkboard.collage.v1.ImageContent;
import dev.corkboard.collage.v1.Layer;
import dev.corkboard.collage.v1.ListPinCollagesRequest;
import dev.corkboard.collage.v1.ListRemixesRequest;
import dev.corkboard.collage.v1.Picture;
import dev.corkboard.collage.v1.PinPicture;
import dev.corkboard.collage.v1.PublishCollageRequest;
import dev.corkboard.collage.v1.PublishingServiceGrpc;
import dev.corkboard.collage.v1.RemixCollageRequest;
import dev.corkboard.collage.v1.RemixPolicy;
import dev.corkboard.collage.v1.Role;
import dev.corkboard.collage.v1.ScanPinCollagesRequest;
import dev.corkboard.collage.v1.ScanPinCollagesResponse;
import dev.corkboard.collage.v1.State;
import dev.corkboard.collage.v1.UnpublishCollageRequest;
import dev.corkboard.collage.v1.UpdateCollageRequest;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.pin.v1.Pin;
import dev.corkboard.platform.testing.GrpcExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RemixServiceTest {
  private static final String BOARD = "11";

  private final CollageRig rig = newRig();

  @RegisterExtension final GrpcExtension grpc = rig.grpc;

  private final String owner = someId();
  private final String reader = someId();

  /** The stores to run on. */
  CollageRig newRig() {
    return new CollageRig();
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private Collage publish(Collage collage) {
    return rig.publishAs(owner)
        .publishCollage(
            PublishCollageRequest.newBuilder()
                .setCollageId(collage.getId())
                .setBoardId(BOARD)
                .build());
  }

  private static Layer ofPin(Pin pin) {
    return Documents.image("b", "any").toBuilder()
        .setImage(
            ImageContent.newBuilder()
                .setPicture(
                    Picture.newBuilder().setPin(PinPicture.newBuilder().setPinId(pin.getId()))))
        .build();
  }

  private Pin somePin() {
    String key = rig.pins.upload(owner, 4, 4, RenderServiceTest.png(0x123456));
    return rig.pins.pin(owner, key);
  }

  private Collage remix(String account, Collage collage) {
    return rig.publishAs(account)
        .remixCollage(
            RemixCollageRequest.newBuilder()
                .setCollageId(collage.getId())
                .setRequestId(UUID.randomUUID().toString())
                .build());
  }

  @Test
  void aRemixHasTheLayersWithTheirSourcesAndNamesItsOrigin() {
    Collage draft = rig.create(owner);
    Pin pin = somePin();
    rig.edit(owner, draft, Documents.add(ofPin(pin)));
    assertFails(ErrorReason.ERROR_REASON_COLLAGE_NOT_FOUND, () -> remix(reader, draft));
    publish(draft);
    Collage remix = remix(reader, draft);
    assertThat(remix.getOwnerId()).isEqualTo(reader);
    assertThat(remix.getState()).isEqualTo(State.STATE_DRAFT);
    assertThat(remix.getRemixOf().getCollageId()).isEqualTo(draft.getId());
    assertThat(remix.getRemixOf().getRevision()).isEqualTo(1);
    Picture own = Documents.layer(remix.getDocument(), "b").getImage().getPicture();
    assertThat(own.getCredit().getPinId()).isEqualTo(pin.getId());
    assertThat(rig.pins.held(remix.getId())).containsExactly(own.getImage().getAssetKey());
    assertThat(remixes(owner, draft)).isEmpty();
    assertThat(remixes(reader, draft)).containsExactly(remix.getId());
  }

  @Test
  void whatIsHiddenIsSeenByMembersAlone() {
    Collage draft = rig.create(owner);
    Pin pin = somePin();
    Layer hidden = ofPin(pin).toBuilder().setHidden(true).build();
    rig.edit(owner, draft, Documents.add(hidden));
    publish(draft);
    assertThat(Documents.ids(rig.get(owner, draft.getId()).getDocument())).contains("b");
    assertThat(Documents.ids(rig.get(reader, draft.getId()).getDocument())).doesNotContain("b");
    assertThat(Documents.ids(remix(reader, draft).getDocument())).doesNotContain("b");
    assertThat(Documents.ids(remix(owner, draft).getDocument())).contains("b");
  }

  private List<String> remixes(String account, Collage collage) {
    return rig
        .publishAs(account)
        .listRemixes(ListRemixesRequest.newBuilder().setCollageId(collage.getId()).build())
        .getCollagesList()
        .stream()
        .map(Collage::getId)
        .toList();
  }

  @Test
  void aRepeatedRemixMakesOne() {
    Collage draft = rig.create(owner);
    publish(draft);
    RemixCollageRequest request =
        RemixCollageRequest.newBuilder()
            .setCollageId(draft.getId())
            .setRequestId(UUID.randomUUID().toString())
            .build();
    Collage remix = rig.publishAs(reader).remixCollage(request);
    assertThat(rig.publishAs(reader).remixCollage(request)).isEqualTo(remix);
  }

  @Test
  void theRemixPolicyIsKept() {
    Collage draft = rig.create(owner);
    publish(draft);
    String member = someId();
    rig.join(draft, member, Role.ROLE_VIEWER);
    policy(draft, RemixPolicy.REMIX_POLICY_MEMBERS);
    assertFails(ErrorReason.ERROR_REASON_REMIX_NOT_ALLOWED, () -> remix(reader, draft));
    assertThat(remix(member, draft).hasRemixOf()).isTrue();
    policy(draft, RemixPolicy.REMIX_POLICY_OWNER);
    assertFails(ErrorReason.ERROR_REASON_REMIX_NOT_ALLOWED, () -> remix(member, draft));
    assertThat(remix(owner, draft).hasRemixOf()).isTrue();
  }

  private void policy(Collage collage, RemixPolicy policy) {
    Collage changed =
        rig.as(owner)
            .updateCollage(
                UpdateCollageRequest.newBuilder()
                    .setCollage(Collage.newBuilder().setId(collage.getId()).setRemixPolicy(policy))
                    .build());
    assertThat(changed.getRemixPolicy()).isEqualTo(policy);
  }

  @Test
  void aRemixOutlivesItsOriginWithACreditThatSaysSo() {
    Collage draft = rig.create(owner);
    publish(draft);
    Collage remix = remix(reader, draft);
    rig.publishAs(owner)
        .unpublishCollage(UnpublishCollageRequest.newBuilder().setCollageId(draft.getId()).build());
    assertThat(rig.get(reader, remix.getId()).getRemixOf().getUnavailable()).isTrue();
    assertThat(rig.get(reader, remix.getId()).getRemixOf().getCollageId()).isEmpty();
    assertThat(
            rig.as(owner)
                .deleteCollage(
                    DeleteCollageRequest.newBuilder().setCollageId(draft.getId()).build()))
        .isNotNull();
    Collage left = rig.get(reader, remix.getId());
    assertThat(left.getDocument()).isEqualTo(remix.getDocument());
    assertThat(left.getRemixOf().getUnavailable()).isTrue();
  }

  private List<String> using(String account, Pin pin) {
    return rig
        .publishAs(account)
        .listPinCollages(ListPinCollagesRequest.newBuilder().setPinId(pin.getId()).build())
        .getCollagesList()
        .stream()
        .map(Collage::getId)
        .toList();
  }

  @Test
  void collagesThatUseAPinAreFoundByWhoSeesThem() {
    Pin pin = somePin();
    Collage open = rig.create(owner);
    Collage draft = rig.create(owner);
    Collage without = rig.create(owner);
    rig.edit(owner, open, Documents.add(ofPin(pin)));
    rig.edit(owner, draft, Documents.add(ofPin(pin)));
    rig.edit(owner, without, Documents.add(ofPin(pin)));
    rig.edit(owner, without, Documents.remove("b"));
    publish(open);
    assertThat(using(owner, pin)).containsExactly(draft.getId(), open.getId());
    assertThat(using(reader, pin)).containsExactly(open.getId());
    assertThat(scan(pin)).containsExactly(without.getId(), draft.getId(), open.getId());

    rig.pins.hide(pin.getId());
    assertFails(ErrorReason.ERROR_REASON_PIN_NOT_FOUND, () -> using(reader, pin));
    assertFails(
        ErrorReason.ERROR_REASON_PIN_NOT_FOUND,
        () -> using(reader, Pin.newBuilder().setId("99999999999999999999").build()));
  }

  /** Everything, as an operator sees it. */
  private List<String> scan(Pin pin) {
    List<String> found = new ArrayList<>();
    String token = "";
    do {
      ScanPinCollagesResponse page =
          PublishingServiceGrpc.newBlockingStub(grpc.channel())
              .withCallCredentials(grpc.tokens().service("operator", "pin", ""))
              .scanPinCollages(
                  ScanPinCollagesRequest.newBuilder()
                      .setPinId(pin.getId())
                      .setPageSize(2)
                      .setPageToken(token)
                      .build());
      found.addAll(page.getCollageIdsList());
      token = page.getNextPageToken();
    } while (!token.isEmpty());
    return found;
  }
}
