// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.collage;

import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.corkboard.collage.v1.Collage;
import dev.corkboard.edge.backend.Usernames;
import dev.corkboard.edge.http.Responses;
import dev.corkboard.edge.media.MediaUrls;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Answers with collages, once the names of their owners are known. */
final class CollageResponses {
  private final Usernames usernames;
  private final CollageJson json;

  CollageResponses(Usernames usernames, MediaUrls urls) {
    this.usernames = usernames;
    this.json = new CollageJson(urls);
  }

  CompletionStage<HttpResponse> ok(ServiceRequestContext ctx, Collage collage) {
    return usernames
        .of(collage.getOwnerId())
        .thenApplyAsync(
            names -> Responses.ok(out -> json.write(out, collage, names)),
            LargeAnswers.executor(ctx, collage));
  }

  CompletionStage<HttpResponse> written(ServiceRequestContext ctx, Collage collage) {
    return usernames
        .ofWritten(collage.getOwnerId())
        .thenApplyAsync(
            names -> Responses.ok(out -> json.write(out, collage, names)),
            LargeAnswers.executor(ctx, collage));
  }

  CompletionStage<HttpResponse> created(ServiceRequestContext ctx, Collage collage) {
    return usernames
        .ofWritten(collage.getOwnerId())
        .thenApplyAsync(
            names -> Responses.created(out -> json.write(out, collage, names)),
            LargeAnswers.executor(ctx, collage));
  }

  CompletionStage<HttpResponse> page(List<Collage> collages, String nextPageToken) {
    return usernames
        .of(collages.stream().map(Collage::getOwnerId).distinct().toList())
        .thenApply(
            names ->
                Responses.page(
                    collages,
                    nextPageToken,
                    (out, collage) -> json.writeListed(out, collage, names)));
  }
}
