// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import dev.corkboard.board.v1.Board;
import dev.corkboard.board.v1.BoardServiceGrpc;
import dev.corkboard.board.v1.CreateBoardRequest;
import dev.corkboard.platform.client.Bearer;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Little that unpacks to much: as a picture, as the body of a request, as a message. */
class BombsIT {
  private static final Logger log = LoggerFactory.getLogger(BombsIT.class);
  private static final int MIB = 1 << 20;

  private final EndToEnd suite = EndToEnd.get();
  private final Rest owner = suite.newAccount();
  private final String board = owner.createBoard("PUBLIC");
  private Memory memory;

  @BeforeEach
  void warm() {
    Rest other = suite.newAccount();
    String otherBoard = other.createBoard("PUBLIC");
    Awaitility.await().until(() -> other.post("/v5/pins", Rest.pin(otherBoard)).status() == 201);
    memory = new Memory();
  }

  private void assertNothingChanged() {
    assertThat(owner.ids("/v5/boards", 25)).containsExactly(board);
    assertThat(owner.ids("/v5/pins", 25)).isEmpty();
    owner.createPin(board);
  }

  @FunctionalInterface
  private interface Packing {
    OutputStream around(OutputStream out) throws IOException;
  }

  private static byte[] packed(Packing packing, String first, int mib, String last) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    byte[] blanks = " ".repeat(MIB).getBytes(UTF_8);
    try (OutputStream out = packing.around(packed)) {
      out.write(first.getBytes(ISO_8859_1));
      for (int i = 0; i < mib; i++) out.write(blanks);
      out.write(last.getBytes(ISO_8859_1));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  private static byte[] gzip(String first, int mib, String last) {
    return packed(GZIPOutputStream::new, first, mib, last);
  }

  /** A PNG file with one more chunk behind its header. */
  private static byte[] withChunk(byte[] png, String type, String first, byte[] rest) {
    ByteBuffer chunk = ByteBuffer.allocate(12 + first.length() + rest.length);
    chunk.putInt(first.length() + rest.length).put(type.getBytes(ISO_8859_1));
    chunk.put(first.getBytes(ISO_8859_1)).put(rest);
    CRC32 crc = new CRC32();
    crc.update(chunk.array(), 4, chunk.position() - 4);
    chunk.putInt((int) crc.getValue());
    return ByteBuffer.allocate(png.length + chunk.capacity())
        .put(png, 0, 33)
        .put(chunk.array())
        .put(png, 33, png.length - 33)
        .array();
  }

  private static byte[] sized(byte[] png, int width, int height) {
    byte[] bomb = png.clone();
    ByteBuffer.wrap(bomb).putInt(16, width).putInt(20, height);
    CRC32 crc = new CRC32();
    crc.update(bomb, 12, 17);
    ByteBuffer.wrap(bomb).putInt(29, (int) crc.getValue());
    return bomb;
  }

  private static byte[] hugeJpeg() {
    byte[] jpeg = Pictures.bytes("jpeg", 64, 64, 3);
    for (int i = 0; i + 9 < jpeg.length; i++) {
      if ((jpeg[i] & 0xFF) == 0xFF && (jpeg[i + 1] & 0xFF) == 0xC0) {
        Arrays.fill(jpeg, i + 5, i + 9, (byte) 0xFF);
        return jpeg;
      }
    }
    throw new IllegalStateException("no frame header");
  }

  private static byte[] webp(String chunk, int... bytes) {
    ByteBuffer out = ByteBuffer.allocate(20 + bytes.length).order(java.nio.ByteOrder.LITTLE_ENDIAN);
    out.put("RIFF".getBytes(ISO_8859_1)).putInt(12 + bytes.length);
    out.put(("WEBP" + chunk).getBytes(ISO_8859_1)).putInt(bytes.length);
    for (int value : bytes) out.put((byte) value);
    return out.array();
  }

  private static byte[] gif(int width, int height, int frames) {
    ByteArrayOutputStream gif = new ByteArrayOutputStream();
    gif.writeBytes("GIF89a".getBytes(ISO_8859_1));
    gif.writeBytes(
        new byte[] {
          (byte) width, (byte) (width >> 8), (byte) height, (byte) (height >> 8), (byte) 0x80, 0, 0
        });
    gif.writeBytes(new byte[6]);
    for (int i = 0; i < frames; i++) {
      gif.writeBytes(new byte[] {0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0});
    }
    gif.write(0x3B);
    return gif.toByteArray();
  }

  private static Map<String, byte[]> pictures() {
    byte[] png = Pictures.bytes("png", 64, 64, 3);
    Map<String, byte[]> pictures = new LinkedHashMap<>();
    int[][] sizes = {
      {65_535, 65_535},
      {2_147_483_647, 2_147_483_647},
      {50_000_001, 1},
      {1, 50_000_001},
      {7_000, 7_000},
      {0, 1},
      {-1, -1}
    };
    for (int[] size : sizes) {
      pictures.put("PNG of " + Arrays.toString(size), sized(png, size[0], size[1]));
    }
    pictures.put("JPEG of 65,535 squared", hugeJpeg());
    pictures.put("GIF of 65,535 squared", gif(65_535, 65_535, 1));
    pictures.put("GIF of 100,000 frames", gif(1, 1, 100_000));
    pictures.put(
        "WebP of 16,777,216 squared", webp("VP8X", 0, 0, 0, 0, 255, 255, 255, 255, 255, 255));
    pictures.put(
        "WebP of 16,383 squared", webp("VP8 ", 0x30, 1, 0, 0x9d, 1, 0x2a, 255, 0x3f, 255, 0x3f));
    pictures.put("lossless WebP of 16,384 squared", webp("VP8L", 0x2f, 255, 255, 255, 0x0f, 0, 0));
    for (String format : new String[] {"png", "jpeg", "gif"}) {
      byte[] whole = Pictures.bytes(format, 64, 64, 3);
      for (int part = 1; part < 4; part++) {
        byte[] cut = Arrays.copyOf(whole, whole.length * part / 4);
        pictures.put(part + " quarters of a " + format, cut);
      }
    }
    for (String other :
        new String[] {
          "<svg xmlns='http://www.w3.org/2000/svg'><image href='http://127.0.0.1/'/></svg>",
          "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><svg>&a;</svg>",
          "<!DOCTYPE x [<!ENTITY a 'aa'><!ENTITY b '&a;&a;'>]><svg>&b;</svg>",
          "<html><script>alert(1)</script></html>",
          "%PDF-1.7",
          "BM      ",
          "II*\u0000",
          "8BPS",
          "\u0000\u0000\u0001\u0000",
          "PK\u0003\u0004",
          "GIF89a",
          "\u0089PNG\r\n\u001a\n",
          "\u00ff\u00d8\u00ff",
          "RIFF\u0004\u0000\u0000\u0000WEBP"
        }) {
      pictures.put(other, other.getBytes(ISO_8859_1));
    }
    return pictures;
  }

  private Rest.Answer pin(byte[] picture) {
    return owner.post("/v5/pins", Rest.pin(board, Base64.getEncoder().encodeToString(picture)));
  }

  @Test
  void noBombOfAPictureIsTakenIn() {
    Map<String, byte[]> pictures = pictures();
    pictures.forEach(
        (what, bytes) -> {
          Rest.Answer answer = pin(bytes);
          assertThat(answer.status()).as("%s: %s", what, answer.text()).isEqualTo(400);
          answer.expect(400);
          assertThat(answer.json().get("message").textValue()).as(what).contains("media_source");
        });
    assertNothingChanged();
    log.info("pictures {}: accepted 0, 5xx 0, memory {} MiB", pictures.size(), memory.growth());
  }

  /** What is beside the picture is not looked into, however much it would be. */
  @Test
  void bombsBesideAPictureAreNotUnpacked() {
    byte[] png = Pictures.bytes("png", 64, 64, 3);
    byte[] much = packed(DeflaterOutputStream::new, "", 200, "");
    Map<String, byte[]> pictures = new LinkedHashMap<>();
    pictures.put("zTXt", withChunk(png, "zTXt", "Comment\0\0", much));
    pictures.put("iTXt", withChunk(png, "iTXt", "Comment\0\1\0en\0\0", much));
    pictures.put("iCCP", withChunk(png, "iCCP", "profile\0\0", much));
    byte[] two = withChunk(pictures.get("zTXt"), "zTXt", "Title\0\0", much);
    pictures.put("zTXt twice", two);
    pictures.forEach(
        (what, bytes) -> {
          Rest.Answer answer = pin(bytes);
          assertThat(answer.status()).as("%s: %s", what, answer.text()).isIn(201, 400);
          if (answer.status() == 201) owner.delete("/v5/pins/" + answer.id()).expect(204);
        });
    assertNothingChanged();
    log.info(
        "bombs of 200 MiB beside a picture {}: 5xx 0, memory {} MiB",
        pictures.size(),
        memory.growth());
  }

  private Rest.Answer send(String path, String encoding, byte[] body) {
    return owner.send(
        HttpRequest.newBuilder(URI.create(suite.edge() + path))
            .header("authorization", "Bearer " + owner.account().token())
            .header("content-type", "application/json")
            .header("content-encoding", encoding)
            .POST(BodyPublishers.ofByteArray(body))
            .build());
  }

  @Test
  void noBombOfABodyIsTakenIn() {
    byte[] bomb = gzip("{\"name\":\"", 200, "\"}");
    byte[] deflated = packed(DeflaterOutputStream::new, "{\"name\":\"", 200, "\"}");
    byte[] twice = packed(GZIPOutputStream::new, new String(bomb, ISO_8859_1), 0, "");
    byte[] small = gzip("{\"name\":\"x\"}", 0, "");
    byte[] badSum = small.clone();
    badSum[badSum.length - 6] ^= 1;
    int sent = 0;
    for (String path : new String[] {"/v5/boards", "/v5/pins"}) {
      send(path, "gzip", bomb).expect(413);
      send(path, "deflate", deflated).expect(413);
      for (byte[] broken :
          new byte[][] {
            twice,
            badSum,
            Arrays.copyOf(small, small.length / 2),
            new byte[0],
            {31, -117},
            {31, -117, 8, 0, 0, 0, 0, 0, 0, 0},
            "{\"name\":\"x\"}".getBytes(UTF_8)
          }) {
        Rest.Answer answer = send(path, "gzip", broken);
        assertThat(answer.status()).as(answer.text()).isIn(400, 413);
        answer.expect(answer.status());
        sent++;
      }
      sent += 2;
    }
    assertNothingChanged();
    log.info("gzip bodies {}: accepted 0, 5xx 0, memory {} MiB", sent, memory.growth());
  }

  @Test
  void noBombOfAMessageIsTakenIn() {
    ManagedChannel channel =
        NettyChannelBuilder.forTarget(suite.grpc("board")).usePlaintext().build();
    try {
      var boards =
          BoardServiceGrpc.newBlockingStub(channel)
              .withCallCredentials(new Bearer(owner.account().token(), "bomb"));
      for (int mib : new int[] {5, 40}) {
        CreateBoardRequest request =
            CreateBoardRequest.newBuilder()
                .setBoard(Board.newBuilder().setNameBytes(ByteString.copyFrom(new byte[mib * MIB])))
                .build();
        for (String compression : new String[] {"gzip", "identity"}) {
          StatusRuntimeException refusal =
              catchThrowableOfType(
                  StatusRuntimeException.class,
                  () -> boards.withCompression(compression).createBoard(request));
          assertThat(refusal.getStatus().getCode())
              .as("%s MiB, %s: %s", mib, compression, refusal)
              .isIn(Status.Code.RESOURCE_EXHAUSTED, Status.Code.INVALID_ARGUMENT);
        }
      }
    } finally {
      channel.shutdownNow();
    }
    assertNothingChanged();
    log.info(
        "messages of 5 and 40 MiB, packed and not, 4: accepted 0, memory {} MiB", memory.growth());
  }
}
