// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.media.video;

/** The bytes are no video that is taken; the message says why, to be shown to who brought them. */
public final class BrokenVideoException extends Exception {
  private static final long serialVersionUID = 1L;

  BrokenVideoException(String message) {
    super(message);
  }
}
