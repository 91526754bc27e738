// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.pin;

import com.linecorp.armeria.common.HttpResponse;
import dev.corkboard.edge.backend.Usernames;
import dev.corkboard.edge.http.Responses;
import dev.corkboard.edge.media.MediaUrls;
import dev.corkboard.pin.v1.Pin;
import dev.corkboard.platform.server.Caller;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Answers with Pins, once the names of the boards' owners are known. */
final class PinResponses {
  private final Usernames usernames;
  private final PinJson json;

  PinResponses(Usernames usernames, MediaUrls urls) {
    this.usernames = usernames;
    this.json = new PinJson(urls);
  }

  CompletionStage<HttpResponse> ok(Pin pin, Caller caller) {
    return usernames
        .of(pin.getBoardOwnerId())
        .thenApply(names -> Responses.ok(out -> json.write(out, pin, caller.accountId(), names)));
  }

  CompletionStage<HttpResponse> updated(Pin pin, Caller caller) {
    return usernames
        .ofWritten(pin.getBoardOwnerId())
        .thenApply(names -> Responses.ok(out -> json.write(out, pin, caller.accountId(), names)));
  }

  CompletionStage<HttpResponse> created(Pin pin, Caller caller) {
    return usernames
        .ofWritten(pin.getBoardOwnerId())
        .thenApply(
            names -> Responses.created(out -> json.write(out, pin, caller.accountId(), names)));
  }

  CompletionStage<HttpResponse> page(List<Pin> pins, String nextPageToken, Caller caller) {
    return usernames
        .of(pins.stream().map(Pin::getBoardOwnerId).distinct().toList())
        .thenApply(
            names ->
                Responses.page(
                    pins,
                    nextPageToken,
                    (out, pin) -> json.write(out, pin, caller.accountId(), names)));
  }
}
