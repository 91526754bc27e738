// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corkboard.platform.config.OidcConfig;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class GreetingTest {
  private final String text =
      Greeting.text(
          "http://127.0.0.1:8080",
          new Operator.Token("TOKEN", "2026-01-01T00:00:00Z"),
          new SignIn("17", "SECRET", "PASSWORD"),
          4_250_000_000L);

  @Test
  void urlTokenAndTimeAreThere() {
    assertThat(text)
        .contains("Ready in 4.", "http://127.0.0.1:8080", "2026-01-01T00:00:00Z")
        .contains("\nTOKEN\n");
  }

  @Test
  void theAppAndWhereToSignInAreThere() {
    assertThat(text)
        .contains("app 17, secret SECRET", "password PASSWORD", "http://127.0.0.1:8080/docs")
        .contains(
            "\nhttp://127.0.0.1:8080/oauth/?client_id=17"
                + "&redirect_uri=http%3A%2F%2Flocalhost%3A8085%2F&response_type=code&scope=");
  }

  @Test
  void anExternalIssuerIsNamedAndNoTokenIs() {
    OidcConfig oidc = new OidcConfig("https://issuer.example", "pins", "name", Set.of());
    assertThat(Greeting.text("http://127.0.0.1:8080", oidc, 4_250_000_000L))
        .contains("Ready in 4.", "Sign-in is at https://issuer.example.", "audience pins")
        .contains("curl -s -w '\\n' http://127.0.0.1:8080/v5/user_account -H")
        .doesNotContain("password");
  }

  @Test
  void threeCommandsEachOnALineOfItsOwnCarryTheToken() {
    List<String> commands = text.lines().filter(line -> line.contains("curl ")).toList();
    assertThat(commands)
        .hasSize(3)
        .allMatch(line -> line.contains("'Authorization: Bearer TOKEN'"));
    assertThat(commands.get(0)).startsWith("BOARD=$(curl ");
    assertThat(commands.get(2)).contains("/v5/boards/$BOARD/pins");
  }

  @Test
  void theShellSeesTheCommandsAsMeant() throws IOException, InterruptedException {
    Process shell =
        new ProcessBuilder(
                "bash",
                "-n",
                "-c",
                text.lines()
                    .filter(line -> line.contains("curl "))
                    .reduce("", (all, line) -> all + line + "\n"))
            .start();
    assertThat(shell.waitFor()).isZero();
  }

  @Test
  void thePictureOfThePinIsOne() throws IOException {
    Matcher data = Pattern.compile("\"data\":\"([^\"]*)\"").matcher(text);
    assertThat(data.find()).isTrue();
    var image = ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(data.group(1))));
    assertThat(image.getWidth()).isEqualTo(40);
  }
}
