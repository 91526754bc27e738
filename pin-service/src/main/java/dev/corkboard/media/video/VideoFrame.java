// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.media.video;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import net.coobird.thumbnailator.util.exif.ExifFilterUtils;
import net.coobird.thumbnailator.util.exif.Orientation;
import org.jcodec.api.FrameGrab;
import org.jcodec.api.JCodecException;
import org.jcodec.common.DemuxerTrackMeta;
import org.jcodec.common.io.NIOUtils;
import org.jcodec.common.io.SeekableByteChannel;
import org.jcodec.common.model.Picture;
import org.jcodec.common.model.Size;
import org.jcodec.scale.AWTUtil;

/** Takes key frames out of videos. */
public final class VideoFrame {
  private VideoFrame() {}

  /**
   * The last key frame up to a second, beyond the end the last one, turned as it is shown. Fails
   * when the video is none that key frames are taken from.
   */
  public static BufferedImage at(Path file, int seconds) throws IOException, BrokenVideoException {
    VideoHeader header = VideoHeader.read(file);
    if (!header.h264()) {
      throw new BrokenVideoException(
          "a frame can be taken from H.264 in MP4 or QuickTime alone; send a cover picture");
    }
    try (SeekableByteChannel in = NIOUtils.readableChannel(file.toFile())) {
      return turned(decode(FrameGrab.createFrameGrab(in), seconds), header.rotation());
    } catch (JCodecException | RuntimeException | OutOfMemoryError undecodable) {
      // The decoder throws whatever a hostile or unusual file leads it to.
      throw new BrokenVideoException("no frame of it can be decoded; send a cover picture");
    }
  }

  private static BufferedImage decode(FrameGrab grab, int seconds)
      throws IOException, JCodecException, BrokenVideoException {
    Size size = grab.getMediaInfo().getDim();
    if (size.getWidth() > VideoHeader.MAX_SIDE || size.getHeight() > VideoHeader.MAX_SIDE) {
      throw new BrokenVideoException("its frames are larger than its header says");
    }
    DemuxerTrackMeta track = grab.getVideoTrack().getMeta();
    if (seconds < track.getTotalDuration()) {
      grab.seekToSecondSloppy(seconds);
    } else {
      grab.seekToFrameSloppy(Math.max(0, track.getTotalFrames() - 1));
    }
    Picture picture = grab.getNativeFrame();
    if (picture == null) throw new BrokenVideoException("it has no frames");
    return AWTUtil.toBufferedImage(picture);
  }

  private static BufferedImage turned(BufferedImage frame, int rotation) {
    Orientation orientation =
        switch (rotation) {
          case 90 -> Orientation.RIGHT_TOP;
          case 180 -> Orientation.BOTTOM_RIGHT;
          case 270 -> Orientation.LEFT_BOTTOM;
          default -> Orientation.TOP_LEFT;
        };
    return ExifFilterUtils.getFilterForOrientation(orientation).apply(frame);
  }
}
