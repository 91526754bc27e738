// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.picture;

import java.awt.Rectangle;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/**
 * What a picture's structure says before anything is decoded. Reading it walks the whole file, so a
 * file that ends early is found out here.
 *
 * @param width of the canvas as stored, in pixels
 * @param height of the canvas as stored, in pixels
 * @param frames how many pictures an animation holds; 1 for a still
 * @param firstFrame where the first frame lies on the canvas
 * @param decodedPixels an upper bound of the work of decoding: pixels times passes over them
 * @param orientation as EXIF counts it, 1 to 8; 1 is upright
 */
public record PictureHeader(
    PictureFormat format,
    int width,
    int height,
    int frames,
    Rectangle firstFrame,
    long decodedPixels,
    int orientation) {

  /** Reads the header of bytes that were sniffed to be of the format. */
  public static PictureHeader read(PictureFormat format, byte[] bytes)
      throws BrokenPictureException {
    ByteBuffer in = ByteBuffer.wrap(bytes).asReadOnlyBuffer();
    PictureHeader header;
    try {
      header =
          switch (format) {
            case JPEG -> new JpegHeader(in).read();
            case PNG -> new PngHeader(in).read();
            case GIF -> new GifHeader(in).read();
            case WEBP -> new WebpHeader(in).read();
          };
    } catch (BufferUnderflowException | IllegalArgumentException endsEarly) {
      throw new BrokenPictureException("it ends early");
    }
    if (header.width < 1 || header.height < 1) {
      throw new BrokenPictureException("it has no width or no height");
    }
    if (header.firstFrame.isEmpty()) throw new BrokenPictureException("its first frame is empty");
    // What memory decoding takes is reckoned from the canvas.
    if (!new Rectangle(header.width, header.height).contains(header.firstFrame)) {
      throw new BrokenPictureException("its first frame does not lie inside its canvas");
    }
    return header;
  }

  static PictureHeader still(
      PictureFormat format, int width, int height, int passes, int orientation) {
    return new PictureHeader(
        format,
        width,
        height,
        1,
        new Rectangle(0, 0, width, height),
        (long) width * height * passes,
        orientation);
  }

  /** The pixels of the canvas. */
  public long pixels() {
    return (long) width * height;
  }

  /** Whether EXIF asks for a quarter turn, which exchanges width and height. */
  public boolean turned() {
    return orientation >= 5;
  }

  public int shownWidth() {
    return turned() ? height : width;
  }

  public int shownHeight() {
    return turned() ? width : height;
  }

  /** Moves on; fails with {@link IllegalArgumentException} beyond the end. */
  static void skip(ByteBuffer in, int bytes) {
    in.position(Math.addExact(in.position(), bytes));
  }
}
