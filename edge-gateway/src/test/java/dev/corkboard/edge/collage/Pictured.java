// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.collage;

import dev.corkboard.collage.v1.Collage;
import dev.corkboard.collage.v1.Document;
import dev.corkboard.collage.v1.Layer;
import dev.corkboard.collage.v1.Picture;
import dev.corkboard.collage.v1.RemixPolicy;
import dev.corkboard.edge.testing.FakeMedia;
import dev.corkboard.media.v1.Image;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.UUID;

/**
 * A collage that shows pictures wherever one can: {@code first} as background and image, {@code
 * second} cut out by {@code mask}.
 */
record Pictured(String first, String second, String mask) {
  static Pictured any() {
    return new Pictured(key(), key(), key());
  }

  /** An asset key that no other test has. */
  static String key() {
    return UUID.randomUUID().toString().replace("-", "").substring(0, 22);
  }

  /** What the fake takes for a picture. */
  static byte[] bytes(int size, String seed) {
    byte[] bytes = new byte[size];
    new Random(seed.hashCode()).nextBytes(bytes);
    System.arraycopy("IMG".getBytes(StandardCharsets.US_ASCII), 0, bytes, 0, 3);
    return bytes;
  }

  /** Puts the pictures there, of one to three chunks. */
  Pictured in(FakeMedia media) {
    media.put(first, "originals", bytes(25_000, first));
    media.put(second, "originals", bytes(10_001, second));
    media.put(mask, "originals", bytes(4, mask));
    return this;
  }

  Collage collage() {
    Document.Builder document = Document.newBuilder();
    document.getCanvasBuilder().setWidth(40).setHeight(30);
    document.getCanvasBuilder().getBackgroundBuilder().setPicture(picture(first));
    layer(document, "a").getImageBuilder().setPicture(picture(first));
    layer(document, "b").getCutOutBuilder().setPicture(picture(second)).setFeather(2);
    document.getLayersBuilder(1).getCutOutBuilder().getMaskBuilder().setPicture(picture(mask));
    layer(document, "c").getTextBuilder().setText("W").setFontSize(9).setColor("#000000");
    return Collage.newBuilder()
        .setTitle("T \"1\"")
        .setAltText("\u00e4")
        .setRemixPolicy(RemixPolicy.REMIX_POLICY_OWNER)
        .setDocument(document)
        .build();
  }

  private static Layer.Builder layer(Document.Builder document, String id) {
    Layer.Builder layer = document.addLayersBuilder().setId(id).setOrderKey(id);
    layer.getPlacementBuilder().setCenterX(0.1).setCenterY(-3).setWidth(5).setHeight(1 / 3.0);
    return layer;
  }

  private static Picture picture(String key) {
    Picture.Builder picture = Picture.newBuilder();
    picture.setImage(
        Image.newBuilder().setAssetKey(key).setContentType("image/png").setWidth(3).setHeight(4));
    picture.getCreditBuilder().setPinId("5").setOwnerId("6").setLink("https://x.example");
    return picture.build();
  }
}
