// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.pin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.FieldMask;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.pin.v1.CreatePinRequest;
import dev.corkboard.pin.v1.CreativeType;
import dev.corkboard.pin.v1.ImageSource;
import dev.corkboard.pin.v1.Pin;
import dev.corkboard.pin.v1.PinImage;
import dev.corkboard.pin.v1.SavePinRequest;
import dev.corkboard.pin.v1.UpdatePinRequest;
import dev.corkboard.platform.error.ApiException;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PinRequestsTest {
  /** One code point, two chars. */
  private static final String EMOJI = "\ud83d\ude00";

  private static final Instant LATER = Pins.NOW.plusSeconds(60);

  private static CreatePinRequest create(Consumer<Pin.Builder> change) {
    CreatePinRequest.Builder request = PinRig.request("7");
    change.accept(request.getPinBuilder());
    return request.build();
  }

  private static void assertInvalid(CreatePinRequest request, String field) {
    assertThatThrownBy(() -> PinRequests.check(request))
        .isInstanceOfSatisfying(
            ApiException.class,
            e -> {
              assertThat(e.reason()).isEqualTo(ErrorReason.ERROR_REASON_INVALID_FIELD);
              assertThat(e.violations()).extracting(ApiException.Violation::field).contains(field);
            });
  }

  private static void set(Pin.Builder pin, String field, String value) {
    pin.setField(Pin.getDescriptor().findFieldByName(field), value);
  }

  @ParameterizedTest
  @CsvSource({"title, 100", "description, 800", "alt_text, 500"})
  @DisplayName("P5 text limits count code points")
  void textLimitsCountCodePoints(String field, int max) {
    assertThatCode(() -> PinRequests.check(create(pin -> set(pin, field, EMOJI.repeat(max)))))
        .doesNotThrowAnyException();
    assertInvalid(create(pin -> set(pin, field, EMOJI.repeat(max + 1))), "pin." + field);
    assertInvalid(create(pin -> set(pin, field, "nul\0")), "pin." + field);
  }

  @Test
  @DisplayName("P5 link limit")
  void linkLimitCountsCodePoints() {
    String prefix = "https://example.org/";
    String longest = prefix + EMOJI.repeat(2048 - prefix.length());
    assertThatCode(() -> PinRequests.check(create(pin -> pin.setLink(longest))))
        .doesNotThrowAnyException();
    assertInvalid(create(pin -> pin.setLink(longest + "x")), "pin.link");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://a",
        "HTTPS://Example.org:8443/p?q=1#f",
        "https://user:pw@example.org/",
        "http://[2001:db8::1]/x",
        "https://ex\u00e4mple.org/|{}",
        "http://a_b.example.org"
      })
  void acceptsAbsoluteWebLinks(String link) {
    assertThatCode(() -> PinRequests.check(create(pin -> pin.setLink(link))))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "example.org",
        "/path",
        "//example.org/",
        "ftp://example.org/",
        "javascript:alert(1)",
        "http://",
        "http:///x",
        "https://?q",
        "http://exa mple.org",
        " http://example.org",
        "http://user@",
        "data:text/html,x"
      })
  void refusesOtherLinks(String link) {
    assertThatThrownBy(() -> PinRequests.check(create(pin -> pin.setLink(link))))
        .isInstanceOfSatisfying(
            ApiException.class,
            e -> {
              assertThat(e.reason()).isEqualTo(ErrorReason.ERROR_REASON_LINK_INVALID);
              assertThat(e.metadata()).containsEntry("field", "pin.link");
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"#12345", "#1234567", "123456", "#12345g", "red"})
  void refusesOtherColors(String color) {
    assertInvalid(create(pin -> pin.setDominantColor(color)), "pin.dominant_color");
  }

  @ParameterizedTest
  @CsvSource({"0, false", "1, true", "2, true", "5, true", "6, false"})
  @DisplayName("P3 one picture, or 2 to 5")
  void oneToFivePictures(int images, boolean accepted) {
    CreatePinRequest.Builder request = PinRig.request("7").clearImages();
    for (int i = 0; i < images; i++) {
      request.addImages(ImageSource.newBuilder().setImageUrl("http://a/" + i).setTitle("t" + i));
    }
    if (accepted) {
      assertThatCode(() -> PinRequests.check(request.build())).doesNotThrowAnyException();
    } else {
      assertInvalid(request.build(), "images");
    }
  }

  @Test
  @DisplayName("P2 what is required")
  void namesEveryFieldThatIsMissingOrWrong() {
    CreatePinRequest request =
        CreatePinRequest.newBuilder()
            .setPin(Pin.newBuilder().setSectionId("x").setParentPinId("-1"))
            .addImages(ImageSource.getDefaultInstance())
            .setRequestId("nope")
            .build();
    for (String field :
        List.of("pin.board_id", "pin.section_id", "pin.parent_pin_id", "images[0]", "request_id")) {
      assertInvalid(request, field);
    }
    assertInvalid(
        PinRig.request("7")
            .addImages(
                ImageSource.newBuilder()
                    .setAssetKey("a")
                    .setTitle("x".repeat(101))
                    .setDescription("x".repeat(801)))
            .build(),
        "images[1].description");
    assertInvalid(
        PinRig.request("7").setImages(0, ImageSource.newBuilder().setImageUrl("")).build(),
        "images[0].image_url");
  }

  @Test
  void saveNeedsPinAndBoard() {
    assertThatThrownBy(() -> PinRequests.check(SavePinRequest.getDefaultInstance()))
        .isInstanceOfSatisfying(
            ApiException.class,
            e ->
                assertThat(e.violations())
                    .extracting(ApiException.Violation::field)
                    .containsExactly("pin_id", "board_id"));
  }

  private static PinMedia picture() {
    return PinMedia.of(List.of(Pins.image("a")));
  }

  @Test
  void colorIsThatOfThePictureUnlessGiven() {
    PinMedia images = picture();
    CreatePinRequest plain = PinRig.request("7").build();
    Pin none = Pin.getDefaultInstance();
    assertThat(PinRequests.created(plain, "1", "2", none, images, Pins.NOW).getDominantColor())
        .isEqualTo("#a0b1c2");
    CreatePinRequest given = create(pin -> pin.setDominantColor("#ABCDEF"));
    assertThat(PinRequests.created(given, "1", "2", none, images, Pins.NOW).getDominantColor())
        .isEqualTo("#abcdef");
  }

  @Test
  void outputOnlyFieldsOfARequestAreIgnored() {
    CreatePinRequest request =
        create(
            pin ->
                pin.setId("99")
                    .setOwnerId("98")
                    .setRootPinId("97")
                    .setEtag("96")
                    .setBoardOwnerId("95")
                    .setCreativeType(CreativeType.CREATIVE_TYPE_CAROUSEL)
                    .addImages(PinImage.newBuilder().setTitle("x")));
    Pin made =
        PinRequests.created(request, "1", "2", Pin.getDefaultInstance(), picture(), Pins.NOW);
    assertThat(made.getId()).isEqualTo("1");
    assertThat(made.getOwnerId()).isEqualTo("2");
    assertThat(made.getRootPinId()).isEqualTo("1");
    assertThat(made.getEtag()).isEqualTo("1");
    assertThat(made.getBoardOwnerId()).isEmpty();
    assertThat(made.getCreativeType()).isEqualTo(CreativeType.CREATIVE_TYPE_REGULAR);
    assertThat(made.getImagesList())
        .hasSize(1)
        .first()
        .extracting(PinImage::getTitle)
        .isEqualTo("");
  }

  private static Pin update(Pin pin, Pin values, String... paths) {
    UpdatePinRequest.Builder request =
        UpdatePinRequest.newBuilder().setPin(values.toBuilder().setId(pin.getId()));
    if (paths.length > 0) {
      request.setUpdateMask(FieldMask.newBuilder().addAllPaths(List.of(paths)));
    }
    PinRequests.check(request.build());
    return PinRequests.updated(pin, request.build(), LATER);
  }

  @Test
  @DisplayName("P11 missing keeps, named and empty clears")
  void maskDecidesBetweenKeepingAndClearing() {
    Pin pin = Pins.pin("1", "2", "3");
    Pin kept = update(pin, Pin.newBuilder().setTitle("New").build());
    assertThat(kept.getTitle()).isEqualTo("New");
    assertThat(kept.getDescription()).isEqualTo("Description");
    assertThat(kept.getEtag()).isEqualTo("2");
    assertThat(kept.getUpdateTime()).isEqualTo(Intents.timestamp(LATER));
    assertThat(kept.getCreateTime()).isEqualTo(pin.getCreateTime());
    Pin cleared = update(pin, Pin.getDefaultInstance(), "description", "link", "alt_text");
    assertThat(cleared.getDescription()).isEmpty();
    assertThat(cleared.getLink()).isEmpty();
    assertThat(cleared.getAltText()).isEmpty();
    assertThat(cleared.getTitle()).isEqualTo(pin.getTitle());
    Pin all = update(pin, Pin.newBuilder().setBoardId("3").setTitle("Only").build(), "*");
    assertThat(all.getTitle()).isEqualTo("Only");
    assertThat(all.getDescription()).isEmpty();
    assertThat(all.getImagesList()).isEqualTo(pin.getImagesList());
  }

  @Test
  void changingNothingKeepsTheEtag() {
    Pin pin = Pins.pin("1", "2", "3");
    assertThat(update(pin, Pin.getDefaultInstance())).isSameAs(pin);
    assertThat(update(pin, Pin.newBuilder().setTitle(pin.getTitle()).build())).isSameAs(pin);
  }

  @Test
  @DisplayName("P11 a move clears the section unless one is given")
  void moveClearsTheSection() {
    Pin pin = Pins.pin("1", "2", "3").toBuilder().setSectionId("5").build();
    assertThat(update(pin, Pin.newBuilder().setBoardId("4").build()).getSectionId()).isEmpty();
    assertThat(update(pin, Pin.newBuilder().setBoardId("3").build())).isSameAs(pin);
    Pin both = update(pin, Pin.newBuilder().setBoardId("4").setSectionId("6").build());
    assertThat(both.getSectionId()).isEqualTo("6");
    assertThat(update(pin, Pin.getDefaultInstance(), "section_id").getSectionId()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"owner_id", "id", "etag", "parent_pin_id", "images.title", "nonsense"})
  void refusesPathsThatCannotBeChanged(String path) {
    UpdatePinRequest request =
        UpdatePinRequest.newBuilder()
            .setPin(Pin.newBuilder().setId("1"))
            .setUpdateMask(FieldMask.newBuilder().addPaths(path))
            .build();
    assertThatThrownBy(() -> PinRequests.check(request))
        .isInstanceOfSatisfying(
            ApiException.class,
            e -> assertThat(e.metadata()).containsEntry("field", "update_mask"));
  }

  @Test
  void boardCannotBeCleared() {
    UpdatePinRequest request =
        UpdatePinRequest.newBuilder()
            .setPin(Pin.newBuilder().setId("1"))
            .setUpdateMask(FieldMask.newBuilder().addPaths("board_id"))
            .build();
    assertThatThrownBy(() -> PinRequests.check(request))
        .isInstanceOfSatisfying(
            ApiException.class,
            e -> assertThat(e.metadata()).containsEntry("field", "pin.board_id"));
  }

  @Test
  void wordsOfACarouselChangeAndItsPicturesStay() {
    Pin carousel =
        Pins.pin("1", "2", "3").toBuilder()
            .setCreativeType(CreativeType.CREATIVE_TYPE_CAROUSEL)
            .addImages(PinImage.newBuilder().setImage(Pins.image("b")).setTitle("old"))
            .build();
    Pin next =
        update(
            carousel,
            Pin.newBuilder()
                .addImages(PinImage.newBuilder().setTitle("one").setLink("http://one"))
                .addImages(PinImage.newBuilder().setImage(Pins.image("forged")))
                .build());
    assertThat(next.getImages(0).getTitle()).isEqualTo("one");
    assertThat(next.getImages(0).getImage()).isEqualTo(carousel.getImages(0).getImage());
    assertThat(next.getImages(1).getTitle()).isEmpty();
    assertThat(next.getImages(1).getImage()).isEqualTo(Pins.image("b"));
    assertThatThrownBy(
            () ->
                update(carousel, Pin.newBuilder().addImages(PinImage.getDefaultInstance()).build()))
        .hasMessageContaining("must be 2 as before, got 1");
    assertThatThrownBy(
            () ->
                update(
                    Pins.pin("1", "2", "3"),
                    Pin.newBuilder().addImages(PinImage.newBuilder().setTitle("x")).build()))
        .hasMessageContaining("only a carousel");
  }
}
