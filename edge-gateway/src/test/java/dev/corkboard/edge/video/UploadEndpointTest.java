// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.video;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.primitives.Bytes;
import com.google.protobuf.ByteString;
import dev.corkboard.edge.testing.Answer;
import dev.corkboard.edge.testing.Api;
import dev.corkboard.edge.testing.EdgeExtension;
import dev.corkboard.media.v1.VideoState;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UploadEndpointTest {
  private static final String PATH = "/uploads/videos";
  private static final String BOUNDARY = "c0rkb0ard";
  private static final String END = "--" + BOUNDARY + "--\r\n";

  @RegisterExtension static final EdgeExtension edge = new EdgeExtension();

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] video(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    bytes[0] = 'V';
    return bytes;
  }

  private static byte[] field(String name, String value) {
    return text(
        "--"
            + BOUNDARY
            + "\r\nContent-Disposition: form-data; name=\""
            + name
            + "\"\r\n\r\n"
            + value
            + "\r\n");
  }

  private static byte[] file(String more, byte[] bytes) {
    byte[] head =
        text(
            "--"
                + BOUNDARY
                + "\r\nContent-Disposition: form-data; name=\"file\""
                + more
                + "\r\n\r\n");
    return Bytes.concat(head, bytes, text("\r\n"));
  }

  private static Answer send(byte[] body) {
    return send("multipart/form-data; boundary=" + BOUNDARY, body);
  }

  private static Answer send(String type, byte[] body) {
    Api api = edge.api("7");
    return api.send(
        api.anonymous(PATH).header("Content-Type", type).POST(BodyPublishers.ofByteArray(body)));
  }

  private static String registered() {
    return edge.videos().put(VideoState.VIDEO_STATE_REGISTERED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "; filename=\"a.mp4\"`Content-Type: video/mp4|100",
        "; filename=\"a.mp4\"`Content-Type: text/plain|3000000",
        "|1",
        "|300000"
      },
      quoteCharacter = '\'')
  void m2FileIsTheVideoWithAndWithoutAName(String more, int size) {
    String id = registered();
    byte[] bytes = video(size);
    String headers = more == null ? "" : more.replace("`", "\r\n");
    byte[] body =
        Bytes.concat(
            field("Content-Type", "multipart/form-data"),
            field("key", "key-" + id),
            field("policy", "anything"),
            file(headers, bytes),
            text(END));
    Answer answer = send(body).has(204);
    assertThat(answer.bytes()).isEmpty();
    assertThat(edge.videos().upload(id)).isEqualTo(ByteString.copyFrom(bytes));
  }

  @Test
  void m2FieldsBehindTheFileAreIgnored() {
    String id = registered();
    byte[] bytes = Bytes.concat(video(5_000), text("\r\n--" + BOUNDARY + "x"), video(10));
    send(Bytes.concat(field("key", "key-" + id), file("", bytes), field("submit", "go"), text(END)))
        .has(204);
    assertThat(edge.videos().upload(id)).isEqualTo(ByteString.copyFrom(bytes));
  }

  @Test
  void keyMustComeFirstAndBeRight() {
    send(Bytes.concat(file("", video(10)), field("key", "key-1"), text(END)))
        .fails(400, 1, "'key' is required in front of the file");
    send(Bytes.concat(field("key", "wrong"), file("", video(10)), text(END)))
        .fails(404, 404, "Media upload not found");
    send(Bytes.concat(field("key", "key-1"), text(END))).fails(400, 1, "'file' is required");
  }

  @Test
  void whatTheServiceRefusesIsToldWhileBytesStillCome() {
    byte[] bytes = video(4_000_000);
    bytes[0] = 'X';
    send(Bytes.concat(field("key", "key-" + registered()), file("", bytes), text(END)))
        .fails(400, 1, "video is broken");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"application/json", "multipart/form-data", "multipart/mixed; boundary=x", "x"})
  void onlyFormsAreTaken(String type) {
    assertThat(send(type, text("{}")).status()).isEqualTo(415);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nothing of the kind",
        "--c0rkb0ard\r\n",
        "--c0rkb0ard\r\nno header\r\n\r\nx\r\n--c0rkb0ard--\r\n",
        "--c0rkb0ard\r\nContent-Disposition: form-data; name=\"key\"\r\n\r\nhalf",
        "--c0rkb0ard\r\n\r\nwithout a name\r\n--c0rkb0ard--\r\n",
        "--c0rkb0ard--\r\n"
      })
  void formsThatAreNoneAreBadRequests(String body) {
    Answer answer = send(text(body));
    assertThat(answer.status()).as(answer.text()).isEqualTo(400);
    answer.fails(400, 1, "");
  }

  @Test
  void fieldsAreSmallAndFew() {
    send(Bytes.concat(field("policy", "p".repeat(5_000)), text(END)))
        .fails(400, 1, "over 4096 bytes");
    byte[] many = new byte[0];
    for (int i = 0; i < 101; i++) many = Bytes.concat(many, field("f" + i, "v"));
    send(Bytes.concat(many, text(END))).fails(400, 1, "more than 100 fields");
  }

  /** What the parser would collect for ever. */
  @ParameterizedTest
  @ValueSource(
      strings = {"--" + BOUNDARY + "\r\nX-Long: ", "--" + BOUNDARY + "\r\n", "no boundary at all "})
  void headersWithoutAnEndAreCutOff(String start) {
    byte[] body = Bytes.concat(text(start), text("a: b\r\n".repeat(500_000)));
    assertThat(send(body).status()).isBetween(400, 499);
  }

  /**
   * Bytes are passed on as they come: the service has the first of them before the last is sent.
   */
  @Test
  void bytesArePassedOnAsTheyComeAndAClientThatLeavesEndsTheCall() throws IOException {
    String id = registered();
    long before = edge.videos().received();
    int cut = edge.videos().cancelled();
    byte[] head = Bytes.concat(field("key", "key-" + id), file("", video(100_000)));
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), edge.edge().port())) {
      OutputStream out = socket.getOutputStream();
      out.write(
          text(
              "POST "
                  + PATH
                  + " HTTP/1.1\r\nHost: x\r\nContent-Length: 50000000\r\n"
                  + "Content-Type: multipart/form-data; boundary="
                  + BOUNDARY
                  + "\r\n\r\n"));
      out.write(head, 0, head.length - 2);
      out.flush();
      Awaitility.await()
          .untilAsserted(() -> assertThat(edge.videos().received() - before).isGreaterThan(90_000));
    }
    Awaitility.await()
        .untilAsserted(() -> assertThat(edge.videos().cancelled()).isEqualTo(cut + 1));
    assertThat(edge.videos().upload(id)).isNull();
  }
}
