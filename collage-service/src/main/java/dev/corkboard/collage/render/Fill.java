// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.render;

/** Pixels and what they are coloured with. */
record Fill(Coverage coverage, Ink ink) {}
