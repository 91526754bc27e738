// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.media;

import com.google.common.net.InetAddresses;
import dev.corkboard.platform.check.Uris;
import java.net.IDN;
import java.net.Inet6Address;
import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * An http or https URL in one spelling, without user, fragment or any spelling of an address but
 * the plain one: what is checked is what is connected to.
 *
 * @param uri in ASCII, with a path; the port is there only when it is not the scheme's
 * @param host lower-case ASCII name or address, an IPv6 address without brackets
 * @param port 1 to 65535
 */
record ImageUrl(URI uri, String host, int port) {
  private static final int MAX_CODE_POINTS = 2048;
  private static final int MAX_HOST = 253;
  private static final Pattern PORT = Pattern.compile("[0-9]{1,5}");
  private static final Pattern V4 =
      Pattern.compile("((25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(\\.(?!$)|$)){4}");
  private static final Pattern NUMBER = Pattern.compile("[0-9]+|0x[0-9a-f]*");

  static ImageUrl parse(String text) throws FetchFailedException {
    if (text.codePointCount(0, text.length()) > MAX_CODE_POINTS) {
      throw new FetchFailedException("The URL is longer than 2,048 characters.");
    }
    if (text.codePoints().anyMatch(ImageUrl::isForbidden)) throw malformed();
    URI uri = uri(text);
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw new FetchFailedException("The URL must begin with http:// or https://.");
    }
    return of(scheme, uri);
  }

  private static URI uri(String text) throws FetchFailedException {
    return Uris.parse(text).orElseThrow(ImageUrl::malformed);
  }

  private static boolean isForbidden(int c) {
    return c <= ' '
        || c == '\\'
        || Character.isISOControl(c)
        || Character.isWhitespace(c)
        || Character.isSpaceChar(c)
        || Character.getType(c) == Character.SURROGATE;
  }

  private static FetchFailedException malformed() {
    return new FetchFailedException("The URL is malformed.");
  }

  private static ImageUrl of(String scheme, URI uri) throws FetchFailedException {
    String authority = uri.getRawAuthority();
    if (authority == null || authority.isEmpty() || authority.contains("%")) throw malformed();
    if (authority.contains("@")) {
      throw new FetchFailedException("The URL must not carry a user name or password.");
    }
    int end = authority.startsWith("[") ? authority.indexOf(']') + 1 : authority.indexOf(':');
    if (end < 0) end = authority.length();
    int defaultPort = scheme.equals("https") ? 443 : 80;
    String host = host(authority.substring(0, end));
    int port = port(authority.substring(end), defaultPort);
    String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    String name = host.contains(":") ? "[" + host + "]" : host;
    String shownPort = port == defaultPort ? "" : ":" + port;
    URI plain = uri(scheme + "://" + name + shownPort + path + query);
    // The ASCII text composes letters, which can take one out of an escape.
    URI checked = uri(plain.toASCIIString());
    // A name whose last label begins with a digit is no host to the JDK, and an address to others.
    if (checked.getHost() == null) throw malformed();
    return new ImageUrl(checked, host, port);
  }

  private static int port(String suffix, int defaultPort) throws FetchFailedException {
    if (suffix.isEmpty() || suffix.equals(":")) return defaultPort;
    if (!suffix.startsWith(":") || !PORT.matcher(suffix.substring(1)).matches()) throw malformed();
    int port = Integer.parseInt(suffix.substring(1));
    if (port < 1 || port > 65535) throw malformed();
    return port;
  }

  private static String host(String host) throws FetchFailedException {
    if (host.startsWith("[")) {
      String address = host.substring(1, host.length() - 1);
      // An IPv4 address in IPv6 clothes is read as the IPv4 one by some and not by others.
      if (!InetAddresses.isInetAddress(address)
          || !(InetAddresses.forString(address) instanceof Inet6Address)) {
        throw malformed();
      }
      return address.toLowerCase(Locale.ROOT);
    }
    String ascii;
    try {
      ascii = IDN.toASCII(host, IDN.USE_STD3_ASCII_RULES).toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException e) {
      throw malformed();
    }
    String name = ascii.endsWith(".") ? ascii.substring(0, ascii.length() - 1) : ascii;
    String last = name.substring(name.lastIndexOf('.') + 1);
    if (last.isEmpty() || name.length() > MAX_HOST) throw malformed();
    // Decimal, octal, hexadecimal and shortened addresses are read differently by every library.
    if (NUMBER.matcher(last).matches() && !V4.matcher(name).matches()) throw malformed();
    return name;
  }

  /** Where a redirect leads. */
  ImageUrl resolve(String location) throws FetchFailedException {
    try {
      return parse(uri.resolve(location).toString());
    } catch (IllegalArgumentException e) {
      throw malformed();
    }
  }
}
