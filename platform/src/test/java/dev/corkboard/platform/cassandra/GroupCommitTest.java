// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class GroupCommitTest {
  private record Commit(String key, List<Integer> changes, CompletableFuture<Void> end) {}

  private final List<Commit> commits = new ArrayList<>();
  private final GroupCommit<String, Integer> group = new GroupCommit<>(3, this::commit);

  private CompletionStage<Void> commit(String key, List<Integer> changes) {
    Commit begun = new Commit(key, changes, new CompletableFuture<>());
    commits.add(begun);
    return begun.end();
  }

  private CompletableFuture<Void> add(String key, int change) {
    return group.add(key, change).toCompletableFuture();
  }

  @Test
  void whatWaitsForACommitIsTheNextOne() {
    CompletableFuture<Void> first = add("a", 1);
    CompletableFuture<Void> second = add("a", 2);
    CompletableFuture<Void> third = add("a", 3);
    assertThat(commits).extracting(Commit::changes).containsExactly(List.of(1));
    commits.get(0).end().complete(null);
    assertThat(first).isCompleted();
    assertThat(commits).extracting(Commit::changes).containsExactly(List.of(1), List.of(2, 3));
    assertThat(second).isNotDone();
    commits.get(1).end().complete(null);
    assertThat(second).isCompleted();
    assertThat(third).isCompleted();
    add("a", 4);
    assertThat(commits.get(2).changes()).containsExactly(4);
  }

  @Test
  void keysDoNotWaitForEachOther() {
    add("a", 1);
    add("b", 2);
    assertThat(commits).extracting(Commit::key).containsExactly("a", "b");
  }

  @Test
  void aCommitHasNoMoreChangesThanItMay() {
    for (int i = 0; i < 6; i++) add("a", i);
    commits.get(0).end().complete(null);
    commits.get(1).end().complete(null);
    assertThat(commits)
        .extracting(Commit::changes)
        .containsExactly(List.of(0), List.of(1, 2, 3), List.of(4, 5));
  }

  @Test
  void aFailureIsThatOfItsCommitAlone() {
    CompletableFuture<Void> first = add("a", 1);
    CompletableFuture<Void> second = add("a", 2);
    commits.get(0).end().completeExceptionally(new IllegalStateException("lost"));
    assertThatThrownBy(first::join).hasRootCauseMessage("lost");
    commits.get(1).end().complete(null);
    assertThat(second).isCompleted();
  }

  @Test
  void aCommitThatThrowsKeepsNobodyWaiting() {
    GroupCommit<String, Integer> broken =
        new GroupCommit<>(
            3,
            (key, changes) -> {
              throw new IllegalStateException("thrown");
            });
    assertThatThrownBy(() -> broken.add("a", 1).toCompletableFuture().join())
        .hasRootCauseMessage("thrown");
    assertThatThrownBy(() -> broken.add("a", 2).toCompletableFuture().join())
        .hasRootCauseMessage("thrown");
  }
}
