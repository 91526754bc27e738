// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.collage;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.corkboard.collage.v1.Collage;
import dev.corkboard.collage.v1.Publication;
import dev.corkboard.collage.v1.RemixCredit;
import dev.corkboard.collage.v1.Role;
import dev.corkboard.edge.document.DocumentJson;
import dev.corkboard.edge.json.Json;
import dev.corkboard.edge.media.MediaUrls;
import java.io.IOException;
import java.util.Map;

/** Writes collages; every property always, null where there is nothing. */
final class CollageJson {
  private final DocumentJson documents;

  CollageJson(MediaUrls urls) {
    this.documents = new DocumentJson(urls);
  }

  /** A collage with what it shows. */
  void write(JsonGenerator json, Collage collage, Map<String, String> usernames)
      throws IOException {
    json.writeStartObject();
    rest(json, collage, usernames);
    documents.write(json, collage.getDocument());
    json.writeEndObject();
  }

  /** A collage in a listing, which has no document. */
  void writeListed(JsonGenerator json, Collage collage, Map<String, String> usernames)
      throws IOException {
    json.writeStartObject();
    rest(json, collage, usernames);
    json.writeEndObject();
  }

  private static void rest(JsonGenerator json, Collage collage, Map<String, String> usernames)
      throws IOException {
    json.writeStringField("id", collage.getId());
    json.writeStringField("owner_id", collage.getOwnerId());
    json.writeObjectFieldStart("owner");
    json.writeStringField("username", usernames.getOrDefault(collage.getOwnerId(), ""));
    json.writeEndObject();
    Json.nullable(json, "title", collage.getTitle());
    Json.nullable(json, "description", collage.getDescription());
    Json.nullable(json, "alt_text", collage.getAltText());
    json.writeStringField("state", CollageNames.STATES.of(collage.getState()));
    if (collage.getRole() == Role.ROLE_UNSPECIFIED) {
      json.writeNullField("role");
    } else {
      json.writeStringField("role", CollageNames.ROLES.of(collage.getRole()));
    }
    json.writeNumberField("revision", collage.getRevision());
    json.writeStringField("remix_policy", CollageNames.REMIX_POLICIES.of(collage.getRemixPolicy()));
    if (collage.hasRemixOf()) {
      remixOf(json, collage.getRemixOf());
    } else {
      json.writeNullField("remix_of");
    }
    if (collage.hasPublication()) {
      publication(json, collage.getPublication());
    } else {
      json.writeNullField("publication");
    }
    Json.time(json, "created_at", collage.getCreateTime());
    Json.time(json, "updated_at", collage.getUpdateTime());
    Json.nullableTime(json, "deleted_at", collage.hasDeleteTime(), collage.getDeleteTime());
    Json.nullableTime(json, "purge_at", collage.hasPurgeTime(), collage.getPurgeTime());
    json.writeStringField("etag", collage.getEtag());
  }

  private static void remixOf(JsonGenerator json, RemixCredit credit) throws IOException {
    json.writeObjectFieldStart("remix_of");
    json.writeBooleanField("available", !credit.getUnavailable());
    Json.nullable(json, "collage_id", credit.getCollageId());
    Json.nullable(json, "owner_id", credit.getOwnerId());
    if (credit.getUnavailable()) {
      json.writeNullField("revision");
    } else {
      json.writeNumberField("revision", credit.getRevision());
    }
    json.writeEndObject();
  }

  private static void publication(JsonGenerator json, Publication publication) throws IOException {
    json.writeObjectFieldStart("publication");
    json.writeStringField("pin_id", publication.getPinId());
    json.writeNumberField("revision", publication.getRevision());
    Json.time(json, "published_at", publication.getPublishTime());
    json.writeEndObject();
  }
}
