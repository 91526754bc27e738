// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage;

import static dev.corkboard.collage.Fixtures.await;
import static dev.corkboard.collage.Fixtures.newId;
import static dev.corkboard.collage.Fixtures.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.corkboard.collage.CollageHeaders.Standing;
import dev.corkboard.collage.document.Documents;
import dev.corkboard.collage.store.v1.Hiding;
import dev.corkboard.collage.store.v1.Publishing;
import dev.corkboard.collage.v1.Collage;
import dev.corkboard.collage.v1.Member;
import dev.corkboard.collage.v1.Publication;
import dev.corkboard.collage.v1.Role;
import dev.corkboard.collage.v1.State;
import dev.corkboard.platform.check.Times;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every store of headers does. */
interface CollageHeadersContract {
  CollageStore collages();

  CollageHeaders headers();

  private StoredCollage create() {
    StoredCollage collage = Fixtures.collage(newId());
    await(collages().create(collage, Documents.EMPTY));
    return collage;
  }

  private Standing standing(StoredCollage collage, long accountId) {
    return await(headers().standing(collage.id(), accountId)).orElseThrow();
  }

  private Standing standing(StoredCollage collage) {
    return standing(collage, collage.ownerId());
  }

  private static Member member(long accountId, Role role) {
    return Member.newBuilder()
        .setAccountId(Long.toString(accountId))
        .setRole(role)
        .setCreateTime(Times.toProto(Instant.now().truncatedTo(ChronoUnit.MILLIS)))
        .build();
  }

  private static Publishing publishing() {
    return Publishing.newBuilder()
        .setId(UUID.randomUUID().toString())
        .setHiding(Hiding.newBuilder().setPinId("5"))
        .build();
  }

  @Test
  default void anAccountIsWhatItWasMade() {
    StoredCollage collage = create();
    Member viewer = member(newId(), Role.ROLE_VIEWER);
    long account = Long.parseLong(viewer.getAccountId());
    assertThat(standing(collage).role()).isEqualTo(Role.ROLE_OWNER);
    assertThat(standing(collage, account).role()).isEqualTo(Role.ROLE_UNSPECIFIED);
    assertThat(await(headers().standing(newId(), account))).isEmpty();

    assertThat(await(headers().putMember(standing(collage).collage(), viewer))).isTrue();
    assertThat(standing(collage, account).role()).isEqualTo(Role.ROLE_VIEWER);
    Member editor = viewer.toBuilder().setRole(Role.ROLE_EDITOR).build();
    assertThat(await(headers().putMember(standing(collage).collage(), editor))).isTrue();
    assertThat(await(headers().members(collage.id()))).containsExactly(editor);

    assertThat(await(headers().removeMember(standing(collage).collage(), viewer.getAccountId())))
        .isTrue();
    assertThat(standing(collage, account).role()).isEqualTo(Role.ROLE_UNSPECIFIED);
    assertThat(await(headers().members(collage.id()))).isEmpty();
  }

  @Test
  default void nothingIsChangedOfWhatHasChangedSince() {
    StoredCollage collage = create();
    Member member = member(newId(), Role.ROLE_EDITOR);
    assertThat(await(headers().putMember(collage, member))).isTrue();
    Collage next = collage.collage().toBuilder().setTitle("Late").build();
    assertThat(await(headers().replace(collage, next, Optional.empty(), 1))).isFalse();
    assertThat(await(headers().putMember(collage, member(newId(), Role.ROLE_VIEWER)))).isFalse();
    assertThat(await(headers().removeMember(collage, member.getAccountId()))).isFalse();
    assertThat(await(headers().begin(collage, publishing()))).isFalse();
    assertThat(await(headers().purge(collage))).isFalse();
    assertThat(standing(collage).collage().collage().getTitle()).isEqualTo("Collage");
    assertThat(await(headers().members(collage.id()))).containsExactly(member);
  }

  @Test
  default void wordsAndStateAreReplacedAndTheRevisionStays() {
    StoredCollage collage = create();
    RequestKey request = request("rename");
    Collage next =
        collage.collage().toBuilder().setTitle("Another").setState(State.STATE_DELETED).build();
    assertThat(await(headers().replace(collage, next, Optional.of(request), 7))).isTrue();
    StoredCollage now = standing(collage).collage();
    assertThat(now.collage()).isEqualTo(next);
    assertThat(now.write()).isNotEqualTo(collage.write());
    EditFacts facts = await(collages().facts(collage.id(), 7, request.id())).orElseThrow();
    assertThat(facts.seen().orElseThrow().digest()).isEqualTo(request.digest());
    assertThat(await(headers().replace(now, collage.collage(), Optional.of(request), 7))).isFalse();
  }

  @Test
  default void publishingBeginsOnceAndEndsOnce() {
    StoredCollage collage = create();
    Publishing first = publishing();
    assertThat(await(headers().begin(collage, first))).isTrue();
    Standing begun = standing(collage);
    assertThat(begun.publishing()).contains(first);
    assertThat(await(headers().begin(begun.collage(), publishing()))).isFalse();
    Collage next =
        collage.collage().toBuilder()
            .setState(State.STATE_PUBLISHED)
            .setPublication(Publication.newBuilder().setPinId("5").setRevision(0))
            .build();
    assertThat(await(headers().finish(begun.collage(), publishing(), next))).isFalse();
    assertThat(await(headers().finish(begun.collage(), first, next))).isTrue();
    Standing ended = standing(collage);
    assertThat(ended.publishing()).isEmpty();
    assertThat(ended.collage().collage()).isEqualTo(next);
    assertThat(ended.collage().publishedRevision()).isZero();
    assertThat(await(headers().finish(ended.collage(), first, next))).isFalse();
  }

  @Test
  default void whatIsAbandonedLeavesNothing() {
    StoredCollage collage = create();
    Publishing publishing = publishing();
    assertThat(await(headers().begin(collage, publishing))).isTrue();
    await(headers().abandon(collage.id(), publishing()));
    assertThat(standing(collage).publishing()).contains(publishing);
    await(headers().abandon(collage.id(), publishing));
    await(headers().abandon(collage.id(), publishing));
    assertThat(standing(collage).publishing()).isEmpty();
    assertThat(standing(collage).collage().collage()).isEqualTo(collage.collage());
  }

  @Test
  default void aPurgedCollageKeepsItsIdAlone() {
    StoredCollage collage = create();
    assertThat(await(headers().putMember(collage, member(newId(), Role.ROLE_EDITOR)))).isTrue();
    assertThat(await(headers().purge(standing(collage).collage()))).isTrue();
    StoredCollage left = standing(collage).collage();
    assertThat(left.collage().getState()).isEqualTo(State.STATE_UNSPECIFIED);
    assertThat(left.collage().getTitle()).isEmpty();
    assertThat(left.isLive()).isFalse();
    assertThat(await(headers().members(collage.id()))).isEmpty();
    assertThat(await(collages().snapshots(collage.id()))).isEmpty();
  }
}
