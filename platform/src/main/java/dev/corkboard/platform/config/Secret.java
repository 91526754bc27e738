// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.config;

/** A text that no log, message or exception may hold. */
public record Secret(String text) {
  @Override
  public String toString() {
    return "***";
  }
}
