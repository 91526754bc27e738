// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.render;

import java.awt.Font;

/** A part of a text that one font draws, from {@code begin} to before {@code end}, in chars. */
record FontRun(int begin, int end, Font font) {}
