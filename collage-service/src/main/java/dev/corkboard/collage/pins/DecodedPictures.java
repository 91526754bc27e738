// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.pins;

import com.google.protobuf.ByteString;
import dev.corkboard.collage.render.PictureSource;
import dev.corkboard.media.v1.Image;
import dev.corkboard.picture.BrokenPictureException;
import dev.corkboard.picture.PictureDecoder;
import dev.corkboard.picture.PictureFormat;
import dev.corkboard.picture.PictureHeader;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Pictures of pin-service, decoded as it decodes them: one of many pixels is read smaller. */
public final class DecodedPictures implements PictureSource {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final PictureBytes bytes;
  private final PictureDecoder decoder = new PictureDecoder();

  public DecodedPictures(PictureBytes bytes) {
    this.bytes = bytes;
  }

  /** Blocks: it is called by threads that draw. */
  @Override
  public BufferedImage read(Image image) throws IOException {
    byte[] whole = fetch(image.getAssetKey()).toByteArray();
    PictureFormat format =
        PictureFormat.sniff(whole).orElseThrow(() -> new BrokenPictureException("it is none"));
    PictureHeader header = PictureHeader.read(format, whole);
    return PictureDecoder.upright(header, decoder.decode(header, whole));
  }

  private ByteString fetch(String assetKey) throws IOException {
    try {
      return bytes
          .read(assetKey, 0)
          .toCompletableFuture()
          .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("a picture could not be fetched", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
