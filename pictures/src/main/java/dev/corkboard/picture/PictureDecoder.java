// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.picture;

import java.awt.AlphaComposite;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import net.coobird.thumbnailator.util.exif.ExifFilterUtils;
import net.coobird.thumbnailator.util.exif.Orientation;

/**
 * Turns checked bytes into pixels. Memory stays bounded: at most {@value #MAX_DECODED_PIXELS}
 * pixels are kept, of a larger picture every second row and column; and because some readers hold
 * the whole picture meanwhile, large ones are decoded one at a time.
 */
public final class PictureDecoder {
  /** 12.5 megapixels: 50 MiB at 4 bytes a pixel. */
  public static final int MAX_DECODED_PIXELS = 12_500_000;

  private final Semaphore largePictures = new Semaphore(1);

  public PictureDecoder() {
    ImageIO.setUseCache(false);
  }

  /** The whole canvas as stored, turned neither up nor round; RGB or, where alpha is used, ARGB. */
  public BufferedImage decode(PictureHeader header, byte[] bytes) throws IOException {
    boolean small = header.pixels() <= MAX_DECODED_PIXELS;
    // A WebP file of any size may make its reader build tables of 350 MB.
    if (small && header.format() != PictureFormat.WEBP) return canvas(header, bytes);
    largePictures.acquireUninterruptibly();
    try {
      return canvas(header, bytes);
    } finally {
      largePictures.release();
    }
  }

  /** A stored picture as it is shown. */
  public static BufferedImage upright(PictureHeader header, BufferedImage stored) {
    return header.orientation() == 1
        ? stored
        : ExifFilterUtils.getFilterForOrientation(Orientation.typeOf(header.orientation()))
            .apply(stored);
  }

  private static BufferedImage canvas(PictureHeader header, byte[] bytes) throws IOException {
    int step = (int) Math.ceil(Math.sqrt((double) header.pixels() / MAX_DECODED_PIXELS));
    BufferedImage frame = firstFrame(header, bytes, step);
    Rectangle place = header.firstFrame();
    boolean whole = place.equals(new Rectangle(header.width(), header.height()));
    boolean opaque = whole && !frame.getColorModel().hasAlpha();
    BufferedImage canvas =
        new BufferedImage(
            ceilDiv(header.width(), step),
            ceilDiv(header.height(), step),
            opaque ? BufferedImage.TYPE_INT_RGB : BufferedImage.TYPE_INT_ARGB);
    Graphics2D graphics = canvas.createGraphics();
    // Blending onto nothing would round half-transparent colours.
    graphics.setComposite(AlphaComposite.Src);
    graphics.drawImage(frame, place.x / step, place.y / step, null);
    graphics.dispose();
    return opaque || usesAlpha(canvas) ? canvas : withoutAlpha(canvas);
  }

  private static BufferedImage firstFrame(PictureHeader header, byte[] bytes, int step)
      throws IOException {
    ImageReader reader = ImageIO.getImageReadersByFormatName(header.format().readerName()).next();
    try (ImageInputStream in = new PictureBytes(bytes)) {
      reader.setInput(in, false, true);
      Rectangle place = header.firstFrame();
      if (reader.getWidth(0) != place.width || reader.getHeight(0) != place.height) {
        throw new BrokenPictureException("it contradicts its size");
      }
      ImageReadParam param = reader.getDefaultReadParam();
      param.setSourceSubsampling(Math.min(step, place.width), Math.min(step, place.height), 0, 0);
      return reader.read(0, param);
    } finally {
      reader.dispose();
    }
  }

  private static int ceilDiv(int dividend, int divisor) {
    return -Math.floorDiv(-dividend, divisor);
  }

  private static boolean usesAlpha(BufferedImage image) {
    int[] row = new int[image.getWidth()];
    for (int y = 0; y < image.getHeight(); y++) {
      image.getRGB(0, y, row.length, 1, row, 0, row.length);
      for (int pixel : row) {
        if (pixel >>> 24 != 0xFF) return true;
      }
    }
    return false;
  }

  private static BufferedImage withoutAlpha(BufferedImage image) {
    BufferedImage rgb =
        new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = rgb.createGraphics();
    graphics.drawImage(image, 0, 0, null);
    graphics.dispose();
    return rgb;
  }
}
