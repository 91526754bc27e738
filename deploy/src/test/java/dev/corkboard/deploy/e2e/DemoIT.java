// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.corkboard.deploy.demo.Demo;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** What {@code --demo} makes of two accounts. Filling takes long, so the tests are stations. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DemoIT {
  private final EndToEnd suite = EndToEnd.get();
  private final Rest demo = suite.newAccount();
  private final Rest guest = suite.newAccount();

  private String fill() {
    return new Demo(
            suite.edge(), Map.of("demo", demo.account().token(), "guest", guest.account().token()))
        .fill();
  }

  private static JsonNode onlyCollage(Rest owner) {
    JsonNode items = owner.get("/v1/collages").expect(200).json().get("items");
    assertThat(items).hasSize(1);
    return items.get(0);
  }

  @Test
  @Order(1)
  void aFillMakesEverythingOnce() {
    assertThat(fill()).isEqualTo("made 100 Pins, 16 saves and 2 collages");
    assertThat(fill()).isEqualTo("already there");
  }

  @Test
  @Order(2)
  void bothCollagesArePinsAndOneIsARemixOfTheOther() {
    JsonNode original = onlyCollage(demo);
    JsonNode remix = onlyCollage(guest);
    assertThat(original.get("title").textValue()).isEqualTo("Golden hour");
    assertThat(remix.get("title").textValue()).isEqualTo("Blue hour");
    assertThat(remix.at("/remix_of/collage_id")).isEqualTo(original.get("id"));
    for (JsonNode collage : new JsonNode[] {original, remix}) {
      assertThat(collage.get("state").textValue()).isEqualTo("published");
      assertThat(collage.at("/publication/revision")).isEqualTo(collage.get("revision"));
      String pin = collage.at("/publication/pin_id").textValue();
      assertThat(demo.get("/v5/pins/" + pin).expect(200).json().get("title"))
          .isEqualTo(collage.get("title"));
    }
  }

  @Test
  @Order(2)
  void theRemixLooksDifferent() throws IOException {
    BufferedImage original = render(onlyCollage(demo));
    BufferedImage remix = render(onlyCollage(guest));
    int differing = 0;
    for (int y = 0; y < original.getHeight(); y++) {
      for (int x = 0; x < original.getWidth(); x++) {
        if (original.getRGB(x, y) != remix.getRGB(x, y)) differing++;
      }
    }
    assertThat(differing).isGreaterThan(original.getWidth() * original.getHeight() / 2);
  }

  @Test
  @Order(3)
  void aRemixThatWasOnlyBegunIsFinished() {
    String original = onlyCollage(demo).get("id").textValue();
    String remix = onlyCollage(guest).get("id").textValue();
    guest.send("POST", "/v1/collages/" + remix + "/unpublish").expect(200);
    guest.delete("/v1/collages/" + remix).expect(204);
    String begun = guest.send("POST", "/v1/collages/" + original + "/remix").expect(201).id();

    assertThat(fill()).isEqualTo("made 0 Pins, 0 saves and 1 collages");

    JsonNode finished = onlyCollage(guest);
    assertThat(finished.get("id").textValue()).isEqualTo(begun);
    assertThat(finished.get("title").textValue()).isEqualTo("Blue hour");
    assertThat(finished.get("state").textValue()).isEqualTo("published");
    assertThat(finished.get("revision").longValue()).isEqualTo(1);
  }

  private BufferedImage render(JsonNode collage) throws IOException {
    String path = "/v1/collages/" + collage.get("id").textValue() + "/render";
    return ImageIO.read(new ByteArrayInputStream(demo.bytes(path).body()));
  }
}
