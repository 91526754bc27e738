// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.pin;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.corkboard.access.v1.ListSigningKeysRequest;
import dev.corkboard.access.v1.ListSigningKeysResponse;
import dev.corkboard.access.v1.SigningKey;
import dev.corkboard.access.v1.SigningKeyServiceGrpc.SigningKeyServiceImplBase;
import dev.corkboard.board.v1.Privacy;
import dev.corkboard.media.v1.Image;
import dev.corkboard.media.v1.MediaServiceGrpc;
import dev.corkboard.media.v1.ReadMediaRequest;
import dev.corkboard.media.v1.ReadMediaResponse;
import dev.corkboard.media.v1.UploadMediaRequest;
import dev.corkboard.oauth.v1.ListRevocationsRequest;
import dev.corkboard.oauth.v1.ListRevocationsResponse;
import dev.corkboard.oauth.v1.OAuthServiceGrpc.OAuthServiceImplBase;
import dev.corkboard.pin.v1.CreatePinRequest;
import dev.corkboard.pin.v1.GetPinRequest;
import dev.corkboard.pin.v1.ImageSource;
import dev.corkboard.pin.v1.Pin;
import dev.corkboard.pin.v1.PinServiceGrpc;
import dev.corkboard.platform.auth.AuthInterceptor;
import dev.corkboard.platform.config.Env;
import dev.corkboard.platform.server.GrpcServer;
import dev.corkboard.platform.server.RunningProcess;
import dev.corkboard.platform.testing.TestTokens;
import dev.corkboard.stores.EmbeddedS3;
import dev.corkboard.stores.TestStores;
import io.grpc.BindableService;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.stub.StreamObserver;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The process whole, with its media in S3 and beside an account-service and boards of the test. */
class S3PinServerIT {
  @TempDir Path folder;
  private final TestTokens tokens = new TestTokens();
  private final FakeBoards boards = new FakeBoards();
  private final String owner = Pins.someId();
  private GrpcServer account;
  private GrpcServer board;
  private RunningProcess server;
  private ManagedChannel channel;

  @BeforeEach
  void start() throws IOException {
    account = serve("account", List.of(signingKeys(), revocations()));
    board = serve("board", boards.services());
    String bucket = "pins-" + UUID.randomUUID();
    TestStores.s3().createBucket(bucket);
    Map<String, String> env = new HashMap<>();
    env.put("PIN_GRPC_PORT", "0");
    env.put("PIN_ADMIN_PORT", "0");
    env.put("PIN_KEYSPACE", "corkboard_pin_server_it");
    env.put("PIN_KEY_FILE", file(tokens.identity("pin").key().toJSONString()));
    env.put("SERVICE_JWKS_FILE", file(tokens.identity("pin").peers().toString()));
    env.put("TOKEN_ISSUER", TestTokens.ISSUER);
    env.put("CASSANDRA_CONTACT_POINTS", TestStores.cassandra().contactPoints());
    env.put("REDIS_URI", TestStores.redis());
    env.put("ACCOUNT_URI", "127.0.0.1:" + account.port());
    env.put("BOARD_URI", "127.0.0.1:" + board.port());
    env.put("MEDIA_DIR", folder.resolve("media").toString());
    env.put("MEDIA_STORE", "s3");
    env.put("MEDIA_S3_ENDPOINT", TestStores.s3().endpoint());
    env.put("MEDIA_S3_BUCKET", bucket);
    env.put("MEDIA_S3_ACCESS_KEY_FILE", file(EmbeddedS3.accessKey()));
    env.put("MEDIA_S3_SECRET_KEY_FILE", file(EmbeddedS3.secretKey()));
    server = PinServer.start(PinConfig.fromEnv(Env.of(env)));
    channel =
        Grpc.newChannelBuilder("127.0.0.1:" + server.port(), InsecureChannelCredentials.create())
            .build();
  }

  @AfterEach
  void stop() {
    channel.shutdownNow();
    server.close();
    board.close();
    account.close();
  }

  private String file(String text) throws IOException {
    return Files.writeString(Files.createTempFile(folder, "setting", ""), text).toString();
  }

  private GrpcServer serve(String name, List<BindableService> services) {
    return GrpcServer.start(
        new GrpcServer.Options(
            name,
            "127.0.0.1",
            0,
            false,
            services,
            new AuthInterceptor(tokens.verifier(name)),
            new SimpleMeterRegistry()));
  }

  private BindableService signingKeys() {
    return new SigningKeyServiceImplBase() {
      @Override
      public void listSigningKeys(
          ListSigningKeysRequest request, StreamObserver<ListSigningKeysResponse> observer) {
        SigningKey.Builder key =
            SigningKey.newBuilder()
                .setId(tokens.issuerKey().getKeyID())
                .setPublicJwk(tokens.issuerKey().toPublicJWK().toJSONString());
        observer.onNext(ListSigningKeysResponse.newBuilder().addSigningKeys(key).build());
        observer.onCompleted();
      }
    };
  }

  private static BindableService revocations() {
    return new OAuthServiceImplBase() {
      @Override
      public void listRevocations(
          ListRevocationsRequest request, StreamObserver<ListRevocationsResponse> observer) {
        observer.onNext(ListRevocationsResponse.getDefaultInstance());
        observer.onCompleted();
      }
    };
  }

  private static byte[] picture() throws IOException {
    BufferedImage image = new BufferedImage(320, 240, BufferedImage.TYPE_INT_RGB);
    for (int x = 0; x < 320; x++) image.setRGB(x, x % 240, Color.RED.getRGB());
    image.setRGB(0, 1, ThreadLocalRandom.current().nextInt());
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(image, "png", png);
    return png.toByteArray();
  }

  private Image upload(byte[] picture) throws Exception {
    CompletableFuture<Image> answer = new CompletableFuture<>();
    StreamObserver<UploadMediaRequest> call =
        MediaServiceGrpc.newStub(channel)
            .withCallCredentials(tokens.user(owner))
            .uploadMedia(
                new StreamObserver<>() {
                  @Override
                  public void onNext(Image image) {
                    answer.complete(image);
                  }

                  @Override
                  public void onError(Throwable failure) {
                    answer.completeExceptionally(failure);
                  }

                  @Override
                  public void onCompleted() {}
                });
    call.onNext(UploadMediaRequest.newBuilder().setChunk(ByteString.copyFrom(picture)).build());
    call.onCompleted();
    return answer.get(1, TimeUnit.MINUTES);
  }

  private byte[] read(String assetKey, String rendition, long offset) {
    Iterator<ReadMediaResponse> responses =
        MediaServiceGrpc.newBlockingStub(channel)
            .readMedia(
                ReadMediaRequest.newBuilder()
                    .setAssetKey(assetKey)
                    .setRendition(rendition)
                    .setOffset(offset)
                    .build());
    ByteString bytes = ByteString.EMPTY;
    while (responses.hasNext()) bytes = bytes.concat(responses.next().getChunk());
    return bytes.toByteArray();
  }

  @Test
  void pinWithAPictureIsCreatedAndRead() throws Exception {
    byte[] picture = picture();
    String boardId = boards.create(owner, Privacy.PRIVACY_PUBLIC);
    Image image = upload(picture);
    PinServiceGrpc.PinServiceBlockingStub pins =
        PinServiceGrpc.newBlockingStub(channel).withCallCredentials(tokens.user(owner));
    Pin made =
        pins.createPin(
            CreatePinRequest.newBuilder()
                .setPin(Pin.newBuilder().setBoardId(boardId).setTitle("In a bucket"))
                .addImages(ImageSource.newBuilder().setAssetKey(image.getAssetKey()))
                .build());
    Pin found = pins.getPin(GetPinRequest.newBuilder().setPinId(made.getId()).build());
    assertThat(found).isEqualTo(made);
    String assetKey = found.getImages(0).getImage().getAssetKey();
    assertThat(read(assetKey, "originals", 0)).isEqualTo(picture);
    assertThat(read(assetKey, "originals", picture.length - 3)).hasSize(3);
    assertThat(read(assetKey, "150x150", 0)).isNotEmpty();
    assertThat(folder.resolve("media/content")).doesNotExist();
  }
}
