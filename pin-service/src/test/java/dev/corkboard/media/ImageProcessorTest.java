// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.common.primitives.Bytes;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.media.v1.Image;
import dev.corkboard.media.v1.Rendition;
import dev.corkboard.picture.PictureFormat;
import dev.corkboard.platform.error.ApiException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageProcessorTest {
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final ImageProcessor processor = new ImageProcessor(metrics);

  private ProcessedImage process(byte[] bytes) {
    return processor.process(bytes, "image");
  }

  private ApiException refusal(byte[] bytes) {
    return catchThrowableOfType(ApiException.class, () -> process(bytes));
  }

  private static String size(Image image, String name) {
    Rendition rendition =
        image.getRenditionsList().stream()
            .filter(r -> r.getName().equals(name))
            .findAny()
            .orElseThrow();
    return rendition.getWidth() + "x" + rendition.getHeight() + " " + rendition.getContentType();
  }

  @Test
  void makesEveryRenditionOfAJpeg() {
    byte[] bytes = Pictures.jpeg(2000, 1000);
    ProcessedImage done = process(bytes);

    assertThat(done.image().getContentType()).isEqualTo("image/jpeg");
    assertThat(done.image().getWidth()).isEqualTo(2000);
    assertThat(done.image().getHeight()).isEqualTo(1000);
    assertThat(done.image().getSizeBytes()).isEqualTo(bytes.length);
    assertThat(done.image().getRenditionsList()).hasSize(5);
    assertThat(size(done.image(), "150x150")).isEqualTo("150x150 image/jpeg");
    assertThat(size(done.image(), "400x300")).isEqualTo("400x300 image/jpeg");
    assertThat(size(done.image(), "600x")).isEqualTo("600x300 image/jpeg");
    assertThat(size(done.image(), "1200x")).isEqualTo("1200x600 image/jpeg");
    assertThat(size(done.image(), "originals")).isEqualTo("2000x1000 image/jpeg");
    assertThat(done.renditions().get(RenditionSize.ORIGINALS)).isEqualTo(bytes);
    assertThat(metrics.get("corkboard.media.decode").timer().count()).isEqualTo(1);
  }

  @Test
  void declaredSizesAreThoseOfTheBytes() {
    ProcessedImage done = process(Pictures.png(1333, 777));
    for (Rendition rendition : done.image().getRenditionsList()) {
      byte[] bytes = done.renditions().get(RenditionSize.of(rendition.getName()).orElseThrow());
      BufferedImage image = Pictures.read(bytes);
      assertThat(image.getWidth()).as(rendition.getName()).isEqualTo(rendition.getWidth());
      assertThat(image.getHeight()).as(rendition.getName()).isEqualTo(rendition.getHeight());
      assertThat(PictureFormat.sniff(bytes).orElseThrow().contentType())
          .isEqualTo(rendition.getContentType());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1,1,1x1,1x1",
    "600,10,600x10,600x10",
    "601,10,600x10,601x10",
    "1200,1,600x1,1200x1",
    "1201,2,600x1,1200x2",
    "3,5000,3x5000,3x5000",
    "5000,3,600x1,1200x1"
  })
  void scalesByWidthAndNeverEnlarges(int width, int height, String medium, String large) {
    Image image = process(Pictures.png(width, height)).image();
    assertThat(size(image, "600x")).isEqualTo(medium + " image/jpeg");
    assertThat(size(image, "1200x")).isEqualTo(large + " image/jpeg");
    assertThat(size(image, "150x150")).isEqualTo("150x150 image/jpeg");
    assertThat(size(image, "400x300")).isEqualTo("400x300 image/jpeg");
  }

  @Test
  void cropsAreTheCentre() {
    BufferedImage wide = new BufferedImage(3000, 1000, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = wide.createGraphics();
    graphics.setColor(Color.GREEN);
    graphics.fillRect(1000, 0, 1000, 1000);
    graphics.dispose();
    BufferedImage crop =
        Pictures.read(
            process(Pictures.write(wide, "png")).renditions().get(RenditionSize.THUMBNAIL));
    assertColor(crop, 5, 75, Color.GREEN);
    assertColor(crop, 145, 75, Color.GREEN);
  }

  private static void assertColor(BufferedImage image, int x, int y, Color expected) {
    Color got = new Color(image.getRGB(x, y));
    assertThat(Math.abs(got.getRed() - expected.getRed())).as("red of %s", got).isLessThan(40);
    assertThat(Math.abs(got.getGreen() - expected.getGreen()))
        .as("green of %s", got)
        .isLessThan(40);
    assertThat(Math.abs(got.getBlue() - expected.getBlue())).as("blue of %s", got).isLessThan(40);
  }

  /** The colours of the top left and top right quarter once the picture is upright. */
  @ParameterizedTest
  @CsvSource({
    "1,RED,GREEN", "2,GREEN,RED", "3,YELLOW,BLUE", "4,BLUE,YELLOW",
    "5,RED,BLUE", "6,BLUE,RED", "7,YELLOW,GREEN", "8,GREEN,YELLOW"
  })
  void exifOrientationIsRespected(int orientation, String topLeft, String topRight)
      throws ReflectiveOperationException {
    ProcessedImage done = process(Pictures.withOrientation(Pictures.jpeg(800, 400), orientation));
    boolean turned = orientation >= 5;
    assertThat(done.image().getWidth()).isEqualTo(turned ? 400 : 800);
    assertThat(done.image().getHeight()).isEqualTo(turned ? 800 : 400);
    assertThat(size(done.image(), "600x")).startsWith(turned ? "400x800" : "600x300");
    assertThat(size(done.image(), "400x300")).startsWith("400x300");
    for (RenditionSize size : RenditionSize.values()) {
      if (size == RenditionSize.ORIGINALS) continue;
      BufferedImage image = Pictures.read(done.renditions().get(size));
      int x = image.getWidth() / 5;
      int y = image.getHeight() / 5;
      assertColor(image, x, y, color(topLeft));
      assertColor(image, image.getWidth() - x, y, color(topRight));
    }
  }

  private static Color color(String name) throws ReflectiveOperationException {
    return (Color) Color.class.getField(name).get(null);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 9, 77, 65535})
  void nonsenseOrientationIsIgnored(int orientation) {
    Image image = process(Pictures.withOrientation(Pictures.jpeg(80, 40), orientation)).image();
    assertThat(image.getWidth()).isEqualTo(80);
  }

  @Test
  void metadataStaysBehind() {
    byte[] bytes = Pictures.withOrientation(Pictures.jpeg(80, 40), 3);
    ProcessedImage done = process(bytes);
    assertThat(Bytes.indexOf(bytes, "Exif".getBytes(StandardCharsets.US_ASCII))).isPositive();
    assertThat(
            Bytes.indexOf(
                done.renditions().get(RenditionSize.LARGE),
                "Exif".getBytes(StandardCharsets.US_ASCII)))
        .isNegative();
  }

  @Test
  void alphaBecomesPngAndOpaqueBecomesJpeg() {
    BufferedImage opaque = Pictures.quarters(50, 50, BufferedImage.TYPE_INT_ARGB);
    BufferedImage holed = Pictures.quarters(50, 50, BufferedImage.TYPE_INT_ARGB);
    holed.setRGB(0, 0, 0);
    assertThat(size(process(Pictures.write(opaque, "png")).image(), "600x")).contains("image/jpeg");
    assertThat(size(process(Pictures.write(holed, "png")).image(), "600x")).contains("image/png");
  }

  @Test
  void dominantColorIsTheMeanOfWhatCanBeSeen() {
    BufferedImage image = new BufferedImage(20, 10, BufferedImage.TYPE_INT_ARGB);
    assertThat(process(Pictures.write(image, "png")).image().getDominantColor())
        .isEqualTo("#ffffff");
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(new Color(100, 50, 200));
    graphics.fillRect(0, 0, 10, 5);
    graphics.setColor(new Color(200, 150, 0));
    graphics.fillRect(0, 5, 10, 5);
    graphics.dispose();
    assertThat(process(Pictures.write(image, "png")).image().getDominantColor())
        .isEqualTo("#966464");
  }

  @ParameterizedTest
  @CsvSource({
    "lossy.webp,image/webp,80,60,image/jpeg",
    "alpha.webp,image/webp,80,60,image/png",
    "alpha-lossy.webp,image/webp,80,60,image/png",
    "animated.webp,image/webp,80,60,image/jpeg",
    "turned.webp,image/webp,60,80,image/jpeg",
    "cmyk.jpg,image/jpeg,80,60,image/jpeg",
    "progressive.jpg,image/jpeg,80,60,image/jpeg"
  })
  void takesInFilesOfOtherPrograms(
      String sample, String type, int width, int height, String renditionType) {
    ProcessedImage done = process(Pictures.sample(sample));
    assertThat(done.image().getContentType()).isEqualTo(type);
    assertThat(done.image().getWidth()).isEqualTo(width);
    assertThat(done.image().getHeight()).isEqualTo(height);
    assertThat(size(done.image(), "600x")).isEqualTo(width + "x" + height + " " + renditionType);
    BufferedImage medium = Pictures.read(done.renditions().get(RenditionSize.MEDIUM));
    if (sample.startsWith("turned")) {
      assertColor(medium, 5, 5, Color.BLUE);
      assertColor(medium, 55, 5, Color.RED);
    } else if (!sample.startsWith("cmyk")) {
      assertColor(medium, 3, 3, Color.RED);
      assertColor(medium, 75, 55, Color.YELLOW);
    }
  }

  @Test
  void takesInSixteenBitGreyAndIndexedPng() {
    for (int type :
        new int[] {
          BufferedImage.TYPE_USHORT_GRAY,
          BufferedImage.TYPE_BYTE_GRAY,
          BufferedImage.TYPE_BYTE_INDEXED,
          BufferedImage.TYPE_BYTE_BINARY
        }) {
      Image image = process(Pictures.write(Pictures.quarters(70, 50, type), "png")).image();
      assertThat(size(image, "600x")).isEqualTo("70x50 image/jpeg");
    }
  }

  @Test
  void animationIsRepresentedByItsFirstFrame() {
    ProcessedImage done = process(Pictures.animatedGif(300, 200, 7));
    assertThat(done.image().getContentType()).isEqualTo("image/gif");
    assertThat(size(done.image(), "1200x")).startsWith("300x200");
    assertThat(size(done.image(), "originals")).isEqualTo("300x200 image/gif");
    assertColor(Pictures.read(done.renditions().get(RenditionSize.LARGE)), 10, 10, Color.RED);
  }

  @Test
  void frameThatDoesNotFillTheCanvasLeavesItTransparent() {
    byte[] gif = Pictures.animatedGif(30, 20, 1);
    gif[6] = 100;
    gif[8] = 50;
    Image image = process(gif).image();
    assertThat(image.getWidth()).isEqualTo(100);
    assertThat(image.getHeight()).isEqualTo(50);
    assertThat(size(image, "600x")).isEqualTo("100x50 image/png");
  }

  @Test
  void frameOutsideItsCanvasIsBroken() {
    byte[] gif = Pictures.animatedGif(30, 20, 1);
    gif[6] = 29;
    assertThat(refusal(gif).reason()).isEqualTo(ErrorReason.ERROR_REASON_IMAGE_BROKEN);
    assertThat(refusal(gif)).hasMessageContaining("canvas");
  }

  @Test
  void framesAreCapped() {
    assertThat(process(Pictures.animatedGif(2, 2, 500)).image().getWidth()).isEqualTo(2);
    assertThat(refusal(Pictures.animatedGif(2, 2, 501)).reason())
        .isEqualTo(ErrorReason.ERROR_REASON_IMAGE_TOO_LARGE);
  }

  static Stream<byte[]> whole() {
    return Stream.of(
        Pictures.jpeg(90, 70),
        Pictures.png(90, 70),
        Pictures.animatedGif(20, 20, 2),
        Pictures.sample("lossy.webp"),
        Pictures.sample("alpha.webp"),
        Pictures.sample("animated.webp"),
        Pictures.sample("progressive.jpg"));
  }

  @ParameterizedTest
  @MethodSource("whole")
  void everyTruncationIsRefused(byte[] whole) {
    assertThat(process(whole).image().getSizeBytes()).isEqualTo(whole.length);
    IntStream.range(0, whole.length)
        .filter(length -> length < 64 || length % 7 == 0 || length > whole.length - 16)
        .forEach(
            length -> {
              ApiException refusal = refusal(Arrays.copyOf(whole, length));
              assertThat(refusal).as("%s of %s bytes", length, whole.length).isNotNull();
              assertThat(refusal.reason()).isEqualTo(ErrorReason.ERROR_REASON_IMAGE_BROKEN);
              assertThat(refusal.violations().get(0).field()).isEqualTo("image");
            });
  }

  @ParameterizedTest
  @MethodSource("whole")
  void flippedBytesNeverLeadToAnythingButAnAnswer(byte[] whole) {
    for (int i = 0; i < whole.length; i += 1 + whole.length / 100) {
      byte[] damaged = whole.clone();
      damaged[i] ^= (byte) (1 + i * 37);
      try {
        assertThat(process(damaged).renditions()).hasSize(5);
      } catch (ApiException refused) {
        assertThat(refused.violations().get(0).field()).isEqualTo("image");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"65535,65535", "50000001,1", "1,50000001", "7072,7071", "2147483647,2147483647"})
  void declaredSizeIsRefusedBeforeDecoding(int width, int height) {
    ApiException refusal = refusal(Pictures.bombPng(width, height));
    assertThat(refusal.reason()).isEqualTo(ErrorReason.ERROR_REASON_IMAGE_TOO_LARGE);
    assertThat(refusal).hasMessageContaining(width + " x " + height);
    assertThat(refusal.metadata()).containsEntry("field", "image");
  }

  @Test
  void sizeThatTheDataDoNotHaveIsBroken() {
    assertThat(refusal(Pictures.bombPng(5000, 5000)).reason())
        .isEqualTo(ErrorReason.ERROR_REASON_IMAGE_BROKEN);
    assertThat(refusal(Pictures.bombPng(0, 10)).reason())
        .isEqualTo(ErrorReason.ERROR_REASON_IMAGE_BROKEN);
    assertThat(refusal(Pictures.bombPng(-1, -1)).reason())
        .isEqualTo(ErrorReason.ERROR_REASON_IMAGE_BROKEN);
  }

  @Test
  void fiftyMegapixelsAreTakenIn() {
    BufferedImage huge = new BufferedImage(10_000, 5_000, BufferedImage.TYPE_BYTE_BINARY);
    Image image = process(Pictures.write(huge, "png")).image();
    assertThat(image.getWidth()).isEqualTo(10_000);
    assertThat(size(image, "1200x")).startsWith("1200x600");
    assertThat(size(image, "originals")).startsWith("10000x5000");
  }

  @ParameterizedTest
  @CsvSource({"40000000,1,1200x1", "1,3000000,1x16384", "600,18000,546x16384"})
  void verySlimPicturesAreTakenIn(int width, int height, String large) {
    BufferedImage slim = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_BINARY);
    Image image = process(Pictures.write(slim, "png")).image();
    assertThat(size(image, "1200x")).isEqualTo(large + " image/jpeg");
    assertThat(size(image, "400x300")).startsWith("400x300");
  }

  @Test
  void progressiveBombOfManyScansIsRefused() {
    byte[] jpeg = Pictures.jpeg(8000, 6000);
    int scan = Bytes.indexOf(jpeg, new byte[] {(byte) 0xFF, (byte) 0xDA});
    byte[] scans =
        Bytes.concat(
            Arrays.copyOf(jpeg, scan), emptyScans(30), Arrays.copyOfRange(jpeg, scan, jpeg.length));
    assertThat(refusal(scans).reason()).isEqualTo(ErrorReason.ERROR_REASON_IMAGE_TOO_LARGE);
  }

  /** Damaged so that its reader asks for tens of thousands of code tables that are not there. */
  @Test
  void webpThatNeverEndsIsGivenUp() {
    assertThat(refusal(Pictures.sample("endless.webp")).reason())
        .isEqualTo(ErrorReason.ERROR_REASON_IMAGE_BROKEN);
  }

  private static byte[] emptyScans(int count) {
    byte[][] scans = new byte[count][];
    Arrays.fill(scans, new byte[] {(byte) 0xFF, (byte) 0xDA, 0, 8, 1, 1, 0, 0, 63, 0});
    return Bytes.concat(scans);
  }

  @Test
  void twentyMebibytesAreTheLimit() {
    byte[] jpeg = Pictures.jpeg(30, 30);
    assertThat(process(Arrays.copyOf(jpeg, 20 << 20)).image().getSizeBytes()).isEqualTo(20 << 20);
    ApiException refusal = refusal(Arrays.copyOf(jpeg, (20 << 20) + 1));
    assertThat(refusal.reason()).isEqualTo(ErrorReason.ERROR_REASON_IMAGE_TOO_LARGE);
    assertThat(refusal).hasMessageContaining("20 MiB");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "hello, this is no picture",
        "<svg xmlns='http://www.w3.org/2000/svg'/>",
        "%PDF-1.7",
        "BM000000",
        "RIFF....WAVE",
        "GIF90a",
        "\u0000\u0000\u0000\u0000"
      })
  void whatIsNoPictureIsBroken(String text) {
    ApiException refusal = refusal(text.getBytes(StandardCharsets.UTF_8));
    assertThat(refusal.reason()).isEqualTo(ErrorReason.ERROR_REASON_IMAGE_BROKEN);
    assertThat(refusal).hasMessageStartingWith("Sorry, this image is broken");
  }
}
