// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.media;

import dev.corkboard.platform.config.ConfigException;
import dev.corkboard.platform.config.Env;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;

/**
 * Settings of a bucket that holds media.
 *
 * @param endpoint of a service that speaks S3; without one, Amazon's own in the region
 * @param pathStyle whether the bucket is named in the path rather than in the host name
 * @param keys without them, credentials are looked for where the SDK does by default
 */
public record S3Config(
    Optional<URI> endpoint,
    String bucket,
    String region,
    boolean pathStyle,
    Optional<AwsBasicCredentials> keys) {
  private static final String ENDPOINT = "MEDIA_S3_ENDPOINT";
  private static final String BUCKET = "MEDIA_S3_BUCKET";
  private static final String REGION = "MEDIA_S3_REGION";
  private static final String ACCESS_KEY = "MEDIA_S3_ACCESS_KEY_FILE";
  private static final String SECRET_KEY = "MEDIA_S3_SECRET_KEY_FILE";

  private static final Pattern BUCKET_NAME = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
  private static final Pattern REGION_NAME = Pattern.compile("[a-z0-9-]{1,32}");

  /** Reads {@code MEDIA_S3_*}, and the files with the keys. */
  public static S3Config fromEnv(Env env) {
    Optional<URI> endpoint = env.string(ENDPOINT).map(S3Config::endpoint);
    return new S3Config(
        endpoint,
        matching(BUCKET, env.string(BUCKET, ""), BUCKET_NAME, "the name of a bucket"),
        matching(REGION, env.string(REGION, "us-east-1"), REGION_NAME, "a name as us-east-1"),
        env.bool("MEDIA_S3_PATH_STYLE", endpoint.isPresent()),
        keys(env));
  }

  private static URI endpoint(String value) {
    try {
      URI uri = URI.create(value);
      boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      boolean bare = uri.getUserInfo() == null && uri.getQuery() == null && uri.getHost() != null;
      if (http && bare && uri.getFragment() == null) return uri;
    } catch (IllegalArgumentException notAUri) {
      // said below
    }
    throw new ConfigException(ENDPOINT, value, "a URL such as https://s3.example.org");
  }

  private static String matching(String key, String value, Pattern pattern, String expected) {
    if (pattern.matcher(value).matches()) return value;
    throw new ConfigException(key, value, expected);
  }

  private static Optional<AwsBasicCredentials> keys(Env env) {
    Optional<String> access = env.string(ACCESS_KEY);
    Optional<String> secret = env.string(SECRET_KEY);
    if (access.isEmpty() && secret.isEmpty()) return Optional.empty();
    return Optional.of(
        AwsBasicCredentials.create(key(ACCESS_KEY, access), key(SECRET_KEY, secret)));
  }

  private static String key(String setting, Optional<String> file) {
    String name = file.orElseThrow(() -> new ConfigException(setting, "", "both files or none"));
    try {
      String key = Files.readString(Path.of(name)).strip();
      if (!key.isEmpty()) return key;
    } catch (IOException | IllegalArgumentException unreadable) {
      // said below
    }
    throw new ConfigException(setting, name, "a readable file that holds a key");
  }
}
