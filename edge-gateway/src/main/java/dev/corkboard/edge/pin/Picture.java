// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.pin;

import dev.corkboard.edge.json.Base64Text;
import dev.corkboard.pin.v1.ImageSource;

/**
 * A picture of a new Pin.
 *
 * @param words its words in a carousel and, when it is to be fetched, its URL
 * @param data its bytes when they came with the request, else null
 * @param field where its URL or bytes stand in the body, for errors
 */
record Picture(ImageSource words, Base64Text data, String field) {
  ImageSource uploaded(String assetKey) {
    return words.toBuilder().setAssetKey(assetKey).build();
  }
}
