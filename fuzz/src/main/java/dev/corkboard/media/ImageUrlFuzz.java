// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.media;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.google.common.net.InetAddresses;
import java.net.InetAddress;

/**
 * URLs of pictures: one that is accepted reads the same when it is read again, and says the same
 * host to the JDK; an address in it is spelled in the one way all agree on.
 */
public final class ImageUrlFuzz {
  private ImageUrlFuzz() {}

  /** Called by the fuzzer. */
  public static void fuzzerTestOneInput(FuzzedDataProvider data) {
    String text = data.consumeString(300);
    ImageUrl url;
    try {
      url = ImageUrl.parse(text);
      check(url);
      check(url.resolve(data.consumeRemainingAsString()));
    } catch (FetchFailedException refused) {
      // what it is for
    }
  }

  private static void check(ImageUrl url) throws FetchFailedException {
    if (!ImageUrl.parse(url.uri().toString()).equals(url)) {
      throw new AssertionError("read twice, it is another: " + url);
    }
    if (url.uri().getUserInfo() != null || url.port() < 1 || url.port() > 65_535) {
      throw new AssertionError(url.toString());
    }
    String host = url.uri().getHost();
    if (host == null || !host.replaceAll("[\\[\\]]", "").startsWith(url.host())) {
      throw new AssertionError("the JDK connects to " + host + ", checked was " + url.host());
    }
    if (InetAddresses.isInetAddress(url.host())) {
      InetAddress address = InetAddresses.forString(url.host());
      if (address.isLoopbackAddress() && PublicAddresses.contains(address)) {
        throw new AssertionError("loopback counts as public: " + url);
      }
    }
  }
}
