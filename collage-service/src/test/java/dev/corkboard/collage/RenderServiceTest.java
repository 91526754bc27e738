// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage;

import static dev.corkboard.collage.CollageRig.creation;
import static dev.corkboard.collage.CollageRig.someId;
import static dev.corkboard.collage.CollageServiceTest.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.hash.Hashing;
import com.google.protobuf.ByteString;
import dev.corkboard.collage.document.Documents;
import dev.corkboard.collage.v1.Canvas;
import dev.corkboard.collage.v1.Collage;
import dev.corkboard.collage.v1.Document;
import dev.corkboard.collage.v1.RenderCollageRequest;
import dev.corkboard.collage.v1.RenderFormat;
import dev.corkboard.collage.v1.RenderMetadata;
import dev.corkboard.collage.v1.RenderReplayRequest;
import dev.corkboard.collage.v1.RenderResponse;
import dev.corkboard.collage.v1.RenderSize;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.platform.testing.GrpcExtension;
import io.grpc.Context;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RenderServiceTest {
  private final CollageRig rig = new CollageRig();

  @RegisterExtension final GrpcExtension grpc = rig.grpc;

  private final String owner = someId();

  @AfterEach
  void close() {
    rig.close();
  }

  /** What a drawing came as. */
  private record Received(RenderMetadata metadata, ByteString bytes) {
    static Received of(Iterator<RenderResponse> responses) {
      RenderMetadata metadata = responses.next().getMetadata();
      ByteString bytes = ByteString.EMPTY;
      while (responses.hasNext()) {
        ByteString chunk = responses.next().getChunk();
        assertThat(chunk.size()).isBetween(1, 64 << 10);
        bytes = bytes.concat(chunk);
      }
      assertThat(metadata.getSizeBytes()).isEqualTo(bytes.size());
      assertThat(metadata.getEtag())
          .isEqualTo(Hashing.sha256().hashBytes(bytes.toByteArray()).toString());
      return new Received(metadata, bytes);
    }

    BufferedImage image() throws IOException {
      return ImageIO.read(bytes.newInput());
    }
  }

  private Received draw(String account, RenderCollageRequest.Builder request) {
    return Received.of(rig.renderAs(account).renderCollage(request.build()));
  }

  private static RenderCollageRequest.Builder of(Collage collage) {
    return RenderCollageRequest.newBuilder().setCollageId(collage.getId());
  }

  static byte[] png(int rgb) {
    BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 64; i++) image.setRGB(i % 8, i / 8, rgb);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  @Test
  void aPictureOfPinServiceIsDrawn() throws IOException {
    Collage collage = rig.create(owner);
    String key = rig.pins.upload(owner, 8, 8, png(0x336699));
    rig.edit(owner, collage, Documents.add(Documents.uploaded("b", key)));
    Received drawn = draw(owner, of(collage));
    Document document = rig.get(owner, collage.getId()).getDocument();
    Canvas canvas = document.getCanvas();
    assertThat(drawn.metadata().getContentType()).isEqualTo("image/png");
    assertThat(drawn.metadata().getWidth()).isEqualTo(canvas.getWidth());
    assertThat(drawn.metadata().getRevision()).isEqualTo(1);
    var place = Documents.layer(document, "b").getPlacement();
    int middle = drawn.image().getRGB((int) place.getCenterX(), (int) place.getCenterY());
    assertThat(middle & 0xFFFFFF).isEqualTo(0x336699);
    assertThat(draw(owner, of(collage)).bytes()).isEqualTo(drawn.bytes());
    assertThat(draw(owner, of(collage).setRevision(0)).bytes()).isNotEqualTo(drawn.bytes());
  }

  @Test
  void everyFormatAndSizeIsWhatItSays() throws IOException {
    Collage collage = rig.create(owner);
    Canvas canvas = collage.getDocument().getCanvas();
    Received jpeg = draw(owner, of(collage).setFormat(RenderFormat.RENDER_FORMAT_JPEG));
    assertThat(jpeg.metadata().getContentType()).isEqualTo("image/jpeg");
    assertThat(jpeg.image().getWidth()).isEqualTo(canvas.getWidth());
    Received twice = draw(owner, of(collage).setSize(RenderSize.RENDER_SIZE_2X));
    assertThat(twice.image().getHeight()).isEqualTo(2 * canvas.getHeight());
    Received svg = draw(owner, of(collage).setFormat(RenderFormat.RENDER_FORMAT_SVG));
    assertThat(svg.metadata().getContentType()).startsWith("image/svg+xml");
    assertThat(svg.bytes().toStringUtf8()).contains("<svg");
  }

  @Test
  void aDrawingOfABillionPixelsIsRefused() {
    Document huge =
        Documents.EMPTY.toBuilder()
            .setCanvas(Canvas.newBuilder().setWidth(8_192).setHeight(8_192))
            .build();
    Collage collage = rig.as(owner).createCollage(creation(huge));
    assertFails(ErrorReason.ERROR_REASON_INVALID_FIELD, () -> draw(owner, of(collage)));
    assertThat(
            draw(owner, of(collage).setSize(RenderSize.RENDER_SIZE_THUMBNAIL))
                .metadata()
                .getWidth())
        .isEqualTo(400);
  }

  @Test
  void onesOwnDraftsAreOnesOwnToDraw() {
    Collage collage = rig.create(owner);
    assertFails(ErrorReason.ERROR_REASON_COLLAGE_NOT_FOUND, () -> draw(someId(), of(collage)));
    assertFails(ErrorReason.ERROR_REASON_COLLAGE_NOT_FOUND, () -> replay(someId(), collage));
    assertFails(
        ErrorReason.ERROR_REASON_REVISION_NOT_FOUND, () -> draw(owner, of(collage).setRevision(7)));
    assertFails(
        ErrorReason.ERROR_REASON_INVALID_FIELD, () -> draw(owner, of(collage).setSizeValue(9)));
    assertFails(
        ErrorReason.ERROR_REASON_INVALID_FIELD, () -> draw(owner, of(collage).setFormatValue(9)));
  }

  private Received replay(String account, Collage collage) {
    return Received.of(
        rig.renderAs(account)
            .renderReplay(RenderReplayRequest.newBuilder().setCollageId(collage.getId()).build()));
  }

  @Test
  void theMakingIsAnAnimation() throws IOException {
    Collage collage = rig.create(owner);
    for (int i = 1; i <= 12; i++) rig.edit(owner, collage, Documents.turn("a", 15 * i));
    Received gif = replay(owner, collage);
    assertThat(gif.metadata().getContentType()).isEqualTo("image/gif");
    assertThat(gif.bytes().size()).isLessThan(10_000_000);
    var reader = ImageIO.getImageReadersByFormatName("gif").next();
    reader.setInput(ImageIO.createImageInputStream(gif.bytes().newInput()));
    assertThat(reader.getNumImages(true)).isGreaterThan(10);
    reader.dispose();
  }

  @Test
  void whereTooManyAreDrawnOneMoreIsRefused() throws InterruptedException {
    Collage collage = rig.create(owner);
    CountDownLatch busy = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(1);
    List<Object> waiting = new ArrayList<>();
    waiting.add(
        rig.rendering.submit(
            Context.ROOT,
            () -> {
              busy.countDown();
              done.await();
              return null;
            }));
    busy.await();
    for (int i = 0; i < 4; i++) waiting.add(rig.rendering.submit(Context.ROOT, () -> null));
    assertFails(ErrorReason.ERROR_REASON_OVERLOADED, () -> draw(owner, of(collage)));
    done.countDown();
    assertThat(waiting).hasSize(5);
  }
}
