// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.json;

import com.google.common.base.Splitter;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Paths of fields in documents of collages, and in operations on them. The API has one object with
 * a {@code type} where the services' messages have a field for each member of a union: {@code
 * content.color} is their {@code text.color} of a layer that shows text.
 */
public final class DocumentPaths {
  private static final Splitter SEGMENTS = Splitter.on('.');

  /** Unions that are a property of their own, whichever member is there. */
  private static final Set<String> PROPERTIES = Set.of("content", "clip", "geometry");

  /** Fields whose own properties stand in the object that has them. */
  private static final Set<String> FLAT =
      Set.of(
          "corkboard.collage.v1.Background.paint",
          "corkboard.collage.v1.Paint.gradient",
          "corkboard.collage.v1.Picture.pin",
          "google.protobuf.FieldMask.paths");

  private static final Map<String, String> POSITIONS =
      Map.of(
          "above_layer_id", "position.layer_id",
          "below_layer_id", "position.layer_id",
          "to_front", "position",
          "to_back", "position",
          "order_key", "position.order_key");

  private DocumentPaths() {}

  /** The API's name of a field, empty when its own fields stand in its place. */
  private static String name(FieldDescriptor field) {
    OneofDescriptor union = field.getRealContainingOneof();
    String unionName = union == null ? "" : union.getName();
    if (PROPERTIES.contains(unionName)) return unionName;
    if (unionName.equals("operation") || FLAT.contains(field.getFullName())) return "";
    return unionName.equals("position") ? POSITIONS.get(field.getName()) : field.getName();
  }

  /** A path of the services' in a message of this kind, as the API has it; indexes stay. */
  public static String toRest(Descriptor root, String path) {
    StringBuilder rest = new StringBuilder();
    Descriptor at = root;
    for (String segment : SEGMENTS.split(path)) {
      int bracket = segment.indexOf('[');
      String plain = bracket < 0 ? segment : segment.substring(0, bracket);
      FieldDescriptor field = at == null ? null : at.findFieldByName(plain);
      String name = field == null ? plain : name(field);
      if (!name.isEmpty() && rest.length() > 0) rest.append('.');
      rest.append(name).append(bracket < 0 ? "" : segment.substring(bracket));
      at = isMessage(field) ? field.getMessageType() : null;
    }
    return rest.toString();
  }

  /**
   * A path of the API's in the services' words: several when it names a union that holds nothing,
   * none when there is no such field. What is in a union is what the message holds.
   */
  public static List<String> toProto(Message message, String path) {
    return toProto(message, SEGMENTS.splitToList(path));
  }

  private static List<String> toProto(Message at, List<String> path) {
    List<String> rest = path.subList(1, path.size());
    List<String> found = new ArrayList<>();
    for (FieldDescriptor field : at.getDescriptorForType().getFields()) {
      String name = name(field);
      if (name.isEmpty() && isMessage(field)) {
        addInside(found, at, field, path);
      } else if (name.equals(path.get(0))) {
        if (rest.isEmpty() && mayBeMeant(at, field)) found.add(field.getName());
        if (!rest.isEmpty() && isMessage(field) && !field.isRepeated() && isHeld(at, field)) {
          addInside(found, at, field, rest);
        }
      }
    }
    return found;
  }

  private static void addInside(
      List<String> found, Message at, FieldDescriptor field, List<String> path) {
    for (String inner : toProto((Message) at.getField(field), path)) {
      found.add(field.getName() + "." + inner);
    }
  }

  private static boolean mayBeMeant(Message at, FieldDescriptor field) {
    return isHeld(at, field) || !at.hasOneof(field.getRealContainingOneof());
  }

  /** Whether it is no member of a union that is a property, or the one that is held. */
  private static boolean isHeld(Message at, FieldDescriptor field) {
    OneofDescriptor union = field.getRealContainingOneof();
    return union == null || !PROPERTIES.contains(union.getName()) || at.hasField(field);
  }

  private static boolean isMessage(FieldDescriptor field) {
    return field != null && field.getJavaType() == FieldDescriptor.JavaType.MESSAGE;
  }
}
