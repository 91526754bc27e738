// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.trace;

import dev.corkboard.platform.config.ConfigException;
import dev.corkboard.platform.config.Env;
import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Where traces go.
 *
 * @param endpoint the collector, without the path of the signal
 * @param share of the requests that are recorded, 0 to 1
 * @param directory where the exporter to files writes
 */
public record TraceConfig(Exporter exporter, URI endpoint, double share, Path directory) {
  /** Who takes the spans. */
  public enum Exporter {
    NONE,
    OTLP,
    FILE
  }

  /** No traces; where nothing is set. */
  public static final TraceConfig OFF =
      new TraceConfig(
          Exporter.NONE,
          URI.create("http://127.0.0.1:4318"),
          0.01,
          Path.of(".corkboard", "traces"));

  public static TraceConfig fromEnv(Env env) {
    return new TraceConfig(
        exporter(env.string("OTEL_TRACES_EXPORTER", "none")),
        endpoint(env.string("OTEL_EXPORTER_OTLP_ENDPOINT", OFF.endpoint().toString())),
        env.share("OTEL_TRACES_SAMPLER_ARG", OFF.share()),
        env.path("TRACES_DIR", OFF.directory().toString()));
  }

  private static Exporter exporter(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "none" -> Exporter.NONE;
      case "otlp" -> Exporter.OTLP;
      case "file" -> Exporter.FILE;
      default -> throw new ConfigException("OTEL_TRACES_EXPORTER", text, "none, otlp or file");
    };
  }

  private static URI endpoint(String text) {
    try {
      URI uri = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
      boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      if (http && uri.getHost() != null && uri.getUserInfo() == null && uri.getQuery() == null) {
        return uri;
      }
    } catch (IllegalArgumentException notAnUri) {
      // said below
    }
    throw new ConfigException("OTEL_EXPORTER_OTLP_ENDPOINT", text, "an http or https URL");
  }
}
