// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.pins;

import dev.corkboard.pin.v1.Pin;
import dev.corkboard.platform.server.Caller;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * What a caller sees of Pins, asked of pin-service with the caller's own token each time: nothing
 * is remembered here.
 */
public interface PinDirectory {
  /** What a token needs to read Pins. */
  List<String> SCOPES = List.of("boards:read", "pins:read");

  /** Those of the Pins that the caller sees, by id; none when the token may not read Pins. */
  CompletionStage<Map<String, Pin>> visible(Caller caller, Collection<String> pinIds);
}
