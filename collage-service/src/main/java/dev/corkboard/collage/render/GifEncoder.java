// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.render;

import com.google.protobuf.ByteString;
import java.awt.image.BufferedImage;
import java.io.IOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Writes an animated GIF that repeats for ever. */
final class GifEncoder implements AutoCloseable {
  private static final String FORMAT = "javax_imageio_gif_image_1.0";
  private static final byte[] FOR_EVER = {1, 0, 0};

  private final ImageWriter writer = PictureEncoder.writer("gif");
  private final ByteString.Output bytes = ByteString.newOutput();
  private final ImageOutputStream out = new MemoryCacheImageOutputStream(bytes);
  private boolean begun;

  GifEncoder() throws IOException {
    writer.setOutput(out);
    writer.prepareWriteSequence(null);
  }

  /**
   * Adds a frame of indexes of a palette that is shown for {@code centiseconds}; all are of the
   * same size and palette.
   */
  void add(BufferedImage frame, int centiseconds) throws IOException {
    IIOMetadata metadata =
        writer.getDefaultImageMetadata(
            new ImageTypeSpecifier(frame), writer.getDefaultWriteParam());
    IIOMetadataNode root = new IIOMetadataNode(FORMAT);
    root.appendChild(control(centiseconds));
    if (!begun) root.appendChild(repetition());
    metadata.mergeTree(FORMAT, root);
    writer.writeToSequence(new IIOImage(frame, null, metadata), null);
    begun = true;
  }

  private static IIOMetadataNode control(int centiseconds) {
    IIOMetadataNode control = new IIOMetadataNode("GraphicControlExtension");
    control.setAttribute("disposalMethod", "none");
    control.setAttribute("userInputFlag", "FALSE");
    control.setAttribute("transparentColorFlag", "FALSE");
    control.setAttribute("delayTime", Integer.toString(centiseconds));
    control.setAttribute("transparentColorIndex", "0");
    return control;
  }

  private static IIOMetadataNode repetition() {
    IIOMetadataNode extension = new IIOMetadataNode("ApplicationExtension");
    extension.setAttribute("applicationID", "NETSCAPE");
    extension.setAttribute("authenticationCode", "2.0");
    extension.setUserObject(FOR_EVER.clone());
    IIOMetadataNode extensions = new IIOMetadataNode("ApplicationExtensions");
    extensions.appendChild(extension);
    return extensions;
  }

  /** How many bytes there are so far. */
  long size() throws IOException {
    return out.getStreamPosition();
  }

  /** The whole file; nothing can be added afterwards. */
  ByteString finish() throws IOException {
    writer.endWriteSequence();
    out.flush();
    return bytes.toByteString();
  }

  @Override
  public void close() throws IOException {
    writer.dispose();
    out.close();
  }
}
