// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.oauth;

import com.google.protobuf.ByteString;
import com.google.protobuf.util.Timestamps;
import dev.corkboard.oauth.v1.Revocation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** All that the authorization server keeps, in memory. */
final class InMemoryOAuthStores implements OAuthStores {
  private final Map<String, AppStore.StoredApp> apps = new HashMap<>();
  private final Map<String, GrantStore.Grant> grants = new HashMap<>();
  private final Map<ByteString, GrantStore.Code> codes = new HashMap<>();
  private final Map<ByteString, GrantStore.RefreshToken> refreshTokens = new HashMap<>();
  private final Set<ByteString> taken = new HashSet<>();
  private final Map<String, String> passwords = new HashMap<>();
  private final Map<ByteString, String> sessions = new HashMap<>();
  private final List<Revocation> revocations = new ArrayList<>();

  private static <T> CompletionStage<T> done(T value) {
    return CompletableFuture.completedStage(value);
  }

  private static CompletionStage<Void> done() {
    return CompletableFuture.completedStage(null);
  }

  @Override
  public AppStore apps() {
    return new AppStore() {
      @Override
      public CompletionStage<Void> create(StoredApp app) {
        apps.putIfAbsent(app.app().getId(), app);
        return done();
      }

      @Override
      public CompletionStage<Optional<StoredApp>> get(String appId) {
        return done(Optional.ofNullable(apps.get(appId)));
      }

      @Override
      public CompletionStage<Boolean> delete(String appId) {
        return done(apps.remove(appId) != null);
      }
    };
  }

  @Override
  public GrantStore grants() {
    return new GrantStore() {
      @Override
      public CompletionStage<Void> create(Grant grant) {
        grants.putIfAbsent(grant.id(), grant);
        return done();
      }

      @Override
      public CompletionStage<Optional<Grant>> grant(String grantId) {
        return done(Optional.ofNullable(grants.get(grantId)));
      }

      @Override
      public CompletionStage<Void> revoke(String grantId) {
        grants.computeIfPresent(
            grantId, (id, g) -> new Grant(id, g.appId(), g.accountId(), g.scopes(), true));
        return done();
      }

      @Override
      public CompletionStage<Void> addCode(Code code) {
        codes.put(code.hash(), code);
        return done();
      }

      @Override
      public CompletionStage<Optional<Code>> code(ByteString hash) {
        return done(Optional.ofNullable(codes.get(hash)));
      }

      @Override
      public CompletionStage<Boolean> redeem(ByteString codeHash) {
        return done(taken.add(codeHash));
      }

      @Override
      public CompletionStage<Void> addRefreshToken(RefreshToken token) {
        refreshTokens.put(token.hash(), token);
        return done();
      }

      @Override
      public CompletionStage<Optional<RefreshToken>> refreshToken(ByteString hash) {
        return done(Optional.ofNullable(refreshTokens.get(hash)));
      }

      @Override
      public CompletionStage<Boolean> use(ByteString refreshTokenHash) {
        return done(taken.add(refreshTokenHash));
      }
    };
  }

  @Override
  public SignInStore signIns() {
    return new SignInStore() {
      @Override
      public CompletionStage<Void> setPassword(String accountId, String passwordHash) {
        passwords.put(accountId, passwordHash);
        return done();
      }

      @Override
      public CompletionStage<Optional<String>> passwordHash(String accountId) {
        return done(Optional.ofNullable(passwords.get(accountId)));
      }

      @Override
      public CompletionStage<Void> addSession(ByteString tokenHash, String accountId) {
        sessions.put(tokenHash, accountId);
        return done();
      }

      @Override
      public CompletionStage<Optional<String>> session(ByteString tokenHash) {
        return done(Optional.ofNullable(sessions.get(tokenHash)));
      }

      @Override
      public CompletionStage<Void> removeSession(ByteString tokenHash) {
        sessions.remove(tokenHash);
        return done();
      }
    };
  }

  @Override
  public RevocationStore revocations() {
    return new RevocationStore() {
      @Override
      public CompletionStage<Void> add(Revocation revocation) {
        if (!revocations.contains(revocation)) revocations.add(revocation);
        return done();
      }

      @Override
      public CompletionStage<Page> since(Instant from, int limit) {
        List<Revocation> found =
            revocations.stream()
                .filter(r -> at(r) >= from.toEpochMilli())
                .sorted(Comparator.comparingLong(InMemoryOAuthStores::at))
                .limit(limit)
                .toList();
        return done(
            new Page(
                found,
                found.size() < limit
                    ? Optional.empty()
                    : Optional.of(Instant.ofEpochMilli(at(found.get(limit - 1))))));
      }
    };
  }

  private static long at(Revocation revocation) {
    return Timestamps.toMillis(revocation.getRevokeTime());
  }
}
