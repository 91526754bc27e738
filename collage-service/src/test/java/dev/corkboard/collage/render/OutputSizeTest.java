// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.corkboard.collage.v1.Canvas;
import dev.corkboard.collage.v1.RenderSize;
import dev.corkboard.platform.error.ApiException;
import io.grpc.Status.Code;
import org.junit.jupiter.api.Test;

class OutputSizeTest {
  private static Canvas canvas(int width, int height) {
    return Canvas.newBuilder().setWidth(width).setHeight(height).build();
  }

  @Test
  void sizes() {
    Canvas canvas = canvas(1000, 2001);
    assertThat(OutputSize.of(canvas, RenderSize.RENDER_SIZE_UNSPECIFIED))
        .isEqualTo(OutputSize.of(canvas, RenderSize.RENDER_SIZE_1X))
        .isEqualTo(new OutputSize(1000, 2001, 1));
    assertThat(OutputSize.of(canvas, RenderSize.RENDER_SIZE_2X))
        .isEqualTo(new OutputSize(2000, 4002, 2));
    assertThat(OutputSize.of(canvas, RenderSize.RENDER_SIZE_THUMBNAIL))
        .isEqualTo(new OutputSize(200, 400, 400.0 / 2001));
  }

  @Test
  void aThumbnailIsNeverLargerAndNeverEmpty() {
    assertThat(OutputSize.of(canvas(399, 20), RenderSize.RENDER_SIZE_THUMBNAIL))
        .isEqualTo(new OutputSize(399, 20, 1));
    assertThat(OutputSize.of(canvas(8192, 1), RenderSize.RENDER_SIZE_THUMBNAIL).height())
        .isEqualTo(1);
  }

  @Test
  void tooManyPixelsAreRefusedByName() {
    assertThat(OutputSize.of(canvas(5000, 8000), RenderSize.RENDER_SIZE_1X).width())
        .isEqualTo(5000);
    ApiException refused =
        catchThrowableOfType(
            ApiException.class, () -> OutputSize.of(canvas(2501, 4000), RenderSize.RENDER_SIZE_2X));
    assertThat(refused.code()).isEqualTo(Code.INVALID_ARGUMENT);
    assertThat(refused.violations())
        .extracting(ApiException.Violation::field)
        .containsExactly("size");
    assertThat(refused).hasMessageContainingAll("2501 x 4000", "40,016,000", "40,000,000");
  }
}
