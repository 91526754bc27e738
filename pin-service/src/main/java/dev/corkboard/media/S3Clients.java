// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.media;

import dev.corkboard.platform.config.ConfigException;
import dev.corkboard.platform.error.ApiException;
import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Clients of S3, with a limit on everything. */
final class S3Clients {
  private S3Clients() {}

  /** A client that keeps to what every service that speaks S3 understands. */
  static S3Client open(S3Config config, S3Limits limits) {
    S3ClientBuilder client =
        S3Client.builder()
            .region(Region.of(config.region()))
            .forcePathStyle(config.pathStyle())
            .credentialsProvider(credentials(config))
            // Checksums in trailers and signatures by the chunk are Amazon's alone.
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .serviceConfiguration(service -> service.chunkedEncodingEnabled(false))
            .httpClientBuilder(
                Apache5HttpClient.builder()
                    .maxConnections(limits.connections())
                    .connectionTimeout(limits.connect())
                    .connectionAcquisitionTimeout(limits.connect())
                    .socketTimeout(limits.silence()))
            .overrideConfiguration(
                calls ->
                    calls
                        .retryStrategy(RetryMode.STANDARD)
                        .apiCallAttemptTimeout(limits.attempt())
                        .apiCallTimeout(limits.call()));
    config.endpoint().ifPresent(client::endpointOverride);
    return client.build();
  }

  private static AwsCredentialsProvider credentials(S3Config config) {
    if (config.keys().isPresent()) return StaticCredentialsProvider.create(config.keys().get());
    AwsCredentialsProvider chain = DefaultCredentialsProvider.builder().build();
    try {
      chain.resolveCredentials();
      return chain;
    } catch (SdkClientException none) {
      throw new ConfigException(
          "MEDIA_S3_ACCESS_KEY_FILE", "", "a file, or credentials where the AWS SDK finds them");
    }
  }

  /** What was expected of a bucket that refused to be listed, in one line. */
  static String expected(S3Config config, ApiException refused) {
    String where = config.endpoint().map(URI::toString).orElse(config.region());
    String said =
        refused.getCause() instanceof S3Exception answer
            ? answer.statusCode() + " " + S3Calls.code(answer)
            : refused.getMessage();
    return "a bucket that may be listed; " + where + " says " + said;
  }
}
