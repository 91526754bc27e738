// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.media;

import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.platform.error.ApiException;

/**
 * A picture could not be fetched; the message is for the caller and tells nothing of our network.
 */
final class FetchFailedException extends Exception {
  private static final long serialVersionUID = 1;

  /** The words of the original API, which its clients look for. */
  private static final String START = "Sorry we could not fetch the image.";

  FetchFailedException(String why) {
    super(why.isEmpty() ? START : START + " " + why);
  }

  ApiException toApiException(String field) {
    return ApiException.invalid(ErrorReason.ERROR_REASON_IMAGE_FETCH_FAILED, field, getMessage());
  }
}
