// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.error;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corkboard.error.v1.ErrorReason;
import io.grpc.Status;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class ApiExceptionTest {
  private static ErrorReason reason(Status status) {
    return ApiException.from(new CompletionException(status.asRuntimeException())).reason();
  }

  @Test
  void aConnectionThatClosesUnderACallIsNoDefect() {
    Status closed = Status.UNKNOWN.withDescription("channel closed");
    assertThat(reason(closed.withCause(new ClosedChannelException())))
        .isEqualTo(ErrorReason.ERROR_REASON_UNAVAILABLE);
    assertThat(reason(Status.INTERNAL.withCause(new RuntimeException(new IOException("reset")))))
        .isEqualTo(ErrorReason.ERROR_REASON_UNAVAILABLE);
  }

  @Test
  void whatAServerSaysWithoutAReasonIsADefect() {
    assertThat(reason(Status.UNKNOWN)).isEqualTo(ErrorReason.ERROR_REASON_INTERNAL);
    assertThat(reason(Status.INTERNAL.withCause(new IllegalStateException())))
        .isEqualTo(ErrorReason.ERROR_REASON_INTERNAL);
    assertThat(reason(Status.UNIMPLEMENTED)).isEqualTo(ErrorReason.ERROR_REASON_INTERNAL);
  }

  @Test
  void whatMayBeTriedAgainSaysSo() {
    assertThat(reason(Status.UNAVAILABLE)).isEqualTo(ErrorReason.ERROR_REASON_UNAVAILABLE);
    assertThat(reason(Status.CANCELLED)).isEqualTo(ErrorReason.ERROR_REASON_UNAVAILABLE);
    assertThat(reason(Status.DEADLINE_EXCEEDED))
        .isEqualTo(ErrorReason.ERROR_REASON_DEADLINE_EXCEEDED);
    assertThat(reason(Status.RESOURCE_EXHAUSTED)).isEqualTo(ErrorReason.ERROR_REASON_OVERLOADED);
  }

  @Test
  void onlyARefusalLeavesNoDoubtAboutAWrite() {
    assertThat(ApiException.isOutcomeUnknown(Status.UNAVAILABLE.asRuntimeException())).isTrue();
    assertThat(ApiException.isOutcomeUnknown(Status.DEADLINE_EXCEEDED.asRuntimeException()))
        .isTrue();
    assertThat(ApiException.isOutcomeUnknown(new CompletionException(new IllegalStateException())))
        .isTrue();
    assertThat(ApiException.isOutcomeUnknown(ApiException.overloaded("it"))).isTrue();
    assertThat(
            ApiException.isOutcomeUnknown(
                ApiException.aborted(ErrorReason.ERROR_REASON_CONTENTION, "others")))
        .isTrue();
    assertThat(
            ApiException.isOutcomeUnknown(
                ApiException.aborted(ErrorReason.ERROR_REASON_ETAG_MISMATCH, "changed")))
        .isFalse();
    assertThat(ApiException.isOutcomeUnknown(ApiException.permissionDenied("no"))).isFalse();
  }
}
