// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corkboard.platform.config.ConfigException;
import dev.corkboard.platform.config.Env;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class S3ConfigTest {
  @TempDir Path folder;

  private static S3Config read(Map<String, String> settings) {
    Map<String, String> env = new HashMap<>(Map.of("MEDIA_STORE", "s3", "MEDIA_S3_BUCKET", "pins"));
    env.putAll(settings);
    return MediaConfig.fromEnv(Env.of(env)).s3().orElseThrow();
  }

  private Path file(String text) throws IOException {
    return Files.writeString(Files.createTempFile(folder, "key", ""), text);
  }

  @Test
  void filesAreTheDefault() {
    assertThat(MediaConfig.fromEnv(Env.of(Map.of())).s3()).isEmpty();
    assertThat(MediaConfig.fromEnv(Env.of(Map.of("MEDIA_STORE", "local"))).s3()).isEmpty();
  }

  @Test
  void aBucketIsAllThatAmazonNeeds() {
    S3Config config = read(Map.of());
    assertThat(config.endpoint()).isEmpty();
    assertThat(config.bucket()).isEqualTo("pins");
    assertThat(config.region()).isEqualTo("us-east-1");
    assertThat(config.pathStyle()).isFalse();
    assertThat(config.keys()).isEmpty();
  }

  @Test
  void anEndpointTakesTheBucketInThePath() throws IOException {
    Map<String, String> settings =
        Map.of(
            "MEDIA_S3_ENDPOINT",
            "https://s3.example.org:9000",
            "MEDIA_S3_REGION",
            "eu-west-3",
            "MEDIA_S3_ACCESS_KEY_FILE",
            file("access\n").toString(),
            "MEDIA_S3_SECRET_KEY_FILE",
            file("secret\n").toString());
    S3Config config = read(settings);
    assertThat(config.endpoint()).contains(URI.create("https://s3.example.org:9000"));
    assertThat(config.region()).isEqualTo("eu-west-3");
    assertThat(config.pathStyle()).isTrue();
    assertThat(config.keys().orElseThrow().accessKeyId()).isEqualTo("access");
    assertThat(config.keys().orElseThrow().secretAccessKey()).isEqualTo("secret");
    assertThat(config.toString()).doesNotContain("secret");
    Map<String, String> byHost = new HashMap<>(settings);
    byHost.put("MEDIA_S3_PATH_STYLE", "false");
    assertThat(read(byHost).pathStyle()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "MEDIA_STORE, s4",
    "MEDIA_S3_BUCKET, Pins",
    "MEDIA_S3_BUCKET, a/b",
    "MEDIA_S3_REGION, Paris?",
    "MEDIA_S3_PATH_STYLE, perhaps",
    "MEDIA_S3_ENDPOINT, s3.example.org",
    "MEDIA_S3_ENDPOINT, ftp://s3.example.org",
    "MEDIA_S3_ENDPOINT, https://me:secret@s3.example.org",
    "MEDIA_S3_ENDPOINT, https://s3.example.org/?a=b",
    "MEDIA_S3_ENDPOINT, http://"
  })
  void badValueIsNamed(String key, String value) {
    assertThatThrownBy(() -> read(Map.of(key, value)))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith(key + ": " + value + " (expected: ");
  }

  @Test
  void bucketIsNeeded() {
    assertThatThrownBy(() -> MediaConfig.fromEnv(Env.of(Map.of("MEDIA_STORE", "s3"))))
        .hasMessage("MEDIA_S3_BUCKET:  (expected: the name of a bucket)");
  }

  @Test
  void keysComeInPairsFromFilesThatHoldThem() throws IOException {
    String access = file("access").toString();
    String missing = folder.resolve("missing").toString();
    assertThatThrownBy(() -> read(Map.of("MEDIA_S3_ACCESS_KEY_FILE", access)))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("MEDIA_S3_SECRET_KEY_FILE: ");
    for (String bad : new String[] {missing, file(" \n").toString(), folder.toString()}) {
      assertThatThrownBy(
              () ->
                  read(Map.of("MEDIA_S3_ACCESS_KEY_FILE", access, "MEDIA_S3_SECRET_KEY_FILE", bad)))
          .isInstanceOf(ConfigException.class)
          .hasMessage(
              "MEDIA_S3_SECRET_KEY_FILE: " + bad + " (expected: a readable file that holds a key)");
    }
  }
}
