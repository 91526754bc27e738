// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.media;

import dev.corkboard.media.v1.Image;
import dev.corkboard.media.v1.Rendition;
import dev.corkboard.picture.BrokenPictureException;
import dev.corkboard.picture.PictureDecoder;
import dev.corkboard.picture.PictureFormat;
import dev.corkboard.picture.PictureHeader;
import dev.corkboard.platform.error.ApiException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.awt.Dimension;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import net.coobird.thumbnailator.Thumbnails;

/**
 * Checks a picture and makes its renditions, on the thread that calls: a {@link MediaExecutor}'s.
 *
 * <p>What a picture is, is told from its bytes alone. Its structure is walked and its size known
 * before anything is decoded. An animation is represented by its first frame. A picture over 12.5
 * megapixels is decoded at half size, so a very tall one may have a 1200x rendition that is
 * narrower than 1,200 pixels. Fails with IMAGE_TOO_LARGE or IMAGE_BROKEN.
 */
final class ImageProcessor {
  private final PictureDecoder decoder = new PictureDecoder();
  private final Timer timer;

  ImageProcessor(MeterRegistry metrics) {
    timer = Timer.builder("corkboard.media.decode").publishPercentileHistogram().register(metrics);
  }

  /** Errors name {@code field}. */
  ProcessedImage process(byte[] bytes, String field) {
    return timer.record(() -> checked(bytes, field));
  }

  private ProcessedImage checked(byte[] bytes, String field) {
    PictureLimits.checkBytes(bytes.length, field);
    PictureFormat format =
        PictureFormat.sniff(bytes).orElseThrow(() -> PictureLimits.noPicture(field));
    try {
      PictureHeader header = PictureHeader.read(format, bytes);
      PictureLimits.checkHeader(header, field);
      return renditions(header, decoder.decode(header, bytes), bytes);
    } catch (BrokenPictureException broken) {
      throw PictureLimits.broken(field, broken.getMessage());
    } catch (ApiException refused) {
      throw refused;
    } catch (OutOfMemoryError hostile) {
      // Honest pictures fit, see PictureDecoder; with this one's buffers gone all is well again.
      throw PictureLimits.tooMuchWork(field);
    } catch (IOException | RuntimeException undecodable) {
      // The readers throw whatever a hostile file leads them to; all of it means the same.
      throw PictureLimits.broken(field, "it does not decode");
    }
  }

  private static ProcessedImage renditions(
      PictureHeader header, BufferedImage decoded, byte[] bytes) throws IOException {
    Image.Builder image =
        Image.newBuilder()
            .setContentType(header.format().contentType())
            .setWidth(header.shownWidth())
            .setHeight(header.shownHeight())
            .setSizeBytes(bytes.length);
    Map<RenditionSize, byte[]> renditions = new EnumMap<>(RenditionSize.class);
    for (RenditionSize size : RenditionSize.values()) {
      if (size == RenditionSize.ORIGINALS) continue;
      BufferedImage scaled = scale(header, decoded, size);
      renditions.put(size, PictureEncoder.encode(scaled));
      image.addRenditions(
          rendition(size, scaled.getWidth(), scaled.getHeight(), PictureEncoder.formatOf(scaled)));
      if (size == RenditionSize.MEDIUM) image.setDominantColor(DominantColor.of(scaled));
    }
    renditions.put(RenditionSize.ORIGINALS, bytes);
    image.addRenditions(
        rendition(
            RenditionSize.ORIGINALS, header.shownWidth(), header.shownHeight(), header.format()));
    return new ProcessedImage(image.build(), renditions);
  }

  private static Rendition rendition(
      RenditionSize size, int width, int height, PictureFormat format) {
    return Rendition.newBuilder()
        .setName(size.label())
        .setWidth(width)
        .setHeight(height)
        .setContentType(format.contentType())
        .build();
  }

  /**
   * Sizes are reckoned as shown, pixels are cut and scaled as stored, and turned last, when few.
   */
  private static BufferedImage scale(
      PictureHeader header, BufferedImage decoded, RenditionSize size) throws IOException {
    Turn turn = new Turn(header.turned());
    Dimension shown = turn.of(new Dimension(decoded.getWidth(), decoded.getHeight()));
    Dimension target = turn.of(size.of(shown.width, shown.height));
    BufferedImage scaled =
        Thumbnails.of(decoded)
            .sourceRegion(turn.of(size.part(shown.width, shown.height)))
            .forceSize(target.width, target.height)
            .imageType(decoded.getType())
            .asBufferedImage();
    return PictureDecoder.upright(header, scaled);
  }
}
