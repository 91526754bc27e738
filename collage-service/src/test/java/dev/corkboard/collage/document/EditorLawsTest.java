// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corkboard.collage.v1.Document;
import dev.corkboard.collage.v1.Operation;
import dev.corkboard.platform.error.ApiException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Laws that hold for all edits, tried on thousands of random ones. */
class EditorLawsTest {
  private static final int EDITS = 1_500;

  private final Editor editor = new Editor(Documents.RULES);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void anEditIsReplayedAndTakenBackExactly(long seed) {
    RandomEdits edits = new RandomEdits(seed);
    Document document = Documents.EMPTY;
    List<Editor.Result> done = new ArrayList<>();
    for (int i = 0; i < EDITS; i++) {
      Editor.Result result = edits.next(document);
      assertThat(editor.replay(document, result.applied())).isEqualTo(result.document());
      assertThat(editor.applyAgain(result.document(), result.inverse()).document())
          .isEqualTo(document);
      assertThat(document.equals(result.document())).isEqualTo(result.inverse().isEmpty());
      done.add(result);
      document = result.document();
    }
    assertThat(kinds(done)).hasSize(8);
    for (int i = done.size() - 1; i >= 0; i--) {
      document = editor.applyAgain(document, done.get(i).inverse()).document();
    }
    assertThat(document).isEqualTo(Documents.EMPTY);
  }

  private static List<Operation.OperationCase> kinds(List<Editor.Result> done) {
    return done.stream()
        .flatMap(result -> result.applied().stream())
        .map(Operation::getOperationCase)
        .distinct()
        .toList();
  }

  @ParameterizedTest
  @ValueSource(longs = {4, 5, 6})
  void editsThatDoNotOverlapCommute(long seed) {
    RandomEdits edits = new RandomEdits(seed);
    Document document = Documents.EMPTY;
    int commuted = 0;
    int overlapped = 0;
    for (int i = 0; i < EDITS; i++) {
      List<Operation> one = edits.next(document).applied();
      List<Operation> other = edits.next(document).applied();
      if (overlap(one, other)) {
        overlapped++;
      } else {
        Optional<Document> oneFirst = both(document, one, other);
        Optional<Document> otherFirst = both(document, other, one);
        if (oneFirst.isPresent() && otherFirst.isPresent()) {
          assertThat(oneFirst).isEqualTo(otherFirst);
          commuted++;
        }
      }
      document = editor.replay(document, one);
    }
    assertThat(commuted).isGreaterThan(EDITS / 3);
    assertThat(overlapped).isGreaterThan(EDITS / 20);
  }

  private static boolean overlap(List<Operation> one, List<Operation> other) {
    List<Property> theirs = Property.of(other);
    return Property.of(one).stream().anyMatch(mine -> theirs.stream().anyMatch(mine::overlaps));
  }

  /** Empty when one of them locks, or leaves too little room for, what the other one does. */
  private Optional<Document> both(
      Document document, List<Operation> first, List<Operation> second) {
    try {
      Document between = editor.applyAgain(document, first).document();
      return Optional.of(editor.applyAgain(between, second).document());
    } catch (ApiException locked) {
      return Optional.empty();
    }
  }
}
