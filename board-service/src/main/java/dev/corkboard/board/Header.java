// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.board;

import dev.corkboard.board.v1.Board;
import dev.corkboard.board.v1.BoardState;
import dev.corkboard.board.v1.Privacy;
import dev.corkboard.platform.check.Times;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * The static part of a board's partition.
 *
 * @param version counts the changes of name, description, privacy and state; the etag
 * @param nextEpoch the generation of order rows a rebuild is writing, 0 when none is
 * @param rebuiltAt the last sign of life of that rebuild
 * @param deletions order rows deleted since the last rebuild
 * @param bare where the order has no rows
 * @param bareNext where it may have none, being looked at
 */
public record Header(
    long boardId,
    long ownerId,
    String name,
    String slug,
    UUID slugIntent,
    String description,
    Privacy privacy,
    boolean adsOnly,
    State state,
    long version,
    int epoch,
    int nextEpoch,
    Instant rebuiltAt,
    int deletions,
    int pinCount,
    int collaboratorCount,
    int followerCount,
    Instant createdAt,
    Instant pinsModifiedAt,
    BareStretches bare,
    BareStretches bareNext) {

  /** How far the board is on its way out. */
  public enum State {
    LIVE,
    /** Deleted for everybody; rows remain. */
    DELETING,
    /** Nothing remains but this. */
    GONE
  }

  public boolean isLive() {
    return state == State.LIVE;
  }

  /** The role of an account, given its member row's. */
  public Role role(long accountId, Role member) {
    return accountId == ownerId ? Role.OWNER : member;
  }

  /** The board as others see it. */
  public Board toBoard(List<String> coverAssetKeys) {
    return Board.newBuilder()
        .setId(Long.toString(boardId))
        .setOwnerId(Long.toString(ownerId))
        .setName(name)
        .setDescription(description)
        .setPrivacy(privacy)
        .setAdsOnly(adsOnly)
        .setCreateTime(Times.toProto(createdAt))
        .setPinsModifyTime(Times.toProto(pinsModifiedAt))
        .setPinCount(pinCount)
        .setCollaboratorCount(collaboratorCount)
        .setFollowerCount(followerCount)
        .addAllCoverAssetKeys(coverAssetKeys)
        .setEtag(Long.toString(version))
        .build();
  }

  BoardState toState() {
    return BoardState.newBuilder()
        .setBoardId(Long.toString(boardId))
        .setOwnerId(Long.toString(ownerId))
        .setPrivacy(privacy)
        .setDeleted(!isLive())
        .setPinCount(pinCount)
        .build();
  }
}
