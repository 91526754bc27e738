// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.media.video;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;

/**
 * Reads the headers of WebM, which is EBML (RFC 8794) in the elements of Matroska (RFC 9559): what
 * comes before the first cluster of frames. Nothing is read that is over a MiB.
 */
final class WebmHeader {
  private static final int EBML = 0x1A45DFA3;
  private static final int DOC_TYPE = 0x4282;
  private static final int SEGMENT = 0x18538067;
  private static final int CLUSTER = 0x1F43B675;
  private static final int INFO = 0x1549A966;
  private static final int TIMESTAMP_SCALE = 0x2AD7B1;
  private static final int DURATION = 0x4489;
  private static final int TRACKS = 0x1654AE6B;
  private static final int TRACK_ENTRY = 0xAE;
  private static final int TRACK_TYPE = 0x83;
  private static final int VIDEO = 0xE0;
  private static final int PIXEL_WIDTH = 0xB0;
  private static final int PIXEL_HEIGHT = 0xBA;

  private static final int MAX_ELEMENT = 1 << 20;
  private static final int MAX_ELEMENTS = 1_000;
  private static final int MAX_HEAD = 12;
  private static final double NANOS_PER_MILLI = 1e6;

  private final FileChannel channel;
  private long scale = 1_000_000;
  private double duration;
  private int width;
  private int height;

  private WebmHeader(FileChannel channel) {
    this.channel = channel;
  }

  /** The start of an element; a size below 0 is not known. */
  private record Head(int id, long size, int length) {
    static Head of(ByteBuffer in) {
      int start = in.position();
      int id = (int) number(in, Integer.BYTES, true);
      long size = number(in, Long.BYTES, false);
      return new Head(id, size, in.position() - start);
    }

    /** A number whose length stands in its first bits, which an id keeps. */
    private static long number(ByteBuffer in, int max, boolean keep) {
      int first = in.get() & 0xFF;
      int length = Integer.numberOfLeadingZeros(first) - 23;
      if (length > max) throw new BufferUnderflowException();
      int marker = 0x100 >> length;
      long value = keep ? first : first & (marker - 1);
      boolean unknown = (first & (marker - 1)) == marker - 1;
      for (int i = 1; i < length; i++) {
        int next = in.get() & 0xFF;
        unknown &= next == 0xFF;
        value = value << 8 | next;
      }
      return unknown && !keep ? -1 : value;
    }
  }

  private interface Child {
    void read(int id, ByteBuffer content);
  }

  static VideoHeader read(FileChannel channel) throws IOException, BrokenVideoException {
    WebmHeader header = new WebmHeader(channel);
    try {
      header.file();
    } catch (BufferUnderflowException | IllegalArgumentException damaged) {
      throw new BrokenVideoException("its headers are damaged");
    }
    return new VideoHeader(
        "video/webm",
        header.width,
        header.height,
        0,
        VideoHeader.duration(header.duration * header.scale / NANOS_PER_MILLI),
        false);
  }

  private void file() throws IOException, BrokenVideoException {
    Head ebml = head(0);
    String[] type = {""};
    children(
        content(ebml, 0),
        (id, content) -> {
          if (id == DOC_TYPE) type[0] = StandardCharsets.US_ASCII.decode(content).toString();
        });
    if (ebml.id() != EBML || !type[0].replace("\0", "").equals("webm")) {
      throw new BrokenVideoException("it is not a WebM, MP4 or QuickTime video");
    }
    Head segment = head(ebml.length() + ebml.size());
    if (segment.id() != SEGMENT) throw new BrokenVideoException("it has no segment");
    segment(ebml.length() + ebml.size() + segment.length());
  }

  private void segment(long start) throws IOException, BrokenVideoException {
    boolean info = false;
    boolean tracks = false;
    long at = start;
    for (int i = 0; i < MAX_ELEMENTS && at < channel.size() && !(info && tracks); i++) {
      Head element = head(at);
      switch (element.id()) {
        case INFO -> {
          children(content(element, at), this::info);
          info = true;
        }
        case TRACKS -> {
          children(content(element, at), this::track);
          tracks = true;
        }
        case CLUSTER -> {
          return;
        }
        default -> {}
      }
      if (element.size() < 0) return;
      at += element.length() + element.size();
    }
  }

  private void info(int id, ByteBuffer content) {
    if (id == TIMESTAMP_SCALE) scale = unsigned(content);
    if (id == DURATION) {
      duration = content.remaining() == Float.BYTES ? content.getFloat() : content.getDouble();
    }
  }

  private void track(int id, ByteBuffer content) {
    if (id != TRACK_ENTRY) return;
    boolean[] ofVideo = new boolean[1];
    children(
        content.duplicate(),
        (child, value) -> ofVideo[0] |= child == TRACK_TYPE && unsigned(value) == 1);
    if (!ofVideo[0] || width > 0) return;
    children(
        content,
        (child, value) -> {
          if (child == VIDEO) children(value, this::size);
        });
  }

  private void size(int id, ByteBuffer content) {
    if (id == PIXEL_WIDTH) width = (int) Math.min(Integer.MAX_VALUE, unsigned(content));
    if (id == PIXEL_HEIGHT) height = (int) Math.min(Integer.MAX_VALUE, unsigned(content));
  }

  private static void children(ByteBuffer in, Child child) {
    while (in.hasRemaining()) {
      Head head = Head.of(in);
      if (head.size() < 0 || head.size() > in.remaining()) throw new BufferUnderflowException();
      child.read(head.id(), in.slice(in.position(), (int) head.size()));
      in.position(in.position() + (int) head.size());
    }
  }

  /** At most 63 bits: what is longer, or negative, is damaged. */
  private static long unsigned(ByteBuffer in) {
    if (in.remaining() > Long.BYTES) throw new BufferUnderflowException();
    long value = 0;
    while (in.hasRemaining()) value = value << 8 | (in.get() & 0xFF);
    if (value < 0) throw new BufferUnderflowException();
    return value;
  }

  private Head head(long at) throws IOException {
    return Head.of(bytes(at, (int) Math.min(MAX_HEAD, channel.size() - at)));
  }

  private ByteBuffer content(Head head, long at) throws IOException {
    if (head.size() < 0 || head.size() > MAX_ELEMENT) throw new BufferUnderflowException();
    return bytes(at + head.length(), (int) head.size());
  }

  private ByteBuffer bytes(long at, int size) throws IOException {
    if (size < 0 || at + size > channel.size()) throw new BufferUnderflowException();
    ByteBuffer bytes = ByteBuffer.allocate(size);
    while (bytes.hasRemaining() && channel.read(bytes, at + bytes.position()) >= 0) {}
    return bytes.flip();
  }
}
