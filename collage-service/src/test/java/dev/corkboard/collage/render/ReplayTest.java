// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.render;

import static dev.corkboard.collage.render.Documents.box;
import static dev.corkboard.collage.render.Documents.canvas;
import static dev.corkboard.collage.render.Documents.image;
import static dev.corkboard.collage.render.Documents.rectangle;
import static org.assertj.core.api.Assertions.assertThat;

import dev.corkboard.collage.v1.Document;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

class ReplayTest {
  private final Replay replay = new Replay(Documents.noPictures());

  private record Frame(BufferedImage image, int centiseconds) {}

  private static List<Frame> frames(Rendering gif) throws IOException {
    assertThat(gif.contentType()).isEqualTo("image/gif");
    ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
    List<Frame> frames = new ArrayList<>();
    try (ImageInputStream in = ImageIO.createImageInputStream(gif.bytes().newInput())) {
      reader.setInput(in);
      for (int i = 0; i < reader.getNumImages(true); i++) {
        Element metadata =
            (Element) reader.getImageMetadata(i).getAsTree("javax_imageio_gif_image_1.0");
        Element control =
            (Element) metadata.getElementsByTagName("GraphicControlExtension").item(0);
        BufferedImage image = reader.read(i);
        assertThat(image.getWidth()).isEqualTo(gif.width());
        assertThat(image.getHeight()).isEqualTo(gif.height());
        frames.add(new Frame(image, Integer.parseInt(control.getAttribute("delayTime"))));
      }
    } finally {
      reader.dispose();
    }
    return frames;
  }

  private static List<Document> growing(int states) {
    List<Document> documents = new ArrayList<>();
    Document.Builder document = canvas(100, 50);
    for (int i = 0; i < states; i++) {
      documents.add(document.build());
      document.addLayers(rectangle(box(i * 10, 0, 10, 50), "#ff0000"));
    }
    return documents;
  }

  @Test
  void everyStateIsAFrameOnWhite() throws IOException {
    List<Frame> frames = frames(replay.draw(growing(4)));
    assertThat(frames).extracting(Frame::centiseconds).containsExactly(60, 60, 60, 200);
    for (int i = 0; i < 4; i++) {
      for (int column = 0; column < 10; column++) {
        assertThat(frames.get(i).image().getRGB(column * 10 + 5, 25))
            .isEqualTo(column < i ? 0xFFFF0000 : 0xFFFFFFFF);
      }
    }
  }

  @Test
  void itRepeatsForEver() throws IOException {
    String bytes =
        new String(
            replay.draw(growing(2)).bytes().toByteArray(),
            java.nio.charset.StandardCharsets.ISO_8859_1);
    assertThat(bytes).startsWith("GIF89a").contains("NETSCAPE2.0\u0003\u0001\u0000\u0000");
  }

  @Test
  void itIsAsLargeAsTheLastStateButNoLargerThanAllowed() throws IOException {
    Rendering gif =
        replay.draw(List.of(canvas(100, 100, "#ff0000").build(), canvas(1_000, 2_000).build()));
    assertThat(gif.width()).isEqualTo(240);
    assertThat(gif.height()).isEqualTo(480);
    // The first state stands in the middle, as small as the last one is drawn.
    BufferedImage first = frames(gif).get(0).image();
    assertThat(first.getRGB(120, 240)).isEqualTo(0xFFFF0000);
    assertThat(first.getRGB(120, 200)).isEqualTo(0xFFFFFFFF);
  }

  @Test
  void aLargerFirstStateIsMadeToFit() throws IOException {
    List<Frame> frames =
        frames(replay.draw(List.of(canvas(900, 300, "#ff0000").build(), canvas(90, 90).build())));
    assertThat(frames.get(0).image().getRGB(1, 45)).isEqualTo(0xFFFF0000);
    assertThat(frames.get(0).image().getRGB(45, 10)).isEqualTo(0xFFFFFFFF);
  }

  @Test
  void ofAThousandStatesOnlyThoseShownAreLookedAt() throws IOException {
    AtomicInteger looks = new AtomicInteger();
    List<Document> lazy =
        new java.util.AbstractList<>() {
          @Override
          public Document get(int index) {
            looks.incrementAndGet();
            return canvas(20, 20, "#%06x".formatted(index * 1_000)).build();
          }

          @Override
          public int size() {
            return 1_000;
          }
        };
    List<Frame> frames = frames(replay.draw(lazy));
    assertThat(frames).hasSize(41);
    assertThat(frames.stream().mapToInt(Frame::centiseconds).sum()).isEqualTo(1_000);
    assertThat(looks.get()).isEqualTo(42);
  }

  @Test
  void whatIsTooLargeIsDrawnSmaller() throws IOException {
    BufferedImage noise = new BufferedImage(200, 200, BufferedImage.TYPE_INT_RGB);
    Random random = new Random(7);
    for (int i = 0; i < 40_000; i++) noise.setRGB(i % 200, i / 200, random.nextInt());
    Document document = canvas(200, 200).addLayers(image(box(0, 0, 200, 200), noise)).build();
    Rendering free = new Replay(image -> noise).draw(List.of(document, document));
    Rendering bound = new Replay(image -> noise, 40_000).draw(List.of(document, document));
    assertThat(free.bytes().size()).isGreaterThan(40_000);
    assertThat(bound.bytes().size()).isLessThanOrEqualTo(40_000);
    assertThat(bound.width()).isIn(160, 128, 102, 81);
    assertThat(frames(bound)).hasSize(2);
  }

  @Test
  void aPictureIsReadOnceForAllFrames() throws IOException {
    AtomicInteger reads = new AtomicInteger();
    BufferedImage picture = Documents.pixels(1, 0xFF0000FF);
    Document document = canvas(9, 9).addLayers(image(box(0, 0, 9, 9), picture)).build();
    Replay counting =
        new Replay(
            image -> {
              reads.incrementAndGet();
              return picture;
            });
    assertThat(frames(counting.draw(List.of(document, document, document)))).hasSize(3);
    assertThat(reads.get()).isEqualTo(1);
  }

  @Test
  void theSameStatesGiveTheSameBytes() throws IOException {
    List<Document> states = List.of(canvas(300, 300).build(), Goldens.layers());
    Rendering one = new Replay(Goldens.PICTURES).draw(states);
    assertThat(new Replay(Goldens.PICTURES).draw(states)).isEqualTo(one);
    assertThat(frames(one)).hasSize(2);
  }
}
