// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.benchmarks;

import com.google.protobuf.ByteString;
import dev.corkboard.collage.pins.DecodedPictures;
import dev.corkboard.collage.render.OutputSize;
import dev.corkboard.collage.render.PictureSource;
import dev.corkboard.collage.render.Renderer;
import dev.corkboard.collage.v1.BlendMode;
import dev.corkboard.collage.v1.Canvas;
import dev.corkboard.collage.v1.Document;
import dev.corkboard.collage.v1.Layer;
import dev.corkboard.collage.v1.Picture;
import dev.corkboard.collage.v1.Placement;
import dev.corkboard.media.v1.Image;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import javax.imageio.ImageIO;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Draws collages of 10, 50 and 200 layers, and decodes their pictures alone in turn. */
@Command(name = "draw-collages", mixinStandardHelpOptions = true)
final class DrawCollagesCommand implements Callable<Integer> {
  private static final Logger log = LoggerFactory.getLogger(DrawCollagesCommand.class);
  private static final int[] LAYERS = {10, 50, 200};
  private static final int[][] CANVASES = {{1080, 1920}, {2160, 3840}};
  private static final int PICTURE_WIDTH = 2000;
  private static final int PICTURE_HEIGHT = 1500;

  @Option(names = "--rounds", defaultValue = "5")
  private int rounds;

  private final Random random = new Random(1);

  @Override
  public Integer call() throws IOException {
    ByteString picture = picture();
    PictureSource source =
        new DecodedPictures((key, limit) -> CompletableFuture.completedStage(picture));
    log.info("pictures: JPEG, {} x {}, {} bytes", PICTURE_WIDTH, PICTURE_HEIGHT, picture.size());
    for (int[] canvas : CANVASES) {
      for (int layers : LAYERS) measure(document(canvas[0], canvas[1], layers), source);
    }
    return 0;
  }

  private void measure(Document document, PictureSource source) throws IOException {
    Canvas canvas = document.getCanvas();
    OutputSize size = new OutputSize(canvas.getWidth(), canvas.getHeight(), 1);
    int[] read = {0};
    Renderer renderer =
        new Renderer(
            image -> {
              read[0]++;
              return source.read(image);
            });
    renderer.draw(document, size);
    int pictures = read[0];
    Times drawing = new Times();
    Times decoding = new Times();
    long peak = 0;
    for (int i = 0; i < rounds; i++) {
      System.gc();
      heap().forEach(MemoryPoolMXBean::resetPeakUsage);
      long begin = System.nanoTime();
      renderer.draw(document, size);
      drawing.add(System.nanoTime() - begin);
      peak = Math.max(peak, heap().stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum());
      begin = System.nanoTime();
      for (int j = 0; j < pictures; j++) source.read(Image.getDefaultInstance());
      decoding.add(System.nanoTime() - begin);
    }
    log.info(
        "{} x {}, {} layers: drawn {}; {} pictures alone {}; ratio {}; heap at most {} MiB",
        canvas.getWidth(),
        canvas.getHeight(),
        document.getLayersCount(),
        drawing,
        pictures,
        decoding,
        "%.2f".formatted(drawing.median() / decoding.median()),
        peak >> 20);
  }

  private static List<MemoryPoolMXBean> heap() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .toList();
  }

  /** Two of five layers are pictures, one a cut-out, one words, and one a shape with a shadow. */
  private Document document(int width, int height, int layers) {
    Document.Builder document = Document.newBuilder();
    document.getCanvasBuilder().setWidth(width).setHeight(height);
    document.getCanvasBuilder().getBackgroundBuilder().getPaintBuilder().setColor("#FFEEDD");
    for (int i = 0; i < layers; i++) {
      Placement placement =
          Placement.newBuilder()
              .setCenterX(random.nextInt(width))
              .setCenterY(random.nextInt(height))
              .setWidth(width / 3.0)
              .setHeight(width / 4.0)
              .setRotation(random.nextInt(360) - 180)
              .build();
      Layer.Builder layer = Layer.newBuilder().setId("layer-" + i).setPlacement(placement);
      layer.setOpacity(0.9).setBlendMode(BlendMode.forNumber(1 + i % 6));
      document.addLayers(content(layer, i));
    }
    return document.build();
  }

  private static Layer.Builder content(Layer.Builder layer, int number) {
    Picture.Builder picture = Picture.newBuilder().setImage(Image.newBuilder().setAssetKey("key"));
    switch (number % 5) {
      case 0, 1 -> layer.getImageBuilder().setPicture(picture);
      case 2 -> {
        layer.getCutOutBuilder().setPicture(picture).setFeather(4);
        layer.getCutOutBuilder().getPathBuilder().setD("M .5 0 C 1 0 1 1 .5 1 C 0 1 0 0 .5 0 Z");
      }
      case 3 ->
          layer
              .getTextBuilder()
              .setText("Cut, pasted and left in the sun")
              .setFontFamily("Noto Sans")
              .setFontSize(48)
              .setColor("#223344");
      default -> {
        layer.getShapeBuilder().getEllipseBuilder();
        layer.getShapeBuilder().getFillBuilder().setColor("#33669980");
        layer.getDropShadowBuilder().setOffsetX(6).setOffsetY(6).setBlur(12).setColor("#00000080");
      }
    }
    return layer;
  }

  /** Blotches and noise, about as large as a photograph. */
  private ByteString picture() throws IOException {
    BufferedImage image =
        new BufferedImage(PICTURE_WIDTH, PICTURE_HEIGHT, BufferedImage.TYPE_3BYTE_BGR);
    for (int y = 0; y < PICTURE_HEIGHT; y++) {
      for (int x = 0; x < PICTURE_WIDTH; x++) {
        int blotch = (int) (100 + 60 * Math.sin(x / 90.0) + 60 * Math.cos(y / 70.0));
        int noise = random.nextInt(24);
        int red = Math.min(255, blotch + noise);
        image.setRGB(x, y, (red << 16) | (((blotch / 2) + noise) << 8) | (200 - blotch / 2));
      }
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "jpeg", out);
    return ByteString.copyFrom(out.toByteArray());
  }
}
