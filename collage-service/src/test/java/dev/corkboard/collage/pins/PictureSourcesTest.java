// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.pins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.corkboard.collage.index.CollageIndex;
import dev.corkboard.collage.index.InMemoryCollageIndex;
import dev.corkboard.collage.v1.Canvas;
import dev.corkboard.collage.v1.Credit;
import dev.corkboard.collage.v1.Document;
import dev.corkboard.collage.v1.ImageContent;
import dev.corkboard.collage.v1.Layer;
import dev.corkboard.collage.v1.Picture;
import dev.corkboard.collage.v1.PinPicture;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.pin.v1.Pin;
import dev.corkboard.platform.client.ServiceTokens;
import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.server.Caller;
import dev.corkboard.platform.testing.GrpcExtension;
import dev.corkboard.platform.testing.TestTokens;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PictureSourcesTest {
  private static final long COLLAGE = 77;

  private final FakePinService fake = new FakePinService();
  private final CollageIndex index = new InMemoryCollageIndex();

  @RegisterExtension final GrpcExtension grpc = new GrpcExtension("pin", tokens -> fake.services());

  private PictureSources sources;
  private Credits credits;

  @BeforeEach
  void connect() {
    ServiceTokens tokens = new ServiceTokens(grpc.tokens().identity("collage"), Clock.systemUTC());
    PinDirectory pins = new GrpcPinDirectory(grpc.channel());
    sources =
        new PictureSources(
            pins,
            new GrpcMediaHolder(grpc.channel(), tokens),
            new GrpcPictureBytes(grpc.channel()),
            index,
            Clock.systemUTC());
    credits = new Credits(pins);
  }

  private Caller caller(String account) {
    return caller(account, TestTokens.ALL_SCOPES);
  }

  private Caller caller(String account, Set<String> scopes) {
    String token = grpc.tokens().access(account, scopes, Instant.now().plusSeconds(600));
    return new Caller(account, scopes, Optional.empty(), "a-request", token);
  }

  private static byte[] png(int width, int height, int type) {
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      ImageIO.write(new BufferedImage(width, height, type), "png", out);
      return out.toByteArray();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private String upload(String owner) {
    return fake.upload(owner, 4, 3, png(4, 3, BufferedImage.TYPE_INT_RGB));
  }

  private static Picture of(Pin pin, int index) {
    return Picture.newBuilder()
        .setPin(PinPicture.newBuilder().setPinId(pin.getId()).setIndex(index))
        .build();
  }

  private static Picture of(String assetKey) {
    return Picture.newBuilder().setAssetKey(assetKey).build();
  }

  private Map<Picture, Picture> resolve(
      Caller caller, Map<String, Picture> known, Set<Picture> asked, Set<Picture> masks) {
    return sources.resolve(caller, COLLAGE, known, asked, masks).toCompletableFuture().join();
  }

  private Picture resolve(Caller caller, Picture picture) {
    return resolve(caller, Map.of(), Set.of(picture), Set.of()).get(picture);
  }

  private ErrorReason refusal(Caller caller, Picture picture) {
    return ApiException.from(catchThrowable(() -> resolve(caller, picture))).reason();
  }

  @Test
  void aPinsPictureIsCopiedWithACreditAndFoundByItsPin() {
    Pin pin = fake.pin("1", upload("1"));
    Picture copy = resolve(caller("2"), of(pin, 0));
    Credit credit = copy.getCredit();
    assertThat(copy.getSourceCase()).isEqualTo(Picture.SourceCase.SOURCE_NOT_SET);
    assertThat(fake.held("77")).containsExactly(copy.getImage().getAssetKey());
    assertThat(credit.getPinId()).isEqualTo(pin.getId());
    assertThat(credit.getOwnerId()).isEqualTo("1");
    assertThat(credit.getLink()).isEqualTo(pin.getLink());
    assertThat(credit.getSha256()).isNotEmpty();
    assertThat(credit.hasTakeTime()).isTrue();
    CollageIndex.Key key = new CollageIndex.Key(CollageIndex.Kind.PIN, Long.parseLong(pin.getId()));
    assertThat(index.find(key, Long.MAX_VALUE, 10).toCompletableFuture().join())
        .containsExactly(COLLAGE);
  }

  @Test
  void anUploadIsItsUploadersAloneAndHasNoCredit() {
    String key = upload("1");
    Picture copy = resolve(caller("1"), of(key));
    assertThat(copy.getImage().getAssetKey()).isNotEqualTo(key);
    assertThat(copy.hasCredit()).isFalse();
    assertThat(refusal(caller("2"), of(key))).isEqualTo(ErrorReason.ERROR_REASON_MEDIA_NOT_FOUND);
  }

  @Test
  void whatTheCollageHasIsEveryEditorsToUse() {
    Picture known = resolve(caller("1"), of(upload("1")));
    String key = known.getImage().getAssetKey();
    assertThat(resolve(caller("2"), Map.of(key, known), Set.of(of(key)), Set.of()))
        .containsEntry(of(key), known);
  }

  @Test
  void aPinThatTheWriterDoesNotSeeIsNotThere() {
    Pin pin = fake.pin("1", upload("1"));
    fake.hide(pin.getId());
    assertThat(refusal(caller("2"), of(pin, 0))).isEqualTo(ErrorReason.ERROR_REASON_PIN_NOT_FOUND);
    assertThat(fake.held("77")).isEmpty();
    assertThat(resolve(caller("1"), of(pin, 0)).hasCredit()).isTrue();
  }

  @Test
  void aTokenThatMayNotReadPinsTakesNoneOfThem() {
    Pin pin = fake.pin("1", upload("1"));
    assertThat(refusal(caller("1", Set.of("collages:write", "boards:read")), of(pin, 0)))
        .isEqualTo(ErrorReason.ERROR_REASON_INSUFFICIENT_SCOPE);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 1, Integer.MAX_VALUE})
  void aPictureThatThePinDoesNotHaveIsNamed(int index) {
    Pin pin = fake.pin("1", upload("1"));
    assertThat(refusal(caller("1"), of(pin, index)))
        .isEqualTo(ErrorReason.ERROR_REASON_INVALID_FIELD);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "99999999999999999999999"})
  void whatIsNoPinIsNotFound(String id) {
    assertThat(refusal(caller("1"), of(Pin.newBuilder().setId(id).build(), 0)))
        .isEqualTo(ErrorReason.ERROR_REASON_PIN_NOT_FOUND);
  }

  @Test
  void aPictureFromNowhereIsRefused() {
    assertThat(refusal(caller("1"), Picture.getDefaultInstance()))
        .isEqualTo(ErrorReason.ERROR_REASON_INVALID_FIELD);
  }

  @Test
  void manyPicturesAreAllResolvedAndTooManyRefused() {
    Set<Picture> many =
        IntStream.range(0, 40).mapToObj(i -> of(upload("1"))).collect(Collectors.toSet());
    assertThat(resolve(caller("1"), Map.of(), many, Set.of())).hasSize(40);
    Set<Picture> tooMany =
        IntStream.range(0, 501).mapToObj(i -> of("key-" + i)).collect(Collectors.toSet());
    assertThat(catchThrowable(() -> resolve(caller("1"), Map.of(), tooMany, Set.of())))
        .hasMessageContaining("at most 500");
  }

  @Test
  void aMaskIsAnEightBitGreyPng() {
    List<byte[]> bad =
        List.of(
            png(4, 3, BufferedImage.TYPE_INT_RGB),
            png(4, 3, BufferedImage.TYPE_INT_ARGB),
            png(4, 3, BufferedImage.TYPE_USHORT_GRAY),
            png(4, 3, BufferedImage.TYPE_BYTE_BINARY),
            new byte[] {1, 2, 3});
    for (byte[] bytes : bad) {
      Picture mask = of(fake.upload("1", 4, 3, bytes));
      Throwable refused =
          catchThrowable(() -> resolve(caller("1"), Map.of(), Set.of(mask), Set.of(mask)));
      assertThat(ApiException.from(refused).violations())
          .extracting(ApiException.Violation::field)
          .containsExactly("mask.picture");
    }
    Picture good = of(fake.upload("1", 4, 3, png(4, 3, BufferedImage.TYPE_BYTE_GRAY)));
    assertThat(resolve(caller("1"), Map.of(), Set.of(good), Set.of(good))).hasSize(1);
  }

  @Test
  void creditsAreShownToThoseWhoSeeThePin() {
    Pin pin = fake.pin("1", upload("1"));
    Picture copy = resolve(caller("1"), of(pin, 0));
    Document document =
        Document.newBuilder()
            .setCanvas(Canvas.newBuilder().setWidth(10).setHeight(10))
            .addLayers(Layer.newBuilder().setImage(ImageContent.newBuilder().setPicture(copy)))
            .build();
    assertThat(shown(document, caller("2")).getPinId()).isEqualTo(pin.getId());
    assertThat(shown(document, caller("2")).getAvailability())
        .isEqualTo(Credit.Availability.AVAILABILITY_VISIBLE);

    fake.hide(pin.getId());
    Credit gone =
        Credit.newBuilder().setAvailability(Credit.Availability.AVAILABILITY_UNAVAILABLE).build();
    assertThat(shown(document, caller("2"))).isEqualTo(gone);
    assertThat(shown(document, caller("1")).getLink()).isEqualTo(pin.getLink());
    assertThat(shown(document, caller("1", Set.of("collages:read")))).isEqualTo(gone);

    fake.delete(pin.getId());
    assertThat(shown(document, caller("1"))).isEqualTo(gone);
  }

  private Credit shown(Document document, Caller reader) {
    Document shown = credits.show(reader, document).toCompletableFuture().join();
    return shown.getLayers(0).getImage().getPicture().getCredit();
  }
}
