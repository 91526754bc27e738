// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.pins;

import dev.corkboard.collage.document.Pictures;
import dev.corkboard.collage.v1.Credit;
import dev.corkboard.collage.v1.Document;
import dev.corkboard.collage.v1.Operation;
import dev.corkboard.collage.v1.Picture;
import dev.corkboard.platform.server.Caller;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;

/** Shows credits to readers: whole where the reader sees the Pin now, else empty. */
public final class Credits {
  private static final Credit UNAVAILABLE =
      Credit.newBuilder().setAvailability(Credit.Availability.AVAILABILITY_UNAVAILABLE).build();

  private final PinDirectory pins;

  public Credits(PinDirectory pins) {
    this.pins = pins;
  }

  /** The document as the caller may read it. */
  public CompletionStage<Document> show(Caller caller, Document document) {
    Set<String> pinIds = new HashSet<>();
    Pictures.forEach(document, picture -> collect(picture, pinIds));
    return shown(caller, pinIds).thenApply(shown -> Pictures.map(document, shown));
  }

  /** Operations as the caller may read them. */
  public CompletionStage<List<Operation>> show(Caller caller, List<Operation> operations) {
    Set<String> pinIds = new HashSet<>();
    for (Operation operation : operations) {
      Pictures.forEach(operation, picture -> collect(picture, pinIds));
    }
    return shown(caller, pinIds)
        .thenApply(shown -> operations.stream().map(each -> Pictures.map(each, shown)).toList());
  }

  private static void collect(Picture picture, Set<String> pinIds) {
    if (picture.hasCredit()) pinIds.add(picture.getCredit().getPinId());
  }

  private CompletionStage<UnaryOperator<Picture>> shown(Caller caller, Set<String> pinIds) {
    return pins.visible(caller, pinIds)
        .thenApply(visible -> picture -> shown(picture, visible.keySet()));
  }

  private static Picture shown(Picture picture, Set<String> visible) {
    if (!picture.hasCredit()) return picture;
    Credit credit = picture.getCredit();
    return picture.toBuilder()
        .setCredit(
            visible.contains(credit.getPinId())
                ? credit.toBuilder()
                    .setAvailability(Credit.Availability.AVAILABILITY_VISIBLE)
                    .build()
                : UNAVAILABLE)
        .build();
  }
}
