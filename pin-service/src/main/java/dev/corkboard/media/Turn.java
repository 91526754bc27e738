// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.media;

import java.awt.Dimension;
import java.awt.Rectangle;

/** Translates between a picture as shown and as stored; centred parts need no more than this. */
record Turn(boolean quarter) {
  Dimension of(Dimension size) {
    return quarter ? new Dimension(/* width= */ size.height, /* height= */ size.width) : size;
  }

  Rectangle of(Rectangle part) {
    return quarter
        ? new Rectangle(
            /* x= */ part.y, /* y= */ part.x, /* width= */ part.height, /* height= */ part.width)
        : part;
  }
}
