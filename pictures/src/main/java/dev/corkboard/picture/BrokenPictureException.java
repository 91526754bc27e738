// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.picture;

import java.io.IOException;

/** The bytes are not a whole picture; the message says why, to be shown to the caller. */
public final class BrokenPictureException extends IOException {
  private static final long serialVersionUID = 1;

  public BrokenPictureException(String why) {
    super(why);
  }
}
