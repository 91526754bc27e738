// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.oauth;

import com.google.protobuf.ByteString;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * Keeps what people granted to apps, and the codes and refresh tokens that stand for it, by the
 * SHA-256 hash of each. Stages fail with {@code ApiException}s.
 */
interface GrantStore {
  /** That an account lets an app act for it, within scopes. */
  record Grant(String id, String appId, String accountId, Set<String> scopes, boolean revoked) {}

  /**
   * An authorization code, kept a day: a code redeemed twice revokes its grant.
   *
   * @param challenge the S256 code challenge, or empty
   */
  record Code(
      ByteString hash, String grantId, String redirectUri, String challenge, Instant expireTime) {}

  /** A refresh token, kept until it expires. */
  record RefreshToken(ByteString hash, String grantId, Instant expireTime) {}

  CompletionStage<Void> create(Grant grant);

  CompletionStage<Optional<Grant>> grant(String grantId);

  /** Revokes a grant; again is no error. */
  CompletionStage<Void> revoke(String grantId);

  CompletionStage<Void> addCode(Code code);

  CompletionStage<Optional<Code>> code(ByteString hash);

  /** Answers true to the first who asks, false ever after. */
  CompletionStage<Boolean> redeem(ByteString codeHash);

  CompletionStage<Void> addRefreshToken(RefreshToken token);

  CompletionStage<Optional<RefreshToken>> refreshToken(ByteString hash);

  /** Answers true to the first who asks, false ever after. */
  CompletionStage<Boolean> use(ByteString refreshTokenHash);
}
