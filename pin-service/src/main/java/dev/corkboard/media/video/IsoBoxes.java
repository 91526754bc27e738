// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.media.video;

import com.google.protobuf.ByteString;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Walks the boxes of an ISO base media file (ISO/IEC 14496-12), which QuickTime's atoms are too,
 * and takes out those that say what the video is. What is left can be given to a parser that
 * believes what it reads: every box lies within its parent, and every table within its box.
 */
final class IsoBoxes {
  private static final int HEAD = 8;
  private static final int LARGE_HEAD = 16;

  /** Far above what is in use: an hour of video has a movie box of some 5 MiB. */
  private static final int MAX_MOVIE = 32 << 20;

  private static final int MAX_FILE_TYPE = 4 << 10;
  private static final int MAX_BOXES = 10_000;

  /** What a QuickTime file from before there were file types may begin with. */
  private static final Set<String> OLD_QUICKTIME = Set.of("moov", "mdat", "wide", "free", "skip");

  private static final Set<String> CONTAINERS = Set.of("moov", "trak", "mdia", "minf", "stbl");
  private static final Set<String> KEPT =
      Set.of("mvhd", "tkhd", "mdhd", "hdlr", "vmhd", "stsd", "stts");

  /** Of each table: where its number of entries stands, and how long an entry is; bytes. */
  private static final Map<String, int[]> TABLES =
      Map.of(
          "stts", new int[] {4, 8},
          "ctts", new int[] {4, 8},
          "stss", new int[] {4, 4},
          "stsc", new int[] {4, 12},
          "stco", new int[] {4, 4},
          "co64", new int[] {4, 8},
          "stsd", new int[] {4, 8});

  /** The sample sizes, which are a table only when they are not all the same. */
  private static final String SIZES = "stsz";

  private IsoBoxes() {}

  /**
   * The boxes taken out.
   *
   * @param bytes the file type, when there is one, and what is kept of the movie
   */
  record Header(boolean quicktime, ByteString bytes) {}

  /** A box of a file: its type and size, the head included. */
  private record Box(String type, long size, int head) {}

  static Header read(FileChannel file) throws IOException, BrokenVideoException {
    ByteArrayOutputStream kept = new ByteArrayOutputStream();
    Optional<String> brand = Optional.empty();
    long at = 0;
    for (int i = 0; i < MAX_BOXES && at < file.size(); i++) {
      Box box = box(file, at);
      if (i == 0 && box.type().equals("ftyp")) {
        ByteBuffer type = bytes(file, at, Math.min(box.size(), MAX_FILE_TYPE));
        if (type.remaining() < HEAD + Integer.BYTES) throw damaged();
        brand = Optional.of(text(type.slice(HEAD, Integer.BYTES)));
        box("ftyp", copy(type.position(HEAD)), kept);
      } else if (i == 0 && !OLD_QUICKTIME.contains(box.type())) {
        throw new BrokenVideoException("it is not an MP4, QuickTime or WebM video");
      }
      if (box.type().equals("moov")) {
        if (box.size() > MAX_MOVIE) throw new BrokenVideoException("its headers are too large");
        ByteBuffer movie = bytes(file, at + box.head(), box.size() - box.head());
        box("moov", keep(movie, "moov").toByteArray(), kept);
        return new Header(
            brand.isEmpty() || brand.get().equals("qt  "), ByteString.copyFrom(kept.toByteArray()));
      }
      at += box.size();
    }
    throw new BrokenVideoException("it has no movie header");
  }

  private static Box box(FileChannel file, long at) throws IOException, BrokenVideoException {
    ByteBuffer head = bytes(file, at, Math.min(LARGE_HEAD, file.size() - at));
    if (head.remaining() < HEAD) throw damaged();
    long size = Integer.toUnsignedLong(head.getInt(0));
    String type = text(head.slice(Integer.BYTES, Integer.BYTES));
    int length = HEAD;
    if (size == 0) size = file.size() - at;
    if (size == 1) {
      if (head.remaining() < LARGE_HEAD) throw damaged();
      size = head.getLong(HEAD);
      length = LARGE_HEAD;
    }
    if (size < length || size > file.size() - at) throw damaged();
    return new Box(type, size, length);
  }

  private static ByteArrayOutputStream keep(ByteBuffer in, String parent)
      throws BrokenVideoException {
    ByteArrayOutputStream kept = new ByteArrayOutputStream();
    while (in.remaining() >= HEAD) {
      int size = in.getInt(in.position());
      String type = text(in.slice(in.position() + Integer.BYTES, Integer.BYTES));
      // QuickTime ends some lists with a size of 0.
      if (size == 0) return kept;
      if (size < HEAD || size > in.remaining()) throw damaged();
      ByteBuffer content = in.slice(in.position() + HEAD, size - HEAD);
      checkTable(type, content);
      if (CONTAINERS.contains(type) && !type.equals(parent)) {
        box(type, keep(content.duplicate(), type).toByteArray(), kept);
      } else if (KEPT.contains(type)) {
        box(type, copy(content), kept);
      }
      in.position(in.position() + size);
    }
    return kept;
  }

  private static void checkTable(String type, ByteBuffer content) throws BrokenVideoException {
    int[] table = TABLES.get(type);
    if (table == null && !type.equals(SIZES)) return;
    int countAt = table == null ? HEAD : table[0];
    int entry = table == null ? Integer.BYTES : table[1];
    if (content.remaining() < countAt + Integer.BYTES) throw damaged();
    if (table == null && content.getInt(Integer.BYTES) != 0) return;
    long count = Integer.toUnsignedLong(content.getInt(countAt));
    if (count * entry > content.remaining() - countAt - Integer.BYTES) throw damaged();
  }

  private static void box(String type, byte[] content, ByteArrayOutputStream out) {
    ByteBuffer head = ByteBuffer.allocate(HEAD);
    head.putInt(HEAD + content.length).put(type.getBytes(StandardCharsets.ISO_8859_1));
    out.writeBytes(head.array());
    out.writeBytes(content);
  }

  private static byte[] copy(ByteBuffer content) {
    byte[] bytes = new byte[content.remaining()];
    content.get(bytes);
    return bytes;
  }

  private static String text(ByteBuffer bytes) {
    return StandardCharsets.ISO_8859_1.decode(bytes).toString();
  }

  private static ByteBuffer bytes(FileChannel file, long at, long size) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate((int) size);
    while (bytes.hasRemaining() && file.read(bytes, at + bytes.position()) >= 0) {}
    return bytes.flip();
  }

  private static BrokenVideoException damaged() {
    return new BrokenVideoException("its headers are damaged");
  }
}
