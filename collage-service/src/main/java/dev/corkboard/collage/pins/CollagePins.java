// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.pins;

import com.google.protobuf.ByteString;
import com.google.protobuf.FieldMask;
import dev.corkboard.collage.store.v1.Publishing;
import dev.corkboard.pin.v1.Pin;
import dev.corkboard.platform.server.Caller;
import java.util.concurrent.CompletionStage;

/**
 * The Pins of collages, made and changed in the name of the account that publishes. Every call may
 * be repeated: the id of the publishing makes it happen once.
 */
public interface CollagePins {
  /** Stores a drawing for the caller; answers with its asset key. */
  CompletionStage<String> upload(Caller caller, ByteString drawing);

  /** Makes a Pin of a drawing. */
  CompletionStage<Pin> create(Publishing publishing, String collageId, Pin pin, String assetKey);

  /** Changes a Pin, and its picture with it. Fails with PIN_NOT_FOUND when it is gone. */
  CompletionStage<Pin> update(Publishing publishing, Pin pin, FieldMask mask, String assetKey);

  /** Deletes a Pin, whether it is there or not. */
  CompletionStage<Void> delete(Publishing publishing, String pinId);
}
