// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import dev.corkboard.collage.v1.Document;
import java.util.Optional;

/**
 * The documents that were worked on last. What the document of a collage was at a revision never
 * changes, so nothing here can be wrong, only behind.
 */
final class RecentDocuments {
  /** A document at a revision. */
  record Recent(long revision, Document document) {}

  private final Cache<Long, Recent> documents;

  RecentDocuments(long maxBytes) {
    documents =
        CacheBuilder.newBuilder()
            .maximumWeight(maxBytes)
            .weigher((Long id, Recent recent) -> 1 + recent.document().getSerializedSize())
            .build();
  }

  /** The newest known document that is not newer than a revision. */
  Optional<Recent> upTo(long collageId, long revision) {
    return Optional.ofNullable(documents.getIfPresent(collageId))
        .filter(recent -> recent.revision() <= revision);
  }

  /** Remembers a document, unless a newer one is known. */
  void put(long collageId, long revision, Document document) {
    documents
        .asMap()
        .merge(
            collageId,
            new Recent(revision, document),
            (known, next) -> known.revision() > next.revision() ? known : next);
  }
}
