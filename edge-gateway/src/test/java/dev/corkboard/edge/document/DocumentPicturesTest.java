// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Message;
import dev.corkboard.collage.v1.Document;
import dev.corkboard.collage.v1.Picture;
import dev.corkboard.media.v1.Image;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** No picture is passed over, wherever messages have one. */
class DocumentPicturesTest {
  private static final int ROUNDS = 500;

  private static Document any(int seed) {
    return RandomMessages.any(seed).like(Document.getDefaultInstance());
  }

  /** Every picture that there is by the fields of messages. */
  private static Map<String, Picture> all(Document document) {
    Map<String, Picture> found = new LinkedHashMap<>();
    walk("document", document, found::put);
    return found;
  }

  private static void walk(String path, Message message, BiConsumer<String, Picture> visitor) {
    if (message instanceof Picture picture) {
      visitor.accept(path, picture);
      return;
    }
    for (Map.Entry<FieldDescriptor, Object> field : message.getAllFields().entrySet()) {
      if (field.getKey().getJavaType() != JavaType.MESSAGE) continue;
      String inner = path + "." + field.getKey().getName();
      if (field.getValue() instanceof List<?> several) {
        for (int i = 0; i < several.size(); i++) {
          walk(inner + "[" + i + "]", (Message) several.get(i), visitor);
        }
      } else {
        walk(inner, (Message) field.getValue(), visitor);
      }
    }
  }

  @Test
  void everyPictureIsMetAtItsPath() {
    Set<String> kinds = new HashSet<>();
    for (int seed = 0; seed < ROUNDS; seed++) {
      Document document = any(seed);
      Map<String, Picture> met = new LinkedHashMap<>();
      Document same =
          DocumentPictures.map(
              document,
              (path, picture) -> {
                met.put(path, picture);
                return picture;
              });
      assertThat(met).as("seed %s", seed).isEqualTo(all(document));
      assertThat(same).as("seed %s", seed).isEqualTo(document);
      met.keySet().forEach(path -> kinds.add(path.replaceAll("[0-9]+", "i")));
    }
    assertThat(kinds)
        .containsExactlyInAnyOrder(
            "document.canvas.background.picture",
            "document.layers[i].image.picture",
            "document.layers[i].cut_out.picture",
            "document.layers[i].cut_out.mask.picture");
  }

  @Test
  void everyPictureIsChangedAndNothingElse() {
    for (int seed = 0; seed < ROUNDS; seed++) {
      Document document = any(seed);
      Document changed =
          DocumentPictures.map(
              document, (path, picture) -> Picture.newBuilder().setAssetKey(path).build());
      assertThat(all(changed).keySet()).isEqualTo(all(document).keySet());
      all(changed).forEach((path, picture) -> assertThat(picture.getAssetKey()).isEqualTo(path));
      Map<String, Picture> before = all(document);
      assertThat(DocumentPictures.map(changed, (path, picture) -> before.get(path)))
          .isEqualTo(document);
    }
  }

  @Test
  void anAssetKeyComesOnceInTheOrderItIsMet() {
    Picture first = Picture.newBuilder().setImage(image("first")).build();
    Picture second = Picture.newBuilder().setImage(image("second")).build();
    Document.Builder document = Document.newBuilder();
    document.getCanvasBuilder().getBackgroundBuilder().setPicture(second);
    document.addLayersBuilder().getImageBuilder().setPicture(first);
    document.addLayersBuilder().getCutOutBuilder().setPicture(second);
    assertThat(DocumentPictures.assetKeys(document.build())).containsExactly("second", "first");
  }

  private static Image image(String assetKey) {
    return Image.newBuilder().setAssetKey(assetKey).build();
  }
}
