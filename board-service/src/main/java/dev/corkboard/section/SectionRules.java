// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.section;

import dev.corkboard.board.BoardAccess;
import dev.corkboard.board.v1.Section;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.platform.check.Times;
import dev.corkboard.platform.error.ApiException;
import java.time.Instant;
import java.util.Optional;

/**
 * Decides about changes of sections: refuses by throwing, answers when there is nothing to do, or
 * returns empty when the change is to be made. A repeat is answered before rights are looked at.
 */
public final class SectionRules {
  private static final String FIRST_ETAG = "1";

  private SectionRules() {}

  /** The answer for a section that its board does not have. */
  public static ApiException notFound(String sectionId) {
    return ApiException.notFound(
        ErrorReason.ERROR_REASON_SECTION_NOT_FOUND, "section_id", sectionId);
  }

  /** Decides about a creation; whoever answers a repeat knows what became of its section. */
  static Optional<Section> create(SectionWrite write, SectionFacts facts) {
    requireLive(write, facts);
    if (facts.seen().isPresent()) {
      SectionFacts.Seen seen = facts.seen().get();
      write.request().requireSame(seen.digest());
      return Optional.of(created(write, seen.sectionId(), seen.at()));
    }
    requireArranges(write, facts);
    if (facts.count() >= SectionStore.MAX_SECTIONS) {
      throw ApiException.exhausted(
          ErrorReason.ERROR_REASON_TOO_MANY_SECTIONS,
          "board_id",
          Long.toString(write.boardId()),
          "A board may have at most " + SectionStore.MAX_SECTIONS + " sections.");
    }
    return Optional.empty();
  }

  static Optional<Section> update(SectionWrite write, SectionFacts facts) {
    requireLive(write, facts);
    facts.seen().ifPresent(seen -> write.request().requireSame(seen.digest()));
    if (facts.seen().isEmpty()) requireArranges(write, facts);
    Section standing = standing(write, facts);
    if (facts.seen().isPresent()) return Optional.of(standing);
    requireEtag(write, standing);
    boolean same = write.name().isEmpty() || write.name().equals(standing.getName());
    return same ? Optional.of(standing) : Optional.empty();
  }

  static void delete(SectionWrite write, SectionFacts facts) {
    requireLive(write, facts);
    requireArranges(write, facts);
    requireEtag(write, standing(write, facts));
  }

  /** The section a creation makes. */
  static Section created(SectionWrite write, long sectionId, Instant at) {
    return Section.newBuilder()
        .setId(Long.toString(sectionId))
        .setBoardId(Long.toString(write.boardId()))
        .setName(write.name())
        .setCreateTime(Times.toProto(at))
        .setEtag(FIRST_ETAG)
        .build();
  }

  /** The section an update makes of the one that stands. */
  static Section renamed(SectionWrite write, Section standing) {
    long version = Long.parseLong(standing.getEtag()) + 1;
    return standing.toBuilder().setName(write.name()).setEtag(Long.toString(version)).build();
  }

  private static Section standing(SectionWrite write, SectionFacts facts) {
    return facts.standing().orElseThrow(() -> notFound(Long.toString(write.sectionId())));
  }

  private static void requireLive(SectionWrite write, SectionFacts facts) {
    if (!facts.live()) throw BoardAccess.notFound(Long.toString(write.boardId()));
  }

  private static void requireArranges(SectionWrite write, SectionFacts facts) {
    BoardAccess.requireArranges(
        write.caller(), Long.toString(write.boardId()), facts.privacy(), facts.role());
  }

  private static void requireEtag(SectionWrite write, Section standing) {
    if (!write.etag().isEmpty() && !write.etag().equals(standing.getEtag())) {
      throw ApiException.aborted(
          ErrorReason.ERROR_REASON_ETAG_MISMATCH, "The section changed in the meantime.");
    }
  }
}
