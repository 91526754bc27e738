// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.render;

import com.google.protobuf.ByteString;
import dev.corkboard.collage.v1.Canvas;
import dev.corkboard.collage.v1.Document;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Draws the making of a collage as an animated GIF on white, as large as its last state: at most
 * 480 pixels on the longer side, 10 seconds and 10 MB. Beside what {@link Renderer} holds it keeps
 * small copies of at most 64 pictures.
 */
public final class Replay {
  private static final int MAX_SIDE = 480;
  private static final int MAX_BYTES = 10_000_000;
  private static final double SMALLER = 0.8;

  private final PictureSource pictures;
  private final int maxBytes;

  public Replay(PictureSource pictures) {
    this(pictures, MAX_BYTES);
  }

  Replay(PictureSource pictures, int maxBytes) {
    this.pictures = pictures;
    this.maxBytes = maxBytes;
  }

  /**
   * The replay of the states of a document, at least one, in order: of many only those that {@link
   * ReplayTiming} names are looked at, so that the list may read them when they are asked for.
   *
   * @throws IOException if a picture cannot be read
   */
  public Rendering draw(List<Document> states) throws IOException {
    ReplayTiming timing = ReplayTiming.of(states.size());
    Canvas last = states.get(states.size() - 1).getCanvas();
    Renderer renderer = new Renderer(new ReplayPictures(pictures));
    int side = Math.min(MAX_SIDE, Math.max(last.getWidth(), last.getHeight()));
    while (true) {
      OutputSize size = OutputSize.within(last, side);
      Optional<ByteString> gif = encode(states, timing, size, renderer, side <= 1);
      if (gif.isPresent()) {
        return new Rendering("image/gif", size.width(), size.height(), gif.get());
      }
      side = (int) (side * SMALLER);
    }
  }

  /** Nothing when it would be too large, unless it cannot be smaller. */
  private Optional<ByteString> encode(
      List<Document> states,
      ReplayTiming timing,
      OutputSize size,
      Renderer renderer,
      boolean smallest)
      throws IOException {
    List<BufferedImage> frames = new ArrayList<>();
    for (int state : timing.states()) frames.add(frame(states.get(state), size, renderer));
    Dithering dithering = new Dithering(Palette.of(frames));
    try (GifEncoder gif = new GifEncoder()) {
      for (int i = 0; i < frames.size(); i++) {
        gif.add(dithering.apply(frames.get(i)), timing.centisecondsOf(i));
        if (gif.size() > maxBytes && !smallest) return Optional.empty();
      }
      ByteString bytes = gif.finish();
      if (bytes.size() > maxBytes && !smallest) return Optional.empty();
      return Optional.of(bytes);
    }
  }

  /** A state as large as fits, in the middle. */
  private static BufferedImage frame(Document state, OutputSize size, Renderer renderer)
      throws IOException {
    Canvas canvas = state.getCanvas();
    double scale =
        Math.min(
            size.scale(),
            Math.min(
                (double) size.width() / canvas.getWidth(),
                (double) size.height() / canvas.getHeight()));
    BufferedImage drawing = renderer.draw(state, OutputSize.scaled(canvas, scale));
    BufferedImage frame =
        new BufferedImage(size.width(), size.height(), BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = frame.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, size.width(), size.height());
    graphics.drawImage(
        Images.onWhite(drawing),
        (size.width() - drawing.getWidth()) / 2,
        (size.height() - drawing.getHeight()) / 2,
        null);
    graphics.dispose();
    return frame;
  }
}
