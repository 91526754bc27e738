// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage;

import dev.corkboard.collage.document.Pictures;
import dev.corkboard.collage.store.v1.Publishing;
import dev.corkboard.collage.v1.Collage;
import dev.corkboard.collage.v1.Document;
import dev.corkboard.collage.v1.Edit;
import dev.corkboard.collage.v1.Operation;
import dev.corkboard.collage.v1.Picture;
import dev.corkboard.collage.v1.Revision;
import dev.corkboard.collage.v1.Role;
import dev.corkboard.platform.check.Times;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/** Collages in memory, one transaction at a time. */
public final class InMemoryCollageStore implements CollageStore {
  private final Map<Long, Partition> partitions = new HashMap<>();

  static final class Partition {
    StoredCollage header;
    final NavigableMap<Long, Entry> entries = new TreeMap<>();
    final NavigableMap<Long, Snapshot> snapshots = new TreeMap<>();
    final Map<Long, Role> members = new HashMap<>();
    Optional<Publishing> publishing = Optional.empty();
    final Map<UUID, EditFacts.Seen> requests = new HashMap<>();
    final Map<String, Picture> pictures = new HashMap<>();

    Partition(StoredCollage header) {
      this.header = header;
    }

    void keep(Picture picture) {
      pictures.put(picture.getImage().getAssetKey(), picture);
    }
  }

  /** A transaction on a collage; null when there is none. */
  <T> CompletionStage<T> with(long collageId, Function<Partition, T> transaction) {
    return run(() -> transaction.apply(partitions.get(collageId)));
  }

  private synchronized <T> CompletionStage<T> run(Supplier<T> transaction) {
    try {
      return CompletableFuture.completedStage(transaction.get());
    } catch (RuntimeException e) {
      return CompletableFuture.failedStage(e);
    }
  }

  /** Makes an account a member. */
  public void join(long collageId, long accountId, Role role) {
    run(() -> partitions.get(collageId).members.put(accountId, role));
  }

  /** Takes a member's role away. */
  public void leave(long collageId, long accountId) {
    run(() -> partitions.get(collageId).members.remove(accountId));
  }

  /** Changes the header as a service does that is not in sight here. */
  public void change(long collageId, Collage collage) {
    run(
        () -> {
          Partition partition = partitions.get(collageId);
          partition.header =
              new StoredCollage(collage, partition.header.keptAfter(), UUID.randomUUID());
          return partition;
        });
  }

  /** How many rows a collage has, requests and pictures left out. */
  public int rows(long collageId) {
    return Fixtures.await(
        run(
            () ->
                partitions.get(collageId).entries.size()
                    + partitions.get(collageId).snapshots.size()));
  }

  @Override
  public CompletionStage<Void> create(StoredCollage collage, Document document) {
    return run(
        () -> {
          Partition standing = partitions.get(collage.id());
          if (standing != null && standing.header.write().equals(collage.write())) return null;
          if (standing != null) throw new IllegalStateException("there already");
          Partition partition = new Partition(collage);
          Revision first =
              Revision.newBuilder()
                  .setActorId(collage.collage().getOwnerId())
                  .setEditTime(collage.collage().getCreateTime())
                  .build();
          partition.snapshots.put(0L, new Snapshot(first, document));
          Pictures.forEach(document, partition::keep);
          partitions.put(collage.id(), partition);
          return null;
        });
  }

  @Override
  public CompletionStage<Optional<StoredCollage>> get(long collageId) {
    return run(() -> Optional.ofNullable(partitions.get(collageId)).map(p -> p.header));
  }

  @Override
  public CompletionStage<Optional<EditFacts>> facts(long collageId, long actorId, UUID requestId) {
    return run(
        () ->
            Optional.ofNullable(partitions.get(collageId)).map(p -> facts(p, actorId, requestId)));
  }

  private static EditFacts facts(Partition partition, long actorId, UUID requestId) {
    return new EditFacts(
        partition.header,
        actorId,
        role(partition, actorId),
        Optional.ofNullable(partition.requests.get(requestId)));
  }

  static Role role(Partition partition, long actorId) {
    Role member = partition.members.getOrDefault(actorId, Role.ROLE_UNSPECIFIED);
    return partition.header.role(actorId, member);
  }

  @Override
  public CompletionStage<Boolean> append(EditFacts facts, Entry entry, RequestKey request) {
    return run(
        () -> {
          Partition partition = partitions.get(facts.collage().id());
          Role role = role(partition, facts.actorId());
          if (!partition.header.write().equals(facts.collage().write())
              || partition.requests.containsKey(request.id())
              || (role != Role.ROLE_OWNER && role != Role.ROLE_EDITOR)) {
            return false;
          }
          keep(partition, facts, entry, request);
          return true;
        });
  }

  private static void keep(Partition partition, EditFacts facts, Entry entry, RequestKey request) {
    Edit edit = entry.edit();
    partition.entries.put(edit.getRevision(), entry);
    partition.requests.put(
        request.id(),
        new EditFacts.Seen(
            request.digest(),
            edit.getRevision(),
            facts.actorId(),
            Times.fromProto(edit.getEditTime())));
    edit.getOperationsList().forEach(o -> Pictures.forEach(o, partition::keep));
    Collage collage =
        partition.header.collage().toBuilder()
            .setRevision(edit.getRevision())
            .setUpdateTime(edit.getEditTime())
            .build();
    partition.header = new StoredCollage(collage, partition.header.keptAfter(), UUID.randomUUID());
  }

  @Override
  public CompletionStage<List<Edit>> edits(long collageId, long after, int limit) {
    return run(
        () ->
            partitions.get(collageId).entries.tailMap(after, false).values().stream()
                .limit(limit)
                .map(Entry::edit)
                .toList());
  }

  @Override
  public CompletionStage<List<Entry.Trace>> traces(long collageId, long below, int limit) {
    return run(
        () ->
            partitions
                .get(collageId)
                .entries
                .headMap(below, false)
                .descendingMap()
                .values()
                .stream()
                .limit(limit)
                .map(
                    entry ->
                        new Entry.Trace(
                            Entry.summary(entry.edit()),
                            !entry.inverse().isEmpty(),
                            entry.touched()))
                .toList());
  }

  @Override
  public CompletionStage<List<Integer>> sizes(long collageId, long after) {
    return run(
        () ->
            partitions.get(collageId).entries.tailMap(after, false).values().stream()
                .map(entry -> (int) entry.bytes())
                .toList());
  }

  @Override
  public CompletionStage<Optional<List<Operation>>> inverse(long collageId, long revision) {
    return run(
        () ->
            Optional.ofNullable(partitions.get(collageId).entries.get(revision))
                .map(Entry::inverse));
  }

  @Override
  public CompletionStage<Void> putSnapshot(long collageId, Snapshot snapshot) {
    return run(
        () -> {
          partitions
              .get(collageId)
              .snapshots
              .putIfAbsent(snapshot.revision().getRevision(), snapshot);
          return null;
        });
  }

  @Override
  public CompletionStage<Optional<Snapshot>> snapshot(long collageId, long atMost) {
    return run(
        () ->
            Optional.ofNullable(partitions.get(collageId).snapshots.floorEntry(atMost))
                .map(Map.Entry::getValue));
  }

  @Override
  public CompletionStage<List<Revision>> snapshots(long collageId) {
    return run(
        () ->
            partitions.get(collageId).snapshots.descendingMap().values().stream()
                .map(Snapshot::revision)
                .toList());
  }

  @Override
  public CompletionStage<Boolean> trim(StoredCollage read, long upTo, Set<Long> keptSnapshots) {
    return run(
        () -> {
          Partition partition = partitions.get(read.id());
          StoredCollage header = partition.header;
          if (header.keptAfter() != read.keptAfter()
              || header.publishedRevision() != read.publishedRevision()) {
            return false;
          }
          partition.header = new StoredCollage(header.collage(), upTo, header.write());
          partition.entries.headMap(upTo, true).clear();
          partition.snapshots.headMap(upTo, false).keySet().retainAll(keptSnapshots);
          return true;
        });
  }

  @Override
  public CompletionStage<List<Picture>> pictures(long collageId, Collection<String> assetKeys) {
    return run(
        () ->
            assetKeys.stream()
                .distinct()
                .map(partitions.get(collageId).pictures::get)
                .filter(picture -> picture != null)
                .toList());
  }
}
