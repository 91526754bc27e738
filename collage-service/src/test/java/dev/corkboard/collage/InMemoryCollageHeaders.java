// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage;

import dev.corkboard.collage.InMemoryCollageStore.Partition;
import dev.corkboard.collage.store.v1.Publishing;
import dev.corkboard.collage.v1.Collage;
import dev.corkboard.collage.v1.Member;
import dev.corkboard.collage.v1.State;
import dev.corkboard.platform.check.Times;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/** The headers of {@link InMemoryCollageStore}. */
final class InMemoryCollageHeaders implements CollageHeaders {
  private final InMemoryCollageStore store;
  private final Map<String, Instant> since = new HashMap<>();

  InMemoryCollageHeaders(InMemoryCollageStore store) {
    this.store = store;
  }

  /** What is done to a collage that is as it was read. */
  private interface Change {
    boolean apply(Partition partition);
  }

  private CompletionStage<Boolean> change(StoredCollage read, Change change) {
    return store.with(
        read.id(),
        partition -> {
          if (!partition.header.write().equals(read.write()) || !change.apply(partition)) {
            return false;
          }
          partition.header =
              new StoredCollage(
                  partition.header.collage(), partition.header.keptAfter(), UUID.randomUUID());
          return true;
        });
  }

  private static void set(Partition partition, Collage next) {
    Collage collage =
        next.toBuilder().setRevision(partition.header.revision()).clearDocument().build();
    partition.header = new StoredCollage(collage, partition.header.keptAfter(), UUID.randomUUID());
  }

  @Override
  public CompletionStage<Optional<Standing>> standing(long collageId, long accountId) {
    return store.with(
        collageId,
        partition ->
            Optional.ofNullable(partition)
                .map(
                    p ->
                        new Standing(
                            p.header, InMemoryCollageStore.role(p, accountId), p.publishing)));
  }

  @Override
  public CompletionStage<List<Member>> members(long collageId) {
    return store.with(
        collageId,
        partition ->
            partition.members.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(
                    entry ->
                        Member.newBuilder()
                            .setAccountId(Long.toString(entry.getKey()))
                            .setRole(entry.getValue())
                            .setCreateTime(
                                Times.toProto(
                                    since.getOrDefault(
                                        collageId + "/" + entry.getKey(), Instant.EPOCH)))
                            .build())
                .toList());
  }

  @Override
  public CompletionStage<Boolean> replace(
      StoredCollage read, Collage next, Optional<RequestKey> request, long actorId) {
    return change(
        read,
        partition -> {
          if (request.isPresent() && partition.requests.containsKey(request.get().id())) {
            return false;
          }
          request.ifPresent(
              key ->
                  partition.requests.put(
                      key.id(),
                      new EditFacts.Seen(
                          key.digest(),
                          read.revision(),
                          actorId,
                          Times.fromProto(next.getUpdateTime()))));
          set(partition, next);
          return true;
        });
  }

  @Override
  public CompletionStage<Boolean> putMember(StoredCollage read, Member member) {
    return change(
        read,
        partition -> {
          partition.members.put(Long.parseLong(member.getAccountId()), member.getRole());
          since.put(
              read.id() + "/" + member.getAccountId(), Times.fromProto(member.getCreateTime()));
          return true;
        });
  }

  @Override
  public CompletionStage<Boolean> removeMember(StoredCollage read, String accountId) {
    return change(
        read,
        partition -> {
          partition.members.remove(Long.parseLong(accountId));
          return true;
        });
  }

  @Override
  public CompletionStage<Boolean> begin(StoredCollage read, Publishing publishing) {
    return change(
        read,
        partition -> {
          if (partition.publishing.isPresent()) return false;
          partition.publishing = Optional.of(publishing);
          return true;
        });
  }

  @Override
  public CompletionStage<Boolean> finish(StoredCollage read, Publishing publishing, Collage next) {
    return change(
        read,
        partition -> {
          if (!isBegun(partition, publishing)) return false;
          partition.publishing = Optional.empty();
          set(partition, next);
          return true;
        });
  }

  private static boolean isBegun(Partition partition, Publishing publishing) {
    return partition.publishing.filter(p -> p.getId().equals(publishing.getId())).isPresent();
  }

  @Override
  public CompletionStage<Void> abandon(long collageId, Publishing publishing) {
    return store.with(
        collageId,
        partition -> {
          if (isBegun(partition, publishing)) partition.publishing = Optional.empty();
          return null;
        });
  }

  @Override
  public CompletionStage<Boolean> purge(StoredCollage read) {
    return change(
        read,
        partition -> {
          partition.header =
              new StoredCollage(
                  Collage.newBuilder()
                      .setId(read.collage().getId())
                      .setOwnerId(read.collage().getOwnerId())
                      .setState(State.STATE_UNSPECIFIED)
                      .setRevision(read.revision())
                      .setUpdateTime(read.collage().getUpdateTime())
                      .build(),
                  read.keptAfter(),
                  UUID.randomUUID());
          partition.entries.clear();
          partition.snapshots.clear();
          partition.members.clear();
          partition.pictures.clear();
          partition.requests.clear();
          partition.publishing = Optional.empty();
          return true;
        });
  }
}
