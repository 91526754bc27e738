// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads settings from the environment; a bad value fails with a {@link ConfigException}. */
public final class Env {
  private final Map<String, String> values;

  private Env(Map<String, String> values) {
    this.values = Collections.unmodifiableMap(values);
  }

  /** Settings are looked up when they are asked for: the map is not copied. */
  public static Env of(Map<String, String> values) {
    return new Env(values);
  }

  /** The environment of this process. */
  public static Env system() {
    return new Env(System.getenv());
  }

  public Optional<String> string(String key) {
    return Optional.ofNullable(values.get(key)).filter(value -> !value.isEmpty());
  }

  public String string(String key, String fallback) {
    return string(key).orElse(fallback);
  }

  public Path path(String key, String fallback) {
    return Path.of(string(key, fallback));
  }

  /** The text of the file that the setting names, without the end of its line. */
  public Optional<Secret> secret(String key) {
    return string(key)
        .map(
            file -> {
              String text = read(key, file).strip();
              if (text.isEmpty()) throw new ConfigException(key, file, "a file with a secret");
              return new Secret(text);
            });
  }

  /** A file of certificates in PEM; it is there, and says that it is one. */
  public Optional<Path> certificates(String key) {
    Optional<String> file = string(key);
    file.filter(name -> !read(key, name).contains("-----BEGIN CERTIFICATE-----"))
        .ifPresent(
            name -> {
              throw new ConfigException(key, name, "certificates in PEM");
            });
    return file.map(Path::of);
  }

  private static String read(String key, String file) {
    try {
      return Files.readString(Path.of(file));
    } catch (IOException | InvalidPathException e) {
      throw new ConfigException(key, file, "a file that can be read");
    }
  }

  public int port(String key, int fallback) {
    return integer(key, fallback, 0, 65_535);
  }

  public int integer(String key, int fallback, int min, int max) {
    String value = values.getOrDefault(key, "");
    if (value.isEmpty()) return fallback;
    try {
      int number = Integer.parseInt(value);
      if (number >= min && number <= max) return number;
    } catch (NumberFormatException notANumber) {
      // said below
    }
    throw new ConfigException(key, value, min + "-" + max);
  }

  /** A share of a whole, from 0 to 1. */
  public double share(String key, double fallback) {
    String value = values.getOrDefault(key, "");
    if (value.isEmpty()) return fallback;
    try {
      double share = Double.parseDouble(value);
      if (share >= 0 && share <= 1) return share;
    } catch (NumberFormatException notANumber) {
      // said below
    }
    throw new ConfigException(key, value, "0 to 1");
  }

  public boolean bool(String key, boolean fallback) {
    String value = values.getOrDefault(key, "").toLowerCase(Locale.ROOT);
    return switch (value) {
      case "" -> fallback;
      case "true" -> true;
      case "false" -> false;
      default -> throw new ConfigException(key, value, "true or false");
    };
  }

  /** Such as {@code 200ms}, {@code 30s}, {@code 5m}, {@code 24h} or ISO 8601; never negative. */
  public Duration duration(String key, Duration fallback) {
    String value = values.getOrDefault(key, "");
    if (value.isEmpty()) return fallback;
    try {
      Duration duration = duration(value.toUpperCase(Locale.ROOT));
      if (!duration.isNegative()) return duration;
    } catch (DateTimeParseException | NumberFormatException notADuration) {
      // said below
    }
    throw new ConfigException(key, value, "a duration such as 200ms, 30s, 5m or 24h");
  }

  private static Duration duration(String value) {
    if (value.endsWith("MS")) {
      return Duration.ofMillis(Long.parseLong(value.substring(0, value.length() - 2)));
    }
    return Duration.parse(value.startsWith("P") ? value : "PT" + value);
  }
}
