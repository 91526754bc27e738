// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy.faults;

import com.fasterxml.jackson.databind.JsonNode;

/** What a request came to: a status with its JSON, or no answer at all. */
public record Answer(int status, JsonNode json, String text) {
  /** The status of a request that was cut off. */
  private static final int NONE = 0;

  public static Answer none(Exception why) {
    return new Answer(NONE, null, why.toString());
  }

  public boolean isOk() {
    return status / 100 == 2;
  }

  /** Whether the request may or may not have had its effect. */
  public boolean isUnknown() {
    return status == NONE || status == 503 || status == 504;
  }

  public boolean isCutOff() {
    return status == NONE;
  }

  /** Refused for now, without effect: a race was lost or a queue is full. */
  public boolean isBusy() {
    return status == 409 || status == 429;
  }

  /** Whether an error has the contract's shape. */
  public boolean isWellFormed() {
    return isOk()
        || isCutOff()
        || (json != null && json.path("code").isInt() && json.path("message").isTextual());
  }

  public String textOf(String property) {
    return json.get(property).textValue();
  }
}
