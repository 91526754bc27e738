// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corkboard.collage.v1.BatchUpdateCollageRequest;
import dev.corkboard.collage.v1.UndoEditRequest;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.platform.error.ApiException;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RequestKeyTest {
  private static final String ID = UUID.randomUUID().toString();

  @Test
  void theSameRequestOfTheSameAccountIsRecognised() {
    UndoEditRequest request = UndoEditRequest.newBuilder().setCollageId("7").build();
    RequestKey first = RequestKey.of(ID, "1", request);
    assertThat(first.id()).hasToString(ID);
    assertThatCode(() -> RequestKey.of(ID, "1", request).requireSame(first.digest()))
        .doesNotThrowAnyException();
  }

  @Test
  void anotherAccountKindOrBodyIsAnotherRequest() {
    UndoEditRequest request = UndoEditRequest.newBuilder().setCollageId("7").build();
    RequestKey first = RequestKey.of(ID, "1", request);
    requireOther(RequestKey.of(ID, "2", request), first);
    requireOther(RequestKey.of(ID, "1", request.toBuilder().setCollageId("8").build()), first);
    requireOther(
        RequestKey.of(ID, "1", BatchUpdateCollageRequest.newBuilder().setCollageId("7").build()),
        first);
  }

  private static void requireOther(RequestKey other, RequestKey first) {
    assertThatThrownBy(() -> other.requireSame(first.digest()))
        .isInstanceOfSatisfying(
            ApiException.class,
            e -> {
              assertThat(e.reason()).isEqualTo(ErrorReason.ERROR_REASON_REQUEST_ID_REUSED);
              assertThat(e.metadata()).containsEntry("request_id", ID);
            });
  }
}
