// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.benchmarks.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.corkboard.deploy.faults.Answer;
import java.util.UUID;

/**
 * One operation as a user makes it: a request, and what its answers mean.
 *
 * @param path of v5 unless of v1
 * @param body missing for none
 * @param key the idempotency key, the same in each attempt
 */
record Call(
    Kind kind,
    Account account,
    String method,
    String path,
    JsonNode body,
    String key,
    Outcome outcome) {
  /** What an answer means. */
  @FunctionalInterface
  interface Outcome {
    /**
     * Takes an answer.
     *
     * @param asked when the first attempt was sent, in nanoseconds
     * @param attempt from 1
     * @return whether the outcome is known now; the request is repeated otherwise
     */
    boolean take(Answer answer, long asked, long answered, int attempt);
  }

  static Call read(Kind kind, Account account, String path, Outcome outcome) {
    return new Call(kind, account, "GET", path, MissingNode.getInstance(), "", outcome);
  }

  static Call write(
      Kind kind, Account account, String method, String path, JsonNode body, Outcome outcome) {
    return new Call(kind, account, method, path, body, UUID.randomUUID().toString(), outcome);
  }

  @Override
  public String toString() {
    return method + " " + path + " as " + account;
  }
}
