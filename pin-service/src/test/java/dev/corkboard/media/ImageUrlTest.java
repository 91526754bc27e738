// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageUrlTest {
  @ParameterizedTest
  @CsvSource({
    "http://example.com,http://example.com/,example.com,80",
    "HTTPS://Example.COM/A.png,https://example.com/A.png,example.com,443",
    "http://example.com:80/a?b=c#d,http://example.com/a?b=c,example.com,80",
    "http://example.com:/a,http://example.com/a,example.com,80",
    "https://example.com:8443/,https://example.com:8443/,example.com,8443",
    "http://example.com./a,http://example.com/a,example.com,80",
    "http://bücher.example/ä,http://xn--bcher-kva.example/%C3%A4,xn--bcher-kva.example,80",
    "http://a。example/,http://a.example/,a.example,80",
    "http://8.8.8.8/a,http://8.8.8.8/a,8.8.8.8,80",
    "http://8.8.8.8/a,http://8.8.8.8/a,8.8.8.8,80",
    "http://[2606:4700::1111]/a,http://[2606:4700::1111]/a,2606:4700::1111,80",
    "http://[2606:4700::1111]:443/a,http://[2606:4700::1111]:443/a,2606:4700::1111,443",
    "http://127.0.0.1.nip.example/,http://127.0.0.1.nip.example/,127.0.0.1.nip.example,80",
    "http://1and1.example/,http://1and1.example/,1and1.example,80"
  })
  void bringsAUrlIntoOneSpelling(String text, String uri, String host, int port) throws Exception {
    ImageUrl url = ImageUrl.parse(text);
    assertThat(url.uri()).hasToString(uri);
    assertThat(url.host()).isEqualTo(host);
    assertThat(url.port()).isEqualTo(port);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "example.com/a.png",
        "//example.com/a.png",
        "/a.png",
        "http:",
        "http:/",
        "http://",
        "http:///a.png",
        "http:example.com",
        "ftp://example.com/a.png",
        "file:///etc/passwd",
        "gopher://example.com/",
        "data:image/png;base64,AAAA",
        "javascript:alert(1)",
        "jar:http://example.com/a.jar!/b",
        "http://user@example.com/",
        "http://user:pw@example.com/",
        "http://@example.com/",
        "http://example.com@127.0.0.1/",
        "http://127.0.0.1@example.com/",
        "http://example.com:0/",
        "http://example.com:65536/",
        "http://example.com:99999999999/",
        "http://example.com:-1/",
        "http://example.com:80a/",
        "http://example.com: 80/",
        "http://example.com:80:80/",
        "http://example.2com/",
        "http://xn--bcher127.0.5.2ple/",
        "http://2130706433/",
        "http://[::ffff:10.0.0.99999999999]/",
        "http://example.com/%0a\u030c",
        "http://017700000001/",
        "http://0x7f000001/",
        "http://0x7f.0.0.1/",
        "http://0177.0.0.1/",
        "http://127.1/",
        "http://127.0.1/",
        "http://127.0.0.01/",
        "http://127.0.0.256/",
        "http://127.0.0.1.1/",
        "http://1.2.3.4.5/",
        "http://1.2.3.0x4/",
        "http://example.0x/",
        "http://example.1/",
        "http://127。0。1/",
        "http://1/",
        "http://[::1%25lo]/",
        "http://[::1%lo]/",
        "http://[fe80::1%25eth0]/",
        "http://[::1/",
        "http://::1/",
        "http://[127.0.0.1]/",
        "http://[::ffff:8.8.8.8]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[0:0:0:0:0:ffff:808:808]/",
        "http://[v1.x]/",
        "http://[]/",
        "http://[::1]x/",
        "http://exa mple.com/",
        "http://example.com/a b",
        "http://example.com\\@127.0.0.1/",
        "http://example.com\\a",
        "http://example.com/\r\nHost: 127.0.0.1",
        "http://example.com/\u0000",
        "http://exa%6dple.com/",
        "http://%31%32%37.0.0.1/",
        "http://example..com/",
        "http://.example.com/",
        "http://./",
        "http://exam_ple.com/",
        "http://-a.example/",
        "http://a\u2028.example/",
        "http://a.example/\ud800",
        "http://a.example/|",
        "http://a.example/%zz"
      })
  void refusesEverythingElse(String text) {
    assertThatExceptionOfType(FetchFailedException.class)
        .isThrownBy(() -> ImageUrl.parse(text))
        .withMessageStartingWith("Sorry we could not fetch the image. The URL ");
  }

  @Test
  void lengthHasALimit() throws Exception {
    String start = "http://example.com/";
    String longest = start + "a".repeat(2048 - start.length());
    assertThat(ImageUrl.parse(longest).host()).isEqualTo("example.com");
    assertThatExceptionOfType(FetchFailedException.class)
        .isThrownBy(() -> ImageUrl.parse(longest + "a"))
        .withMessageContaining("2,048");
  }

  @ParameterizedTest
  @CsvSource({
    "/b.png,http://example.com/b.png", "b.png,http://example.com/a/b.png",
    "../b.png,http://example.com/b.png", "//other.example/b,http://other.example/b",
    "https://other.example/b,https://other.example/b", "?q=1,http://example.com/a/?q=1"
  })
  void redirectsAreResolved(String location, String expected) throws Exception {
    assertThat(ImageUrl.parse("http://example.com/a/").resolve(location).uri())
        .hasToString(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"file:///etc/passwd", "http://user@example.com/", "ht tp://x", "http://0x7f.1/"})
  void redirectsAreChecked(String location) throws Exception {
    ImageUrl url = ImageUrl.parse("http://example.com/a");
    assertThatExceptionOfType(FetchFailedException.class).isThrownBy(() -> url.resolve(location));
  }
}
