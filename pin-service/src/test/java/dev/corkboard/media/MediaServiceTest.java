// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.protobuf.ByteString;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.media.v1.Image;
import dev.corkboard.media.v1.MediaMetadata;
import dev.corkboard.media.v1.MediaServiceGrpc;
import dev.corkboard.media.v1.MediaServiceGrpc.MediaServiceBlockingStub;
import dev.corkboard.media.v1.MediaServiceGrpc.MediaServiceStub;
import dev.corkboard.media.v1.ReadMediaRequest;
import dev.corkboard.media.v1.ReadMediaResponse;
import dev.corkboard.media.v1.UploadMediaRequest;
import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.testing.GrpcExtension;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.grpc.stub.StreamObserver;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MediaServiceTest {
  private static final int PLACES = 3;

  @TempDir static Path directory;
  private MediaFixture media;

  @RegisterExtension
  final GrpcExtension grpc =
      new GrpcExtension(
          "pin",
          tokens -> {
            media = new MediaFixture(directory);
            return List.of(
                new MediaService(
                    media.library,
                    media.catalog,
                    counting(media.store),
                    media.spool,
                    media.io,
                    PLACES));
          });

  /** What the store answers when it is read. */
  private volatile ApiException refusal;

  private final AtomicLong bytesRead = new AtomicLong();
  private MediaServiceStub stub;
  private MediaServiceBlockingStub anonymous;

  @BeforeEach
  void connect() {
    stub = MediaServiceGrpc.newStub(grpc.channel()).withCallCredentials(grpc.tokens().user("42"));
    anonymous = MediaServiceGrpc.newBlockingStub(grpc.channel());
  }

  @AfterEach
  void close() {
    Awaitility.await().untilAsserted(this::assertSpoolIsEmpty);
    media.close();
  }

  /** Counts what the server reads. */
  private MediaStore counting(InMemoryMediaStore store) {
    return new MediaStore() {
      @Override
      public Optional<InputStream> read(MediaKey key, long offset, long length) {
        if (refusal != null) throw refusal;
        return store.read(key, offset, length).map(Counting::new);
      }

      @Override
      public void put(MediaKey key, byte[] bytes) {
        store.put(key, bytes);
      }

      @Override
      public void put(MediaKey key, Path file) throws IOException {
        store.put(key, file);
      }

      @Override
      public OptionalLong size(MediaKey key) {
        return store.size(key);
      }

      @Override
      public boolean delete(MediaKey key) {
        return store.delete(key);
      }

      @Override
      public void forEach(Consumer<MediaKey> consumer) {
        store.forEach(consumer);
      }
    };
  }

  private final class Counting extends FilterInputStream {
    Counting(InputStream in) {
      super(in);
    }

    @Override
    public int read(byte[] into, int at, int size) throws IOException {
      int read = super.read(into, at, size);
      bytesRead.addAndGet(Math.max(0, read));
      return read;
    }
  }

  private void assertSpoolIsEmpty() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).isEmpty();
    }
  }

  /** An upload as a client makes it. */
  private static final class Upload implements StreamObserver<Image> {
    private final CompletableFuture<Image> answer = new CompletableFuture<>();
    private final StreamObserver<UploadMediaRequest> requests;

    Upload(MediaServiceStub stub) {
      requests = stub.uploadMedia(this);
    }

    Upload send(byte[] bytes, int chunk) {
      for (int at = 0; at < bytes.length; at += chunk) {
        int size = Math.min(chunk, bytes.length - at);
        requests.onNext(
            UploadMediaRequest.newBuilder().setChunk(ByteString.copyFrom(bytes, at, size)).build());
      }
      return this;
    }

    Image end() {
      requests.onCompleted();
      return answer.join();
    }

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

    ApiException refusal() {
      return ApiException.from(catchThrowable(answer::join));
    }
  }

  private Iterator<ReadMediaResponse> read(String key, String rendition, long offset, long limit) {
    return anonymous.readMedia(
        ReadMediaRequest.newBuilder()
            .setAssetKey(key)
            .setRendition(rendition)
            .setOffset(offset)
            .setLimit(limit)
            .build());
  }

  private byte[] bytes(Iterator<ReadMediaResponse> responses) {
    ByteString bytes = ByteString.EMPTY;
    while (responses.hasNext()) bytes = bytes.concat(responses.next().getChunk());
    return bytes.toByteArray();
  }

  private ErrorReason refusalOfRead(String key, String rendition, long offset, long limit) {
    return ApiException.from(catchThrowable(() -> bytes(read(key, rendition, offset, limit))))
        .reason();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 1000, 1 << 20})
  void uploadIsStored(int chunk) {
    byte[] picture = Pictures.unique();
    Image image = new Upload(stub).send(picture, chunk).end();
    assertThat(image.getSizeBytes()).isEqualTo(picture.length);
    assertThat(bytes(read(image.getAssetKey(), "originals", 0, 0))).isEqualTo(picture);
    assertThat(MediaFixture.get(media.library.resolve("42", image.getAssetKey(), "f")))
        .isEqualTo(image);
  }

  @Test
  void uploadNeedsAWritingToken() {
    ApiException none = new Upload(MediaServiceGrpc.newStub(grpc.channel())).refusal();
    assertThat(none.code()).isEqualTo(Status.Code.UNAUTHENTICATED);
    MediaServiceStub reading =
        MediaServiceGrpc.newStub(grpc.channel())
            .withCallCredentials(grpc.tokens().user("42", Set.of("pins:read")));
    assertThat(new Upload(reading).refusal().reason())
        .isEqualTo(ErrorReason.ERROR_REASON_INSUFFICIENT_SCOPE);
  }

  @Test
  void whatIsNoPictureIsRefused() {
    Upload upload = new Upload(stub).send(new byte[] {1, 2, 3}, 3);
    assertThat(catchThrowable(upload::end)).isInstanceOf(CompletionException.class);
    assertThat(upload.refusal().reason()).isEqualTo(ErrorReason.ERROR_REASON_IMAGE_BROKEN);
    assertThat(upload.refusal().violations().get(0).field()).isEqualTo("chunk");
    Upload empty = new Upload(stub);
    assertThat(catchThrowable(empty::end)).isInstanceOf(CompletionException.class);
    assertThat(empty.refusal().reason()).isEqualTo(ErrorReason.ERROR_REASON_IMAGE_BROKEN);
  }

  @Test
  void sizeIsCappedWhileBytesCome() {
    Upload upload = new Upload(stub).send(new byte[(20 << 20) + 1], 1 << 20);
    assertThat(upload.refusal().reason()).isEqualTo(ErrorReason.ERROR_REASON_IMAGE_TOO_LARGE);
  }

  @Test
  void chunkHasOneByteToOneMebibyte() {
    Upload empty = new Upload(stub);
    empty.requests.onNext(UploadMediaRequest.getDefaultInstance());
    assertThat(empty.refusal().reason()).isEqualTo(ErrorReason.ERROR_REASON_INVALID_FIELD);
    Upload large = new Upload(stub).send(new byte[(1 << 20) + 1], (1 << 20) + 1);
    assertThat(large.refusal().reason()).isEqualTo(ErrorReason.ERROR_REASON_INVALID_FIELD);
    assertThat(large.refusal()).hasMessageContaining("1048577");
  }

  @Test
  void uploadsAtOnceAreBoundedAndPlacesAreGivenBack() {
    byte[] picture = Pictures.unique();
    List<Upload> open = new ArrayList<>();
    for (int i = 0; i < PLACES; i++) open.add(new Upload(stub).send(picture, picture.length));
    assertThat(new Upload(stub).refusal().reason()).isEqualTo(ErrorReason.ERROR_REASON_OVERLOADED);
    open.get(0).requests.onError(Status.CANCELLED.asRuntimeException());
    assertThat(open.get(1).end().getSizeBytes()).isEqualTo(picture.length);
    assertThat(open.get(2).end().getSizeBytes()).isEqualTo(picture.length);
    Awaitility.await().untilAsserted(this::assertSpoolIsEmpty);
    for (int round = 0; round < 2 * PLACES; round++) {
      Upload failing = new Upload(stub);
      failing.requests.onNext(UploadMediaRequest.getDefaultInstance());
      assertThat(failing.refusal().reason()).isEqualTo(ErrorReason.ERROR_REASON_INVALID_FIELD);
      Awaitility.await().untilAsserted(this::assertSpoolIsEmpty);
    }
    assertThat(new Upload(stub).send(picture, 100).end().getWidth()).isEqualTo(40);
  }

  @Test
  void metadataComeFirstAndTheEtagIsTheDigest() {
    byte[] picture = Pictures.unique();
    Image image = media.store(picture);
    MediaMetadata metadata = read(image.getAssetKey(), "originals", 0, 0).next().getMetadata();
    assertThat(metadata.getContentType()).isEqualTo("image/png");
    assertThat(metadata.getSizeBytes()).isEqualTo(picture.length);
    assertThat(metadata.getEtag()).isEqualTo(Sha256.of(picture));

    Iterator<ReadMediaResponse> scaled = read(image.getAssetKey(), "150x150", 0, 0);
    MediaMetadata first = scaled.next().getMetadata();
    byte[] bytes = bytes(scaled);
    assertThat(first.getContentType()).isEqualTo("image/jpeg");
    assertThat(first.getSizeBytes()).isEqualTo(bytes.length);
    assertThat(first.getEtag()).isEqualTo(Sha256.of(bytes));
  }

  @ParameterizedTest
  @CsvSource({
    "0,0,0,200000",
    "0,-1,0,0",
    "0,1,0,1",
    "5,10,5,15",
    "0,65536,0,65536",
    "1,65537,1,65538",
    "199999,0,199999,200000",
    "200000,0,0,0",
    "300000,5,0,0",
    "100,9000000,100,200000",
    "9223372036854775807,9223372036854775807,0,0"
  })
  void offsetAndLimitCutOutAPart(long offset, long limit, int from, int to) {
    byte[] padded = Arrays.copyOf(Pictures.jpeg(30, 30), 200_000);
    Image image = media.store(padded);
    assertThat(bytes(read(image.getAssetKey(), "originals", offset, limit)))
        .isEqualTo(Arrays.copyOfRange(padded, from, to));
  }

  @Test
  void whatIsNotThereIsNotFound() {
    String key = media.store(Pictures.unique()).getAssetKey();
    ErrorReason notFound = ErrorReason.ERROR_REASON_MEDIA_NOT_FOUND;
    assertThat(refusalOfRead(AssetKeys.next(), "600x", 0, 0)).isEqualTo(notFound);
    assertThat(refusalOfRead(key, "601x", 0, 0)).isEqualTo(notFound);
    assertThat(refusalOfRead(key, "", 0, 0)).isEqualTo(notFound);
    assertThat(refusalOfRead("", "600x", 0, 0)).isEqualTo(notFound);
    assertThat(refusalOfRead("../../../etc/passwd", "600x", 0, 0)).isEqualTo(notFound);
  }

  @Test
  void negativeNumbersAreRefused() {
    String key = media.store(Pictures.unique()).getAssetKey();
    assertThat(refusalOfRead(key, "600x", -1, 0)).isEqualTo(ErrorReason.ERROR_REASON_INVALID_FIELD);
    assertThat(refusalOfRead(key, "600x", 0, -2)).isEqualTo(ErrorReason.ERROR_REASON_INVALID_FIELD);
  }

  @Test
  void storeThatRefusesEndsTheCall() {
    String key = media.store(Pictures.unique()).getAssetKey();
    refusal = ApiException.internal(new IOException("403"));
    assertThat(refusalOfRead(key, "600x", 0, 0)).isEqualTo(ErrorReason.ERROR_REASON_INTERNAL);
  }

  @Test
  void lostBytesAreAnErrorOfOurs() {
    String key = media.store(Pictures.unique()).getAssetKey();
    media.storedKeys().forEach(media.store::delete);
    assertThat(refusalOfRead(key, "600x", 0, 0)).isEqualTo(ErrorReason.ERROR_REASON_UNAVAILABLE);
  }

  @Test
  void readerWhoAsksForNothingGetsNothingMore() {
    byte[] padded = Arrays.copyOf(Pictures.jpeg(30, 30), 10 << 20);
    String key = media.store(padded).getAssetKey();
    SlowReader reader = new SlowReader();
    MediaServiceGrpc.newStub(grpc.channel())
        .readMedia(
            ReadMediaRequest.newBuilder().setAssetKey(key).setRendition("originals").build(),
            reader);
    reader.call.request(1);
    Awaitility.await().untilAtomic(reader.messages, Matchers.is(1));
    reader.call.request(3);
    Awaitility.await().untilAtomic(reader.messages, Matchers.is(4));
    reader.call.cancel("enough", null);
    assertThat(reader.end.handle((done, failure) -> failure).join()).isNotNull();
    assertThat(reader.messages).hasValue(4);
    assertThat(bytesRead).as("read ahead of the reader").hasValueLessThan(1 << 20);
  }

  private static final class SlowReader
      implements ClientResponseObserver<ReadMediaRequest, ReadMediaResponse> {
    private final AtomicInteger messages = new AtomicInteger();
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private ClientCallStreamObserver<ReadMediaRequest> call;

    @Override
    public void beforeStart(ClientCallStreamObserver<ReadMediaRequest> started) {
      call = started;
      call.disableAutoRequestWithInitial(0);
    }

    @Override
    public void onNext(ReadMediaResponse response) {
      messages.incrementAndGet();
    }

    @Override
    public void onError(Throwable failure) {
      end.completeExceptionally(failure);
    }

    @Override
    public void onCompleted() {
      end.complete(null);
    }
  }
}
