// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.section;

import dev.corkboard.board.InMemoryBoardStore;
import dev.corkboard.board.InMemoryBoardStore.Entry;
import dev.corkboard.board.Role;
import dev.corkboard.board.v1.Section;
import dev.corkboard.platform.error.ApiException;
import dev.corkboard.section.SectionFacts.Seen;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Sections in the entries of an {@link InMemoryBoardStore}, under its monitor. */
public final class InMemorySectionStore implements SectionStore {
  private final InMemoryBoardStore boards;
  private final Map<UUID, Seen> requests = new HashMap<>();

  public InMemorySectionStore(InMemoryBoardStore boards) {
    this.boards = boards;
  }

  private <T> CompletionStage<T> transaction(Supplier<T> work) {
    synchronized (boards) {
      try {
        return CompletableFuture.completedStage(work.get());
      } catch (ApiException e) {
        return CompletableFuture.failedStage(e);
      }
    }
  }

  private SectionFacts facts(SectionWrite write) {
    Optional<Entry> found = boards.entry(write.boardId());
    if (found.isEmpty()) return SectionFacts.noBoard();
    Entry entry = found.get();
    boolean owns = entry.board.getOwnerId().equals(write.caller().accountId());
    return new SectionFacts(
        entry.live,
        entry.board.getPrivacy(),
        owns ? Role.OWNER : entry.members.getOrDefault(write.actorId(), Role.NONE),
        entry.sections.size(),
        Optional.ofNullable(entry.sections.get(write.sectionId())),
        write.request().id().map(requests::get));
  }

  private Section keep(SectionWrite write, Section section) {
    Seen seen = new Seen(write.request().digest(), write.sectionId(), Instant.now());
    write.request().id().ifPresent(id -> requests.put(id, seen));
    boards.entry(write.boardId()).orElseThrow().sections.put(write.sectionId(), section);
    return section;
  }

  @Override
  public CompletionStage<Section> create(SectionWrite write) {
    return transaction(
        () ->
            SectionRules.create(write, facts(write))
                .map(
                    made ->
                        boards
                            .entry(write.boardId())
                            .orElseThrow()
                            .sections
                            .getOrDefault(Long.valueOf(made.getId()), made))
                .orElseGet(
                    () ->
                        keep(
                            write, SectionRules.created(write, write.sectionId(), Instant.now()))));
  }

  @Override
  public CompletionStage<Section> update(SectionWrite write) {
    return transaction(
        () -> {
          SectionFacts facts = facts(write);
          return SectionRules.update(write, facts)
              .orElseGet(
                  () -> keep(write, SectionRules.renamed(write, facts.standing().orElseThrow())));
        });
  }

  @Override
  public CompletionStage<Void> delete(SectionWrite write) {
    return transaction(
        () -> {
          SectionRules.delete(write, facts(write));
          boards.entry(write.boardId()).orElseThrow().sections.remove(write.sectionId());
          return null;
        });
  }

  private Map<Long, Section> of(long boardId) {
    return boards.entry(boardId).<Map<Long, Section>>map(e -> e.sections).orElse(Map.of());
  }

  @Override
  public CompletionStage<List<Section>> list(long boardId, long after, int limit) {
    return transaction(
        () ->
            of(boardId).entrySet().stream()
                .filter(entry -> entry.getKey() > after)
                .map(Map.Entry::getValue)
                .limit(limit)
                .toList());
  }

  @Override
  public CompletionStage<List<Section>> getAll(long boardId, Collection<Long> sectionIds) {
    return transaction(
        () -> sectionIds.stream().map(of(boardId)::get).filter(Objects::nonNull).toList());
  }
}
