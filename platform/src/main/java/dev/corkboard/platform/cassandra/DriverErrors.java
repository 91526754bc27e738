// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.cassandra;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.DriverTimeoutException;
import com.datastax.oss.driver.api.core.NodeUnavailableException;
import com.datastax.oss.driver.api.core.RequestThrottlingException;
import com.datastax.oss.driver.api.core.connection.ClosedConnectionException;
import com.datastax.oss.driver.api.core.connection.HeartbeatException;
import com.datastax.oss.driver.api.core.servererrors.BootstrappingException;
import com.datastax.oss.driver.api.core.servererrors.OverloadedException;
import com.datastax.oss.driver.api.core.servererrors.QueryConsistencyException;
import com.datastax.oss.driver.api.core.servererrors.ReadFailureException;
import com.datastax.oss.driver.api.core.servererrors.ServerError;
import com.datastax.oss.driver.api.core.servererrors.UnavailableException;
import dev.corkboard.platform.error.ApiException;
import java.util.Collection;
import java.util.concurrent.CompletionException;

/** Reads the driver's exceptions; none of them leaves a store. */
final class DriverErrors {
  private DriverErrors() {}

  static ApiException translate(Throwable failure) {
    Throwable t = unwrap(failure);
    if (t instanceof ApiException api) return api;
    if (t instanceof DriverTimeoutException) return ApiException.deadlineExceeded(t);
    if (isOutcomeUnknown(t) || isRefusedByCluster(t)) {
      return ApiException.unavailable("The store does not answer.", t);
    }
    return ApiException.internal(t);
  }

  /** Whether a conditional statement may or may not have been applied. */
  static boolean isOutcomeUnknown(Throwable failure) {
    Throwable t = unwrap(failure);
    if (t instanceof AllNodesFailedException all) {
      return all.getAllErrors().values().stream()
          .flatMap(Collection::stream)
          .anyMatch(DriverErrors::isOutcomeUnknown);
    }
    return t instanceof QueryConsistencyException
        || t instanceof DriverTimeoutException
        || t instanceof ClosedConnectionException
        || t instanceof HeartbeatException
        || t instanceof ServerError;
  }

  /** Whether a replica gave a read up, as it does with too many deletions in its way. */
  static boolean isReadFailure(Throwable failure) {
    Throwable t = unwrap(failure);
    if (t instanceof ApiException && t.getCause() != null) t = t.getCause();
    return t instanceof ReadFailureException;
  }

  private static boolean isRefusedByCluster(Throwable t) {
    return t instanceof AllNodesFailedException
        || t instanceof UnavailableException
        || t instanceof OverloadedException
        || t instanceof BootstrappingException
        || t instanceof NodeUnavailableException
        || t instanceof RequestThrottlingException;
  }

  static Throwable unwrap(Throwable t) {
    return t instanceof CompletionException && t.getCause() != null ? t.getCause() : t;
  }
}
