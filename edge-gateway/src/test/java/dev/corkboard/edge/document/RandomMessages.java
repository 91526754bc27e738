// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.document;

import com.google.api.FieldBehavior;
import com.google.api.FieldBehaviorProto;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import dev.corkboard.collage.v1.Picture;
import dev.corkboard.media.v1.Image;
import dev.corkboard.media.v1.Rendition;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Messages with any values in any of their fields, those that are added later too. */
final class RandomMessages {
  private static final int MAX_REPEATED = 4;

  /** Unions that hold nothing in no message that is valid. */
  private static final Set<String> ALWAYS_HELD = Set.of("paint", "background", "operation");

  private static final double[] NUMBERS = {
    0, -0.0, 1, -1, 0.1, 1e300, -1e-300, Double.MIN_NORMAL, Double.MAX_VALUE, 1 << 30, 1e15, 1.0 / 3
  };

  private static final List<String> TEXTS =
      List.of("", "a", "Zug", "\"\\/\n\t", "\u00e4\u05d0", "\uD83D\uDCCC", "</script>", "null");

  private final Random random;
  private final boolean whole;

  private RandomMessages(long seed, boolean whole) {
    this.random = new Random(seed);
    this.whole = whole;
  }

  /** Messages whose unions may hold nothing. */
  static RandomMessages any(long seed) {
    return new RandomMessages(seed, false);
  }

  /** Messages whose unions hold something. */
  static RandomMessages whole(long seed) {
    return new RandomMessages(seed, true);
  }

  /** A message like the given one, which is empty, with fields filled in. */
  @SuppressWarnings("unchecked")
  <M extends Message> M like(M empty) {
    return (M) fill(empty.newBuilderForType()).build();
  }

  private Message.Builder fill(Message.Builder message) {
    if (message instanceof Timestamp.Builder time) {
      return time.setSeconds(random.nextInt(2_000_000_000)).setNanos(random.nextInt(1_000_000_000));
    }
    for (OneofDescriptor union : message.getDescriptorForType().getRealOneofs()) {
      // A picture that is read has no source any more.
      if (message instanceof Picture.Builder) continue;
      boolean held = whole || ALWAYS_HELD.contains(union.getName());
      if (!held && random.nextInt(5) == 0) continue;
      set(message, union.getField(random.nextInt(union.getFieldCount())));
    }
    for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
      if (field.getRealContainingOneof() != null) continue;
      boolean picture = field.getFullName().endsWith("v1.Picture.image");
      if (picture || isRequired(field) || random.nextBoolean()) set(message, field);
    }
    // They have names of their own, and types that there are.
    if (message instanceof Image.Builder image) image.setContentType("image/png");
    if (message instanceof Rendition.Builder size) size.setName("r" + random.nextInt());
    return message;
  }

  private static boolean isRequired(FieldDescriptor field) {
    return field
        .getOptions()
        .getExtension(FieldBehaviorProto.fieldBehavior)
        .contains(FieldBehavior.REQUIRED);
  }

  private void set(Message.Builder message, FieldDescriptor field) {
    if (!field.isRepeated()) {
      message.setField(field, value(message, field));
      return;
    }
    for (int i = random.nextInt(MAX_REPEATED); i > 0; i--) {
      message.addRepeatedField(field, value(message, field));
    }
  }

  private Object value(Message.Builder message, FieldDescriptor field) {
    return switch (field.getJavaType()) {
      case MESSAGE -> fill(message.newBuilderForField(field)).build();
      case STRING -> TEXTS.get(random.nextInt(TEXTS.size()));
      case DOUBLE ->
          random.nextBoolean() ? NUMBERS[random.nextInt(NUMBERS.length)] : random.nextGaussian();
      case BOOLEAN -> random.nextBoolean();
      case INT -> random.nextInt(1_000_000_000);
      case LONG -> (long) random.nextInt(1_000_000_000);
      case ENUM ->
          field
              .getEnumType()
              .getValues()
              .get(random.nextInt(field.getEnumType().getValues().size()));
      case FLOAT, BYTE_STRING -> throw new IllegalStateException(field.getFullName());
    };
  }
}
