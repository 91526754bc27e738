// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.primitives.Bytes;
import dev.corkboard.deploy.e2e.Rest.Answer;
import dev.corkboard.media.video.Videos;
import java.awt.Color;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Videos from registration to the Pins made of them, as the contract's clients do it. */
class VideosIT {
  private static final String BOUNDARY = "b0undary";

  private final EndToEnd suite = EndToEnd.get();
  private final Rest owner = suite.newAccount();
  private final String board = owner.createBoard("PUBLIC");

  private JsonNode register() {
    return owner
        .post("/v5/media", Rest.object(o -> o.put("media_type", "video")))
        .expect(201)
        .json();
  }

  private static byte[] part(String name, String more, byte[] content) {
    String head =
        "--"
            + BOUNDARY
            + "\r\nContent-Disposition: form-data; name=\""
            + name
            + "\""
            + more
            + "\r\n\r\n";
    return Bytes.concat(head.getBytes(StandardCharsets.UTF_8), content, new byte[] {'\r', '\n'});
  }

  /** As a client does it: every parameter as a field, then the file, and no token. */
  private Answer upload(JsonNode registered, String more, byte[] video) {
    byte[] form = new byte[0];
    for (Map.Entry<String, JsonNode> field : registered.get("upload_parameters").properties()) {
      byte[] value = field.getValue().textValue().getBytes(StandardCharsets.UTF_8);
      form = Bytes.concat(form, part(field.getKey(), "", value));
    }
    byte[] end = ("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8);
    return suite
        .anonymous()
        .send(
            HttpRequest.newBuilder(URI.create(registered.get("upload_url").textValue()))
                .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                .POST(
                    BodyPublishers.ofByteArray(Bytes.concat(form, part("file", more, video), end)))
                .build());
  }

  private String uploaded(byte[] video) {
    JsonNode registered = register();
    upload(registered, "; filename=\"a.mp4\"\r\nContent-Type: video/mp4", video).expect(204);
    return registered.get("media_id").textValue();
  }

  private String status(String id) {
    return owner.get("/v5/media/" + id).expect(200).json().get("status").textValue();
  }

  private Answer pin(String mediaId, Consumer<ObjectNode> cover) {
    ObjectNode source = Rest.object(cover);
    source.put("source_type", "video_id").put("media_id", mediaId);
    ObjectNode body = Rest.object(o -> o.put("board_id", board).put("title", "A film"));
    return owner.post("/v5/pins", body.set("media_source", source));
  }

  @Test
  @DisplayName("M1 registering answers with what to upload with")
  void registered() {
    JsonNode media = register();
    assertThat(media.get("upload_url").textValue()).startsWith(suite.edge());
    assertThat(media.at("/upload_parameters/key").textValue()).isNotEmpty();
    String id = media.get("media_id").textValue();
    assertThat(status(id)).isEqualTo("registered");
    assertThat(owner.walk("/v5/media", 1).get(0).get("media_id").textValue()).isEqualTo(id);
  }

  @ParameterizedTest
  @ValueSource(strings = {"; filename=\"a.mp4\"\r\nContent-Type: video/mp4", ""})
  @DisplayName("M2, M3 an upload with and without a file name succeeds")
  void uploadSucceeds(String more) {
    JsonNode registered = register();
    byte[] video = Videos.unique();
    upload(registered, more, video).expect(204);
    assertThat(status(registered.get("media_id").textValue())).isEqualTo("succeeded");
    upload(registered, more, video).expect(204);
    upload(registered, more, Videos.unique()).expect(409);
  }

  @Test
  @DisplayName("M3 what is no video fails, and may be made good")
  void brokenUploadFails() {
    JsonNode registered = register();
    upload(registered, "", new byte[] {1, 2, 3}).expect(400, 1, "video is broken");
    assertThat(status(registered.get("media_id").textValue())).isEqualTo("failed");
    upload(registered, "", Videos.unique()).expect(204);
    assertThat(status(registered.get("media_id").textValue())).isEqualTo("succeeded");
  }

  @Test
  @DisplayName("M4 a Pin of media that is not there is 404, of media not uploaded 400")
  void mediaMustBeReady() {
    pin("1", o -> o.put("cover_image_key_frame_time", 0))
        .expect(404, 404, "Media upload not found");
    String waiting = register().get("media_id").textValue();
    pin(waiting, o -> o.put("cover_image_key_frame_time", 0)).expect(400, 1, "media_id");
    pin(waiting, o -> {}).expect(400, 1, "cover_image_url or cover_image_content_type");
  }

  @Test
  @DisplayName("M5 media are their owner's: foreign ones are not found, whatever their state")
  void foreignMediaAreNotFound() {
    String id = uploaded(Videos.unique());
    Rest stranger = suite.newAccount();
    stranger.get("/v5/media/" + id).expect(404, 404, "Media upload not found");
    assertThat(stranger.get("/v5/media").expect(200).json().get("items")).isEmpty();
    String theirs = stranger.createBoard("PUBLIC");
    ObjectNode body = Rest.object(o -> o.put("board_id", theirs));
    body.putObject("media_source")
        .put("source_type", "video_id")
        .put("media_id", id)
        .put("cover_image_key_frame_time", 0);
    stranger.post("/v5/pins", body).expect(404, 404, "Media upload not found");
    Set<String> reading = Set.of("pins:read");
    suite.as(owner, reading).get("/v5/media/" + id).expect(200);
    suite
        .as(owner, reading)
        .post("/v5/media", Rest.object(o -> o.put("media_type", "video")))
        .expect(401, 3, "pins:write");
  }

  private static Color colour(byte[] picture) throws IOException {
    return new Color(ImageIO.read(new ByteArrayInputStream(picture)).getRGB(40, 40));
  }

  @Test
  @DisplayName("P1 a Pin of a video shows it, and a key frame as its cover")
  void pinOfAVideo() throws IOException {
    byte[] video = Videos.unique();
    String id = uploaded(video);
    JsonNode pin = pin(id, o -> o.put("cover_image_key_frame_time", 1)).expect(201).json();
    assertThat(pin.get("creative_type").textValue()).isEqualTo("VIDEO");
    JsonNode media = pin.get("media");
    assertThat(media.get("media_type").textValue()).isEqualTo("video");
    assertThat(media.get("duration").intValue()).isEqualTo(Videos.MILLIS);
    assertThat(media.get("width").intValue()).isEqualTo(Videos.WIDTH);
    assertThat(media.get("height").intValue()).isEqualTo(Videos.HEIGHT);
    String url = media.get("video_url").textValue();
    HttpResponse<byte[]> whole = suite.anonymous().bytes(url);
    assertThat(whole.body()).isEqualTo(video);
    assertThat(whole.headers().firstValue("content-type")).contains("video/mp4");
    HttpResponse<byte[]> part = suite.anonymous().bytes(url, "range", "bytes=100-199");
    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(part.body()).isEqualTo(Arrays.copyOfRange(video, 100, 200));
    byte[] cover = suite.anonymous().bytes(media.get("cover_image_url").textValue()).body();
    assertThat(colour(cover).getGreen()).isGreaterThan(200);
    assertThat(colour(cover).getRed()).isLessThan(100);
    assertThat(owner.get("/v5/pins/" + pin.get("id").textValue()).json()).isEqualTo(pin);
    assertThat(owner.ids("/v5/pins?creative_types=VIDEO", 25))
        .containsExactly(pin.get("id").textValue());
    assertThat(owner.ids("/v5/pins?creative_types=REGULAR", 25)).isEmpty();
  }

  @Test
  @DisplayName("P1 a cover may be a picture or a URL; the video is one Pin's or many's")
  void coverIsAPictureOrAUrl() {
    String id = uploaded(Videos.webm(640, 360, 1_500));
    JsonNode first =
        pin(
                id,
                o ->
                    o.put("cover_image_content_type", "image/png")
                        .put("cover_image_data", Pictures.base64("png", 320, 200, 7)))
            .expect(201)
            .json();
    String cover = first.at("/media/images/originals/url").textValue();
    JsonNode second = pin(id, o -> o.put("cover_image_url", cover)).expect(201).json();
    assertThat(second.at("/media/video_url")).isEqualTo(first.at("/media/video_url"));
    assertThat(second.at("/media/images/originals/width").intValue()).isEqualTo(320);
    pin(id, o -> o.put("cover_image_key_frame_time", 0)).expect(400, 1, "H.264");
    String video = first.at("/media/video_url").textValue();
    pin(id, o -> o.put("cover_image_url", video)).expect(400, 1, "could not fetch the image");
  }

  @Test
  @DisplayName("P12 a saved video is one too, and outlives the Pin it was saved from")
  void savedVideo() {
    byte[] video = Videos.unique();
    String id = pin(uploaded(video), o -> o.put("cover_image_key_frame_time", 2)).expect(201).id();
    Rest saver = suite.newAccount();
    String target = saver.createBoard("PUBLIC");
    JsonNode saved =
        saver
            .post("/v5/pins/" + id + "/save", Rest.object(o -> o.put("board_id", target)))
            .expect(201)
            .json();
    owner.delete("/v5/pins/" + id).expect(204);
    assertThat(saved.get("creative_type").textValue()).isEqualTo("VIDEO");
    assertThat(saver.bytes(saved.at("/media/video_url").textValue()).body()).isEqualTo(video);
  }

  @Test
  void mostSavedVideosAreRanked() {
    String id =
        pin(uploaded(Videos.unique()), o -> o.put("cover_image_key_frame_time", 0))
            .expect(201)
            .id();
    String picture = owner.createPin(board);
    for (String pin : List.of(id, picture)) {
      owner
          .post("/v5/pins/" + pin + "/save", Rest.object(o -> o.put("board_id", board)))
          .expect(201);
    }
    String today = java.time.LocalDate.now(java.time.ZoneOffset.UTC).toString();
    JsonNode top =
        owner
            .get(
                "/v5/user_account/analytics/top_video_pins?sort_by=SAVE&start_date="
                    + today
                    + "&end_date="
                    + today)
            .expect(200)
            .json();
    assertThat(top.get("pins")).hasSize(1);
    assertThat(top.at("/pins/0/pin_id").textValue()).isEqualTo(id);
  }

  @Test
  void repeatedCreationIsOnePin() {
    String id = uploaded(Videos.unique());
    ObjectNode body = Rest.object(o -> o.put("board_id", board));
    body.putObject("media_source")
        .put("source_type", "video_id")
        .put("media_id", id)
        .put("cover_image_key_frame_time", 0);
    String key = UUID.randomUUID().toString();
    String first = owner.postAsync("/v5/pins", body, key).join().expect(201).id();
    assertThat(owner.postAsync("/v5/pins", body, key).join().expect(201).id()).isEqualTo(first);
  }
}
