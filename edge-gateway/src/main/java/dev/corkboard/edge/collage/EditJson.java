// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.collage;

import com.fasterxml.jackson.core.JsonGenerator;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.corkboard.collage.v1.Edit;
import dev.corkboard.collage.v1.Operation;
import dev.corkboard.collage.v1.Revision;
import dev.corkboard.edge.document.OperationJson;
import dev.corkboard.edge.http.Responses;
import dev.corkboard.edge.json.Json;
import dev.corkboard.edge.media.MediaUrls;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Writes edits, and the revisions they made. */
final class EditJson {
  private final OperationJson operations;

  EditJson(MediaUrls urls) {
    this.operations = new OperationJson(urls);
  }

  /** The answer to whoever made an edit. */
  CompletionStage<HttpResponse> created(ServiceRequestContext ctx, Edit edit) {
    return CompletableFuture.supplyAsync(
        () -> Responses.created(out -> write(out, edit)), LargeAnswers.executor(ctx, edit));
  }

  void write(JsonGenerator json, Edit edit) throws IOException {
    json.writeStartObject();
    json.writeNumberField("revision", edit.getRevision());
    json.writeStringField("actor_id", edit.getActorId());
    Json.time(json, "edited_at", edit.getEditTime());
    json.writeArrayFieldStart("operations");
    for (Operation operation : edit.getOperationsList()) operations.write(json, operation);
    json.writeEndArray();
    Json.nullable(json, "request_id", edit.getRequestId());
    nullable(json, "undone_revision", edit.getUndoneRevision());
    nullable(json, "restored_revision", edit.getRestoredRevision());
    json.writeEndObject();
  }

  static void write(JsonGenerator json, Revision revision) throws IOException {
    json.writeStartObject();
    json.writeNumberField("revision", revision.getRevision());
    json.writeStringField("actor_id", revision.getActorId());
    Json.time(json, "edited_at", revision.getEditTime());
    json.writeNumberField("operation_count", revision.getOperationCount());
    nullable(json, "undone_revision", revision.getUndoneRevision());
    nullable(json, "restored_revision", revision.getRestoredRevision());
    json.writeEndObject();
  }

  private static void nullable(JsonGenerator json, String name, long revision) throws IOException {
    if (revision == 0) {
      json.writeNullField(name);
    } else {
      json.writeNumberField(name, revision);
    }
  }
}
