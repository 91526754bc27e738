// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.document;

import com.google.common.base.Splitter;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.FieldMask;
import com.google.protobuf.Message;
import dev.corkboard.collage.v1.Picture;
import dev.corkboard.platform.check.Violations;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Field masks (AIP-134): what is at a path in the values is set, and what is not there is cleared.
 * Paths lead into messages, not into lists and pictures.
 */
final class Masks {
  private static final Splitter DOTS = Splitter.on('.');

  private Masks() {}

  /** The names of the fields that a path goes through. */
  static List<String> names(String path) {
    return DOTS.splitToList(path);
  }

  /** The paths of a mask in order, each once, without those that another one covers. */
  static List<String> paths(FieldMask mask) {
    List<String> paths = new ArrayList<>();
    for (String path : new TreeSet<>(mask.getPathsList())) {
      if (paths.stream().noneMatch(wider -> path.startsWith(wider + "."))) paths.add(path);
    }
    return paths;
  }

  /** Why a path cannot be set in a message as it stands, or empty. */
  static Optional<String> problem(Message target, String path) {
    Descriptor type = target.getDescriptorForType();
    Message at = target;
    List<String> names = names(path);
    for (int i = 0; i < names.size(); i++) {
      FieldDescriptor field = type.findFieldByName(names.get(i));
      if (field == null) {
        return Optional.of(
            "names no field of %s, got '%s'".formatted(type.getName(), Violations.clip(path)));
      }
      if (i == names.size() - 1) return Optional.empty();
      if (!isEntered(field)) {
        return Optional.of("must end at '%s', which is set as a whole".formatted(names.get(i)));
      }
      Optional<FieldDescriptor> other = otherOfOneof(at, field);
      if (other.isPresent()) {
        return Optional.of(
            "must end at '%s', which is set as a whole in place of '%s'"
                .formatted(names.get(i), other.get().getName()));
      }
      type = field.getMessageType();
      at = (Message) at.getField(field);
    }
    return Optional.empty();
  }

  private static boolean isEntered(FieldDescriptor field) {
    return field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
        && !field.isRepeated()
        && !field.getMessageType().equals(Picture.getDescriptor());
  }

  /** The field that is set in place of this one. */
  private static Optional<FieldDescriptor> otherOfOneof(Message message, FieldDescriptor field) {
    return field.getContainingOneof() == null || message.hasField(field)
        ? Optional.empty()
        : Optional.ofNullable(message.getOneofFieldDescriptor(field.getContainingOneof()));
  }

  /** Sets what is at the paths of one message in another one. */
  static void set(Message.Builder target, Message values, List<String> paths) {
    for (String path : paths) set(target, values, names(path), 0);
  }

  private static void set(Message.Builder target, Message values, List<String> names, int at) {
    FieldDescriptor field = target.getDescriptorForType().findFieldByName(names.get(at));
    boolean present = !field.hasPresence() || values.hasField(field);
    if (at < names.size() - 1) {
      if (!present && !target.hasField(field)) return;
      Message.Builder inner = ((Message) target.getField(field)).toBuilder();
      set(inner, (Message) values.getField(field), names, at + 1);
      target.setField(field, inner.build());
    } else if (present) {
      target.setField(field, values.getField(field));
    } else {
      target.clearField(field);
    }
  }

  /**
   * The paths that must be set to what they were to take back setting the paths: those same ones,
   * wider ones where a message was not there, and neighbours that are replaced.
   */
  static List<String> reverse(Message before, List<String> paths) {
    return paths(
        FieldMask.newBuilder()
            .addAllPaths(paths.stream().map(path -> reverse(before, path)).toList())
            .build());
  }

  private static String reverse(Message before, String path) {
    List<String> walked = new ArrayList<>();
    Message at = before;
    for (String name : names(path)) {
      FieldDescriptor field = at.getDescriptorForType().findFieldByName(name);
      walked.add(otherOfOneof(at, field).orElse(field).getName());
      if (!isEntered(field) || !at.hasField(field)) break;
      at = (Message) at.getField(field);
    }
    return String.join(".", walked);
  }
}
