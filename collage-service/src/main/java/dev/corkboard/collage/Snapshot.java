// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage;

import dev.corkboard.collage.v1.Document;
import dev.corkboard.collage.v1.Revision;

/**
 * A document as it was at a revision.
 *
 * @param revision of the edit that made it
 */
public record Snapshot(Revision revision, Document document) {}
