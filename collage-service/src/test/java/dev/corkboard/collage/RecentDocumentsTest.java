// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage;

import static dev.corkboard.collage.document.Documents.EMPTY;
import static dev.corkboard.collage.document.Documents.shape;
import static dev.corkboard.collage.document.Documents.with;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RecentDocumentsTest {
  private final RecentDocuments recent = new RecentDocuments(1_000);

  @Test
  void findsWhatIsNotTooNew() {
    recent.put(1, 5, EMPTY);
    assertThat(recent.upTo(1, 5)).contains(new RecentDocuments.Recent(5, EMPTY));
    assertThat(recent.upTo(1, 9)).isPresent();
    assertThat(recent.upTo(1, 4)).isEmpty();
    assertThat(recent.upTo(2, 5)).isEmpty();
  }

  @Test
  void aReaderOfThePastDoesNotReplaceTheNewest() {
    recent.put(1, 5, EMPTY);
    recent.put(1, 3, with(shape("a")));
    assertThat(recent.upTo(1, 9)).contains(new RecentDocuments.Recent(5, EMPTY));
    recent.put(1, 6, with(shape("a")));
    assertThat(recent.upTo(1, 9).orElseThrow().revision()).isEqualTo(6);
  }

  @Test
  void remembersNoMoreBytesThanAllowed() {
    LongStream.range(0, 1_000).forEach(id -> recent.put(id, 1, with(shape("a"))));
    long bytes =
        LongStream.range(0, 1_000)
            .filter(id -> recent.upTo(id, 1).isPresent())
            .map(id -> with(shape("a")).getSerializedSize())
            .sum();
    assertThat(bytes).isLessThanOrEqualTo(1_000);
  }
}
