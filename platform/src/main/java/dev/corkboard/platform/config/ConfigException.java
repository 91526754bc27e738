// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.config;

/** A setting has a bad value; the message is the one line an operator needs. */
@SuppressWarnings("serial")
public final class ConfigException extends RuntimeException {
  public ConfigException(String key, String value, String expected) {
    super(key + ": " + value + " (expected: " + expected + ")");
  }
}
