// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage;

import com.datastax.oss.driver.api.core.cql.Row;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import dev.corkboard.collage.document.Property;
import dev.corkboard.collage.document.Property.Target;
import dev.corkboard.collage.store.v1.OperationList;
import dev.corkboard.collage.store.v1.PropertyList;
import dev.corkboard.collage.store.v1.Publishing;
import dev.corkboard.collage.v1.Collage;
import dev.corkboard.collage.v1.Document;
import dev.corkboard.collage.v1.Edit;
import dev.corkboard.collage.v1.Operation;
import dev.corkboard.collage.v1.Picture;
import dev.corkboard.collage.v1.Revision;
import dev.corkboard.collage.v1.Role;
import dev.corkboard.platform.check.Times;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.UUID;

/** The rows of the table {@code collage}, read, and their cells, written. */
final class CassandraCollageRows {
  /** The columns of a header; one that is not static, as CQL demands. */
  static final String HEADER =
      "kind, collage_id, owner_id, state, revision, kept_after, published, write_id, updated_at,"
          + " metadata";

  /** The columns that say of a revision who made it. */
  static final String REVISION = "k, actor_id, at, operation_count, undone, restored";

  private CassandraCollageRows() {}

  static StoredCollage header(Row row) {
    Collage collage =
        parse(Collage.parser(), row.getByteBuffer("metadata")).toBuilder()
            .setId(Long.toString(row.getLong("collage_id")))
            .setOwnerId(Long.toString(row.getLong("owner_id")))
            .setStateValue(row.getByte("state"))
            .setRevision(row.getLong("revision"))
            .setUpdateTime(Times.toProto(row.getInstant("updated_at")))
            .build();
    return new StoredCollage(collage, row.getLong("kept_after"), row.getUuid("write_id"));
  }

  static Role role(Row row) {
    Role role = Role.forNumber(row.getByte("role"));
    return role == null ? Role.ROLE_UNSPECIFIED : role;
  }

  static Publishing publishing(Row row) {
    return parse(Publishing.parser(), row.getByteBuffer("publishing"));
  }

  static EditFacts.Seen seen(Row row) {
    return new EditFacts.Seen(
        ByteString.copyFrom(row.getByteBuffer("req_hash")),
        row.getLong("edit"),
        row.getLong("actor_id"),
        row.getInstant("at"));
  }

  static Revision revision(Row row) {
    return Revision.newBuilder()
        .setRevision(Keys.number(row.getByteBuffer("k")))
        .setActorId(Long.toString(row.getLong("actor_id")))
        .setEditTime(Times.toProto(row.getInstant("at")))
        .setOperationCount(row.getInt("operation_count"))
        .setUndoneRevision(row.getLong("undone"))
        .setRestoredRevision(row.getLong("restored"))
        .build();
  }

  static Edit edit(Row row) {
    Revision revision = revision(row);
    UUID request = row.getUuid("request_id");
    return Edit.newBuilder()
        .setRevision(revision.getRevision())
        .setActorId(revision.getActorId())
        .setEditTime(revision.getEditTime())
        .addAllOperations(operations(row, "operations"))
        .setRequestId(request == null ? "" : request.toString())
        .setUndoneRevision(revision.getUndoneRevision())
        .setRestoredRevision(revision.getRestoredRevision())
        .build();
  }

  static Entry.Trace trace(Row row) {
    List<Property> touched =
        parse(PropertyList.parser(), row.getByteBuffer("touched")).getPropertiesList().stream()
            .map(p -> new Property(target(p.getTarget()), p.getId(), p.getPath()))
            .toList();
    return new Entry.Trace(revision(row), row.getBoolean("undoable"), touched);
  }

  static List<Operation> operations(Row row, String column) {
    return parse(OperationList.parser(), row.getByteBuffer(column)).getOperationsList();
  }

  static Snapshot snapshot(Row row) {
    return new Snapshot(revision(row), parse(Document.parser(), row.getByteBuffer("document")));
  }

  static Picture picture(Row row) {
    return parse(Picture.parser(), row.getByteBuffer("picture"));
  }

  private static <T extends MessageLite> T parse(Parser<T> parser, ByteBuffer cell) {
    try {
      return parser.parseFrom(cell);
    } catch (InvalidProtocolBufferException damaged) {
      throw new IllegalStateException("a damaged cell", damaged);
    }
  }

  static ByteBuffer cell(MessageLite message) {
    return message.toByteString().asReadOnlyByteBuffer();
  }

  static ByteBuffer operations(List<Operation> operations) {
    return cell(OperationList.newBuilder().addAllOperations(operations).build());
  }

  static ByteBuffer touched(List<Property> properties) {
    PropertyList.Builder list = PropertyList.newBuilder();
    for (Property property : properties) {
      list.addPropertiesBuilder()
          .setTarget(target(property.target()))
          .setId(property.id())
          .setPath(property.path());
    }
    return cell(list.build());
  }

  private static Target target(dev.corkboard.collage.store.v1.Property.Target kept) {
    return switch (kept) {
      case TARGET_CANVAS -> Target.CANVAS;
      case TARGET_LAYER -> Target.LAYER;
      case TARGET_GROUP -> Target.GROUP;
      case TARGET_ORDER_KEY -> Target.ORDER_KEY;
      case TARGET_DOCUMENT, TARGET_UNSPECIFIED, UNRECOGNIZED -> Target.DOCUMENT;
    };
  }

  private static dev.corkboard.collage.store.v1.Property.Target target(Target target) {
    return dev.corkboard.collage.store.v1.Property.Target.valueOf("TARGET_" + target.name());
  }
}
