// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.DriverTimeoutException;
import com.datastax.oss.driver.api.core.NoNodeAvailableException;
import com.datastax.oss.driver.api.core.servererrors.CASWriteUnknownException;
import com.datastax.oss.driver.api.core.servererrors.DefaultWriteType;
import com.datastax.oss.driver.api.core.servererrors.InvalidQueryException;
import com.datastax.oss.driver.api.core.servererrors.UnavailableException;
import com.datastax.oss.driver.api.core.servererrors.WriteTimeoutException;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.platform.error.ApiException;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class DriverErrorsTest {
  private static ErrorReason reason(Throwable t) {
    return DriverErrors.translate(new CompletionException(t)).reason();
  }

  @Test
  void aTimeOutIsADeadlineAndItsOutcomeUnknown() {
    DriverTimeoutException timeout = new DriverTimeoutException("too late");
    assertThat(reason(timeout)).isEqualTo(ErrorReason.ERROR_REASON_DEADLINE_EXCEEDED);
    assertThat(DriverErrors.isOutcomeUnknown(timeout)).isTrue();
  }

  @Test
  void paxosThatEndedUnclearIsUnknown() {
    assertThat(
            DriverErrors.isOutcomeUnknown(
                new CASWriteUnknownException(null, ConsistencyLevel.SERIAL, 1, 2)))
        .isTrue();
    assertThat(
            DriverErrors.isOutcomeUnknown(
                new CompletionException(
                    new WriteTimeoutException(
                        null, ConsistencyLevel.SERIAL, 1, 2, DefaultWriteType.CAS))))
        .isTrue();
  }

  @Test
  void aClusterThatRefusesBeforeTryingIsUnavailableAndKnown() {
    NoNodeAvailableException none = new NoNodeAvailableException();
    assertThat(reason(none)).isEqualTo(ErrorReason.ERROR_REASON_UNAVAILABLE);
    assertThat(DriverErrors.isOutcomeUnknown(none)).isFalse();
    assertThat(reason(new UnavailableException(null, ConsistencyLevel.QUORUM, 2, 1)))
        .isEqualTo(ErrorReason.ERROR_REASON_UNAVAILABLE);
  }

  @Test
  void aBadStatementIsADefect() {
    InvalidQueryException bad = new InvalidQueryException(null, "no such column");
    assertThat(reason(bad)).isEqualTo(ErrorReason.ERROR_REASON_INTERNAL);
    assertThat(DriverErrors.isOutcomeUnknown(bad)).isFalse();
  }

  @Test
  void ourOwnFailuresPassThrough() {
    ApiException ours = ApiException.overloaded("tests");
    assertThat(DriverErrors.translate(new CompletionException(ours))).isSameAs(ours);
  }
}
