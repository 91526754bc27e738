// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.pin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import dev.corkboard.edge.testing.Answer;
import dev.corkboard.edge.testing.Api;
import dev.corkboard.edge.testing.EdgeExtension;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.pin.v1.CreatePinRequest;
import dev.corkboard.pin.v1.VideoSource.CoverCase;
import dev.corkboard.platform.error.ApiException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PinCreationTest {
  private static final String URL_SOURCE =
      "{'source_type':'image_url','url':'https://x.example/a'}";
  private static final String ITEM = "{'url':'https://x.example/a','title':'t'}";

  @RegisterExtension static final EdgeExtension edge = new EdgeExtension();

  private Api api;

  @BeforeEach
  void connect() {
    api = edge.api("7");
  }

  private Answer create(String mediaSource) {
    return create(mediaSource, "");
  }

  private Answer create(String mediaSource, String more) {
    String body = "{'board_id':'1000','media_source':" + mediaSource + more + "}";
    return api.post("/v5/pins", body.replace('\'', '"'));
  }

  private static byte[] picture(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    System.arraycopy("IMG".getBytes(StandardCharsets.UTF_8), 0, bytes, 0, 3);
    return bytes;
  }

  private static String base64Source(byte[] bytes) {
    return "{'source_type':'image_base64','content_type':'image/png','data':'"
        + Base64.getEncoder().encodeToString(bytes)
        + "'}";
  }

  private static String items(String type, int count, String item) {
    String items = String.join(",", Collections.nCopies(count, item));
    return "{'source_type':'" + type + "','items':[" + items + "]}";
  }

  private static CreatePinRequest sent() {
    return edge.pins().script().lastRequest(CreatePinRequest.class);
  }

  @Test
  void p1CreatesAPinFromAUrl() {
    JsonNode pin = create(URL_SOURCE, ",'title':'hello','link':null").has(201).json();
    assertThat(pin.get("title").textValue()).isEqualTo("hello");
    assertThat(pin.get("link").isNull()).isTrue();
    JsonNode image = pin.get("media").get("images").get("600x");
    assertThat(image.get("width").isInt()).isTrue();
    assertThat(image.get("url").textValue())
        .isEqualTo("https://pins.example/media/fetchedfetchedfetched1/600x");
    assertThat(sent().getImages(0).getImageUrl()).isEqualTo("https://x.example/a");
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 4, 5, 65_535, 65_536, 300_000, 3_000_000})
  void p1CreatesAPinFromBase64(int size) {
    byte[] bytes = picture(size);
    create(base64Source(bytes)).has(201);
    assertThat(edge.media().uploads()).contains(ByteString.copyFrom(bytes));
    assertThat(sent().getImages(0).getAssetKey()).startsWith("uploadeduploaded");
  }

  @Test
  void p1TakesBase64WhateverTheEncoderEscapes() {
    byte[] bytes = {'I', 'M', 'G', (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xfb, 'a'};
    String escaped =
        Base64.getEncoder().encodeToString(bytes).replace("/", "\\/").replace("=", "\\u003d");
    assertThat(escaped).contains("\\/", "\\u003d");
    create(
            "{'source_type':'image_base64','content_type':'image/png','data':'" + escaped + "'}",
            ",'title':'after'")
        .has(201);
    assertThat(edge.media().uploads()).contains(ByteString.copyFrom(bytes));
    assertThat(sent().getPin().getTitle()).isEqualTo("after");
  }

  @Test
  void p1CreatesACarouselFromUrls() {
    JsonNode media = create(items("multiple_image_urls", 2, ITEM)).has(201).json().get("media");
    assertThat(media.get("media_type").textValue()).isEqualTo("multiple_images");
    assertThat(media.get("items")).hasSize(2);
    JsonNode item = media.get("items").get(0);
    assertThat(item.get("title").textValue()).isEqualTo("t");
    assertThat(item.get("link").isNull()).isTrue();
    assertThat(item.get("images").get("150x150").get("url").textValue()).endsWith("/150x150");
  }

  @Test
  void p1CreatesACarouselFromBase64InOrder() {
    byte[] first = picture(100);
    byte[] second = picture(200);
    String source =
        "{'items':[{'content_type':'image/png','data':'"
            + Base64.getEncoder().encodeToString(first)
            + "','title':'one'},{'content_type':'image/jpeg','data':'"
            + Base64.getEncoder().encodeToString(second)
            + "'}],'index':1,'source_type':'multiple_image_base64'}";
    create(source).has(201);
    int uploads = edge.media().uploads().size();
    assertThat(edge.media().uploads().subList(uploads - 2, uploads))
        .containsExactly(ByteString.copyFrom(first), ByteString.copyFrom(second));
    assertThat(sent().getImages(0).getTitle()).isEqualTo("one");
    assertThat(sent().getImages(0).getAssetKey()).isNotEqualTo(sent().getImages(1).getAssetKey());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{'url':'https://x.example/a'}|source_type",
        "{'source_type':'image_url'}|url",
        "{'source_type':'image_base64','content_type':'image/png'}|data",
        "{'source_type':'image_base64','data':'AAAA'}|content_type",
        "{'source_type':'multiple_image_urls'}|items",
        "{'source_type':'multiple_image_urls','items':[{'url':'https://a.example'},{}]}|url",
        "{'source_type':'multiple_image_base64','items':[{'data':'AAAA'},{}]}|content_type",
        "{'source_type':'video_id'}|media_id"
      })
  void p2NamesTheRequiredPropertyThatIsMissing(String source, String name) {
    create(source).fails(400, 1, "'" + name + "' is a required property");
  }

  @Test
  void p2NeedsABoardAndAMediaSource() {
    String source = URL_SOURCE.replace('\'', '"');
    api.post("/v5/pins", "{\"media_source\":" + source + "}").fails(400, 1, "board_id: ");
    api.post("/v5/pins", "{\"board_id\":null,\"media_source\":" + source + "}")
        .fails(400, 1, "board_id: ");
    api.post("/v5/pins", "{\"board_id\":\"1\"}").fails(400, 1, "media_source: ");
    api.post("/v5/pins", "{\"board_id\":\"1\",\"media_source\":null}")
        .fails(400, 1, "media_source: ");
  }

  @ParameterizedTest
  @CsvSource({"0,minItems=2", "1,minItems=2", "6,maxItems=5"})
  void p3RefusesTooFewAndTooManyItems(int count, String constraint) {
    create(items("multiple_image_urls", count, ITEM)).fails(400, 1, "constraint: " + constraint);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 5})
  void p3AcceptsTwoToFiveItems(int count) {
    create(items("multiple_image_urls", count, ITEM)).has(201);
    assertThat(sent().getImagesCount()).isEqualTo(count);
  }

  @Test
  void p4RefusesAnUnknownSourceType() {
    create("{'source_type':'image_ftp'}")
        .fails(400, 1, "media_source.source_type: 'image_ftp' is not one of ['image_base64', ");
  }

  @ParameterizedTest
  @CsvSource({"title,100", "description,800", "alt_text,500"})
  void p5CountsCodePoints(String property, int max) {
    String emoji = "\uD83D\uDCCC";
    create(URL_SOURCE, ",'" + property + "':'" + emoji.repeat(max) + "'").has(201);
    create(URL_SOURCE, ",'" + property + "':'" + emoji.repeat(max + 1) + "'")
        .fails(400, 1, property + ": must be at most " + max + " code points, got " + (max + 1));
  }

  @Test
  void p6SaysWhichOfBoardAndSectionIsNotThere() {
    failWith(ApiException.notFound(ErrorReason.ERROR_REASON_BOARD_NOT_FOUND, "board_id", "1000"))
        .fails(404, 40, "Board not found.");
    failWith(ApiException.notFound(ErrorReason.ERROR_REASON_SECTION_NOT_FOUND, "section_id", "1"))
        .fails(404, 2031, "Sorry! We couldn't find this board section.");
    failWith(ApiException.permissionDenied("secret detail"))
        .fails(403, 29, "You are not permitted to access that resource.");
  }

  private Answer failWith(ApiException failure) {
    edge.pins().script().failNext(failure);
    return create(URL_SOURCE);
  }

  @Test
  void t4IgnoresWhatItDoesNotKnowAtEveryLevel() {
    create(
            "{'source_type':'image_url','url':'https://x.example/a','data':5,'content_type':null,"
                + "'is_standard':true,'more':{'deep':[{}]}}",
            ",'note':'private','sponsor_id':null,'other':[1,2,{'x':null}]")
        .has(201);
  }

  @Test
  void t5TakesAnExplicitNullForNothing() {
    create(
            URL_SOURCE,
            ",'alt_text':null,'board_section_id':null,'description':null,'dominant_color':null,"
                + "'link':null,'parent_pin_id':null,'sponsor_id':null,'title':null")
        .has(201);
    assertThat(sent().getPin().getAllFields()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "data:image/png;base64,AAAA",
        "AAA A",
        "AA\\nAA",
        "AA-_",
        "A",
        "AAAAA",
        "AAA==",
        "====",
        "AA=A",
        "AAAA====",
        "\\u0000AAA",
        "\u00e4AAA"
      })
  void refusesWhatIsNotBase64(String data) {
    create("{'source_type':'image_base64','content_type':'image/png','data':'" + data + "'}")
        .fails(400, 1, "media_source.data: does not match '^[a-zA-Z0-9+/=]+$'");
  }

  @Test
  void refusesAClaimedTypeThatIsNoPicture() {
    create("{'source_type':'image_base64','content_type':'image/gif','data':'AAAA'}")
        .fails(400, 1, "content_type: 'image/gif' is not one of ['image/jpeg', 'image/png']");
  }

  @Test
  void bytesThatAreNoPictureAreAFaultOfTheirField() {
    create(base64Source("not a picture".getBytes(StandardCharsets.UTF_8)))
        .fails(400, 235, "Sorry, this image is broken");
    String good = Base64.getEncoder().encodeToString(picture(9));
    Answer answer =
        create(
            "{'source_type':'multiple_image_base64','items':[{'content_type':'image/png','data':'"
                + good
                + "'},{'content_type':'image/png','data':'AAAA'}]}");
    answer.fails(400, 235, "media_source.items[1].data: ");
  }

  @Test
  void aUrlThatCannotBeFetchedIsAFaultOfItsField() {
    ApiException failure =
        ApiException.invalid(
            ErrorReason.ERROR_REASON_IMAGE_FETCH_FAILED, "images[0].image_url", "answered 404");
    failWith(failure)
        .fails(400, 1, "Sorry we could not fetch the image. media_source.url: answered 404");
    edge.pins().script().failNext(failure);
    create(items("multiple_image_urls", 2, ITEM))
        .fails(400, 1, "media_source.items[0].url: answered 404");
  }

  @Test
  void aBadLinkIsWordedAsInTheContract() {
    failWith(
            ApiException.invalid(
                ErrorReason.ERROR_REASON_LINK_INVALID, "pin.link", "pin.link: is no URL"))
        .fails(400, 1, "Whoops! It looks like you entered an invalid URL. link: is no URL");
  }

  private static String video(String cover) {
    return "{'source_type':'video_id','media_id':'77'" + cover + "}";
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "COVER_IMAGE_URL|,'cover_image_url':'https://x.example/c','cover_image_data':null",
        "COVER_KEY_FRAME_SECONDS|,'cover_image_key_frame_time':3,'is_standard':true"
      })
  void p1CreatesAPinFromAVideo(CoverCase expected, String cover) {
    JsonNode pin = create(video(cover)).has(201).json();
    assertThat(sent().getVideo().getVideoId()).isEqualTo("77");
    assertThat(sent().getVideo().getCoverCase()).isEqualTo(expected);
    assertThat(sent().getImagesList()).isEmpty();
    assertThat(pin.get("creative_type").textValue()).isEqualTo("VIDEO");
    JsonNode media = pin.get("media");
    assertThat(media.get("media_type").textValue()).isEqualTo("video");
    assertThat(media.get("duration").intValue()).isEqualTo(12_345);
    assertThat(media.get("width").intValue()).isEqualTo(640);
    assertThat(media.get("height").intValue()).isEqualTo(360);
    assertThat(media.get("video_url").textValue())
        .isEqualTo("https://pins.example/media/videovideovideovideo12/originals");
    assertThat(media.get("cover_image_url").textValue())
        .isEqualTo(media.get("images").get("1200x").get("url").textValue());
  }

  @Test
  void p1CoverOfAVideoMayComeWithItsBytes() {
    byte[] bytes = picture(300);
    String data = Base64.getEncoder().encodeToString(bytes);
    create(video(",'cover_image_content_type':'image/png','cover_image_data':'" + data + "'"))
        .has(201);
    assertThat(edge.media().uploads()).contains(ByteString.copyFrom(bytes));
    assertThat(sent().getVideo().getCoverAssetKey()).isNotEmpty();
    create(video(",'cover_image_content_type':'image/png','cover_image_data':'AAAA'"))
        .fails(400, 235, "media_source.cover_image_data");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ",'cover_image_url':null",
        ",'cover_image_url':'https://x.example/c','cover_image_key_frame_time':1"
      })
  void aVideoHasExactlyOneCover(String cover) {
    create(video(cover)).fails(400, 1, "cover_image_url or cover_image_content_type");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        ",'cover_image_data':'AAAA'|'cover_image_content_type' is a required property",
        ",'cover_image_content_type':'image/png'|'cover_image_data' is a required property",
        ",'cover_image_key_frame_time':-1|less than the minimum of 0",
        ",'cover_image_key_frame_time':'1'|is not of type 'integer'",
        ",'cover_image_content_type':'image/gif','cover_image_data':'AAAA'|is not one of",
        ",'cover_image_content_type':'image/png','cover_image_data':'A A'|does not match"
      })
  void aCoverThatIsNoneIsNamed(String cover, String message) {
    create(video(cover)).fails(400, 1, message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ERROR_REASON_IMAGE_FETCH_FAILED|video.cover_image_url|media_source.cover_image_url",
        "ERROR_REASON_INVALID_FIELD|video.cover_key_frame_seconds|cover_image_key_frame_time",
        "ERROR_REASON_INVALID_FIELD|video.video_id|media_source.media_id"
      })
  void errorsOfVideosNameTheContractsFields(ErrorReason reason, String field, String expected) {
    edge.pins().script().failNext(ApiException.invalid(reason, field, field + ": no"));
    create(video(",'cover_image_key_frame_time':3")).fails(400, 1, expected + ": no");
  }

  @Test
  void m4VideoThatIsNotReadyIsABadRequest() {
    ApiException notReady =
        ApiException.failedPrecondition(
            ErrorReason.ERROR_REASON_VIDEO_NOT_READY, "field", "video.video_id", "internal");
    edge.pins().script().failNext(notReady);
    create(video(",'cover_image_key_frame_time':3"))
        .fails(400, 1, "media_id: The video is not uploaded yet");
  }

  @Test
  void productPinsAreNotPermitted() {
    create("{'source_type':'pin_url'}").fails(403, 29, "You are not permitted");
  }

  @Test
  void aRepeatedPictureIsSentOnceAsOneBody() {
    byte[] bytes = picture(5_000_000);
    Answer answer = create(base64Source(bytes));
    answer.has(201);
    assertThat(edge.media().uploads())
        .anySatisfy(uploaded -> assertThat(Arrays.equals(uploaded.toByteArray(), bytes)).isTrue());
  }
}
