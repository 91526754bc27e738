// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy.faults;

import com.fasterxml.jackson.databind.JsonNode;

/** What a request came to: a status with its JSON, or no answer at all. */
record Answer(int status, JsonNode json, String text) {
  /** The status of a request that was cut off. */
  private static final int NONE = 0;

  static Answer none(Exception why) {
    return new Answer(NONE, null, why.toString());
  }

  boolean isOk() {
    return status / 100 == 2;
  }

  /** Whether the request may or may not have had its effect. */
  boolean isUnknown() {
    return status == NONE || status == 503 || status == 504;
  }

  boolean isCutOff() {
    return status == NONE;
  }

  /** Refused for now, without effect: a race was lost or a queue is full. */
  boolean isBusy() {
    return status == 409 || status == 429;
  }

  /** Whether an error has the contract's shape. */
  boolean isWellFormed() {
    return isOk()
        || isCutOff()
        || (json != null && json.path("code").isInt() && json.path("message").isTextual());
  }

  String textOf(String property) {
    return json.get(property).textValue();
  }
}
