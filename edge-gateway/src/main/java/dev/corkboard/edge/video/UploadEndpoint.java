// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.video;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.annotation.Path;
import com.linecorp.armeria.server.annotation.Post;
import dev.corkboard.edge.backend.Backends;
import dev.corkboard.edge.http.RequestIds;
import dev.corkboard.edge.http.Responses;
import dev.corkboard.edge.media.MediaUrls;
import dev.corkboard.platform.server.Caller;
import java.util.concurrent.CompletionStage;

/** Takes the bytes of a registered video; the key in the form is the permission. */
public final class UploadEndpoint {
  private final Backends backends;

  public UploadEndpoint(Backends backends) {
    this.backends = backends;
  }

  @Post
  @Path(MediaUrls.VIDEO_UPLOADS)
  public CompletionStage<HttpResponse> upload(ServiceRequestContext ctx, HttpRequest request) {
    Caller anonymous = Caller.anonymous(RequestIds.of(ctx));
    return UploadForm.read(
            request,
            (key, bytes) -> VideoTransfer.send(backends.videoTransfers(anonymous), key, bytes))
        .thenApply(video -> Responses.empty());
  }
}
