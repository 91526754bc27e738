// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.http;

import com.linecorp.armeria.common.HttpStatus;

/** An error that only the REST contract knows, no service. */
@SuppressWarnings("serial")
public final class RestException extends RuntimeException {
  private final RestError error;

  public RestException(HttpStatus status, int code, String message) {
    super(message, null, false, false);
    this.error = new RestError(status, code, message);
  }

  RestError error() {
    return error;
  }
}
