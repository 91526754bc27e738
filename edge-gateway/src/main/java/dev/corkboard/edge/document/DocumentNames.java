// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.document;

import dev.corkboard.collage.v1.BlendMode;
import dev.corkboard.collage.v1.TextContent.Alignment;
import dev.corkboard.edge.json.EnumNames;

/** The names of what is chosen in documents. */
final class DocumentNames {
  static final EnumNames<BlendMode> BLEND_MODES =
      EnumNames.of(BlendMode.class, "BLEND_MODE_", BlendMode.BLEND_MODE_NORMAL);

  static final EnumNames<Alignment> ALIGNMENTS =
      EnumNames.of(Alignment.class, "ALIGNMENT_", Alignment.ALIGNMENT_START);

  private DocumentNames() {}
}
