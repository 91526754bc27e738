// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.media;

import static dev.corkboard.media.MediaFixture.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.media.v1.HoldMediaRequest;
import dev.corkboard.media.v1.HoldMediaResponse;
import dev.corkboard.media.v1.HoldServiceGrpc;
import dev.corkboard.media.v1.HoldServiceGrpc.HoldServiceBlockingStub;
import dev.corkboard.media.v1.Image;
import dev.corkboard.media.v1.ReleaseMediaRequest;
import dev.corkboard.platform.client.ServiceTokens;
import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.testing.GrpcExtension;
import dev.corkboard.platform.testing.TestTokens;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HoldServiceTest {
  @TempDir static Path directory;
  private final HoldStore store = new InMemoryHoldStore();
  private MediaFixture media;

  @RegisterExtension
  final GrpcExtension grpc =
      new GrpcExtension(
          "pin",
          tokens -> {
            media = new MediaFixture(directory);
            MediaIntake intake = media.intake(media.catalog, media.store);
            return List.of(new HoldService(new MediaHolds(store, media.catalog, intake)));
          });

  @AfterEach
  void close() {
    media.close();
  }

  private HoldServiceBlockingStub as(String actorId) {
    ServiceTokens tokens = new ServiceTokens(grpc.tokens().identity("collage"), Clock.systemUTC());
    return HoldServiceGrpc.newBlockingStub(grpc.channel())
        .withCallCredentials(
            tokens.credentials("pin", actorId, TestTokens.ALL_SCOPES, "a-request"));
  }

  private static HoldMediaRequest.Builder hold(String holder, Image image) {
    return HoldMediaRequest.newBuilder().setHolderId(holder).setAssetKey(image.getAssetKey());
  }

  private static ErrorReason refusal(Runnable call) {
    return ApiException.from(catchThrowable(call::run)).reason();
  }

  private void collect() {
    get(media.collector(store::forEachAssetKey, media.catalog, media.store).collect());
  }

  @Test
  void aCopyOutlivesThePictureUntilItIsReleased() {
    Image picture = media.store(Pictures.png(40, 30));
    HoldMediaResponse held = as("42").holdMedia(hold("7", picture).build());
    assertThat(held.getImage().getAssetKey()).isNotEqualTo(picture.getAssetKey());
    assertThat(held.getImage().getWidth()).isEqualTo(40);
    assertThat(held.getSha256()).hasSize(64);

    media.clock.advance(MediaFixture.GRACE.plusDays(1));
    collect();
    assertThat(media.isReadable(picture.getAssetKey())).isFalse();
    assertThat(media.isReadable(held.getImage().getAssetKey())).isTrue();

    as("").releaseMedia(ReleaseMediaRequest.newBuilder().setHolderId("7").build());
    media.clock.advance(MediaFixture.GRACE.plusDays(1));
    collect();
    assertThat(media.isReadable(held.getImage().getAssetKey())).isFalse();
  }

  @Test
  void theSameBytesAreHeldOnceForAHolder() {
    byte[] bytes = Pictures.png(41, 30);
    HoldMediaResponse first = as("42").holdMedia(hold("7", media.store(bytes)).build());
    assertThat(as("42").holdMedia(hold("7", media.store(bytes)).build())).isEqualTo(first);
    assertThat(as("42").holdMedia(hold("7", first.getImage()).build())).isEqualTo(first);
    assertThat(as("42").holdMedia(hold("8", first.getImage()).build()).getImage().getAssetKey())
        .isNotEqualTo(first.getImage().getAssetKey());
  }

  @Test
  void anUploadIsItsUploadersAlone() {
    HoldMediaRequest request =
        hold("7", media.store(Pictures.png(42, 30))).setUploadedByActor(true).build();
    assertThat(as("42").holdMedia(request).hasImage()).isTrue();
    assertThat(refusal(() -> as("43").holdMedia(request)))
        .isEqualTo(ErrorReason.ERROR_REASON_MEDIA_NOT_FOUND);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "AAAAAAAAAAAAAAAAAAAAAA"})
  void whatIsNoPictureIsNotFound(String key) {
    HoldMediaRequest request =
        HoldMediaRequest.newBuilder().setHolderId("7").setAssetKey(key).build();
    assertThat(refusal(() -> as("42").holdMedia(request)))
        .isEqualTo(
            key.isEmpty()
                ? ErrorReason.ERROR_REASON_INVALID_FIELD
                : ErrorReason.ERROR_REASON_MEDIA_NOT_FOUND);
  }

  @Test
  void holdersAreIds() {
    assertThat(refusal(() -> as("42").holdMedia(hold("x", Image.getDefaultInstance()).build())))
        .isEqualTo(ErrorReason.ERROR_REASON_INVALID_FIELD);
    assertThat(refusal(() -> as("42").releaseMedia(ReleaseMediaRequest.getDefaultInstance())))
        .isEqualTo(ErrorReason.ERROR_REASON_INVALID_FIELD);
  }
}
