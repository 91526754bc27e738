// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.render;

import static dev.corkboard.collage.render.Documents.box;
import static dev.corkboard.collage.render.Documents.canvas;
import static dev.corkboard.collage.render.Documents.rectangle;
import static dev.corkboard.collage.render.Documents.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corkboard.collage.v1.Document;
import dev.corkboard.collage.v1.RenderFormat;
import dev.corkboard.collage.v1.RenderSize;
import dev.corkboard.platform.error.ApiException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class CollageDrawingTest {
  private final CollageDrawing drawing = new CollageDrawing(Documents.noPictures());

  /** A red left half; the right half is transparent. */
  private static final Document HALF =
      with(canvas(40, 20), rectangle(box(0, 0, 20, 20), "#ff0000")).build();

  private Rendering draw(Document document, RenderFormat format, RenderSize size)
      throws IOException {
    return drawing.draw(document, format, size);
  }

  private static BufferedImage read(Rendering rendering) throws IOException {
    BufferedImage image = ImageIO.read(rendering.bytes().newInput());
    assertThat(image.getWidth()).isEqualTo(rendering.width());
    assertThat(image.getHeight()).isEqualTo(rendering.height());
    return image;
  }

  @Test
  void pngKeepsTransparency() throws IOException {
    for (RenderFormat format :
        new RenderFormat[] {
          RenderFormat.RENDER_FORMAT_UNSPECIFIED, RenderFormat.RENDER_FORMAT_PNG
        }) {
      Rendering png = draw(HALF, format, RenderSize.RENDER_SIZE_UNSPECIFIED);
      assertThat(png.contentType()).isEqualTo("image/png");
      assertThat(read(png).getRGB(5, 5)).isEqualTo(0xFFFF0000);
      assertThat(read(png).getRGB(35, 5)).isZero();
    }
  }

  @Test
  void jpegIsOnWhite() throws IOException {
    Rendering jpeg = draw(HALF, RenderFormat.RENDER_FORMAT_JPEG, RenderSize.RENDER_SIZE_1X);
    assertThat(jpeg.contentType()).isEqualTo("image/jpeg");
    assertThat(read(jpeg).getRGB(35, 5)).isEqualTo(0xFFFFFFFF);
    assertThat(Argb.red(read(jpeg).getRGB(5, 5))).isGreaterThan(250);
    assertThat(Argb.green(read(jpeg).getRGB(5, 5))).isLessThan(5);
  }

  @Test
  void halfTransparentColorsAreMixedWithWhite() {
    BufferedImage image = Documents.pixels(2, 0x80FF0000, 0x00123456);
    assertThat(Images.pixels(Images.onWhite(image))).containsExactly(0xFFFF7F7F, 0xFFFFFFFF);
  }

  @Test
  void twiceAsLargeIsDrawnAndNotStretched() throws IOException {
    Document thin = with(canvas(10, 4), rectangle(box(2.5, 0, 1, 4), "#ff0000")).build();
    BufferedImage image =
        read(draw(thin, RenderFormat.RENDER_FORMAT_PNG, RenderSize.RENDER_SIZE_2X));
    assertThat(image.getWidth()).isEqualTo(20);
    assertThat(image.getRGB(4, 1)).isZero();
    assertThat(image.getRGB(5, 1)).isEqualTo(0xFFFF0000);
    assertThat(image.getRGB(6, 1)).isEqualTo(0xFFFF0000);
    assertThat(image.getRGB(7, 1)).isZero();
  }

  @Test
  void aThumbnailIsSmall() throws IOException {
    Document large = with(canvas(4000, 2000), rectangle(box(0, 0, 2000, 2000), "#ff0000")).build();
    BufferedImage image =
        read(draw(large, RenderFormat.RENDER_FORMAT_PNG, RenderSize.RENDER_SIZE_THUMBNAIL));
    assertThat(image.getWidth()).isEqualTo(400);
    assertThat(image.getRGB(199, 100)).isEqualTo(0xFFFF0000);
    assertThat(image.getRGB(200, 100)).isZero();
  }

  @Test
  void svgHasTheSizeOfTheCanvasHoweverLarge() throws IOException {
    Rendering svg =
        draw(
            canvas(8192, 8192).build(),
            RenderFormat.RENDER_FORMAT_SVG,
            RenderSize.RENDER_SIZE_THUMBNAIL);
    assertThat(svg.contentType()).isEqualTo("image/svg+xml");
    assertThat(svg.width()).isEqualTo(8192);
    assertThat(svg.bytes().toStringUtf8()).contains("viewBox=\"0 0 8192 8192\"");
  }

  @Test
  void tooManyPixelsAreRefused() {
    assertThatThrownBy(
            () ->
                draw(
                    canvas(8192, 8192).build(),
                    RenderFormat.RENDER_FORMAT_PNG,
                    RenderSize.RENDER_SIZE_2X))
        .isInstanceOf(ApiException.class);
  }

  @Test
  void theWritersAreThoseOfTheJdk() {
    for (String format : new String[] {"png", "jpeg", "gif"}) {
      assertThat(PictureEncoder.writer(format).getClass().getName())
          .startsWith("com.sun.imageio.plugins.");
    }
  }
}
