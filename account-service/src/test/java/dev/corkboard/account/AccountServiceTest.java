// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.FieldMask;
import com.google.protobuf.util.Durations;
import com.nimbusds.jose.jwk.ECKey;
import dev.corkboard.access.v1.ListSigningKeysRequest;
import dev.corkboard.access.v1.RotateSigningKeyRequest;
import dev.corkboard.access.v1.SigningKeyServiceGrpc;
import dev.corkboard.account.v1.Account;
import dev.corkboard.account.v1.AccountServiceGrpc;
import dev.corkboard.account.v1.AccountServiceGrpc.AccountServiceBlockingStub;
import dev.corkboard.account.v1.BatchGetAccountsRequest;
import dev.corkboard.account.v1.CreateAccountRequest;
import dev.corkboard.account.v1.GetAccountRequest;
import dev.corkboard.account.v1.IssueAccessTokenRequest;
import dev.corkboard.account.v1.LookupAccountRequest;
import dev.corkboard.account.v1.UpdateAccountRequest;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.platform.auth.Revocations;
import dev.corkboard.platform.auth.TokenVerifier;
import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.id.IdGenerator;
import dev.corkboard.platform.id.Lease;
import dev.corkboard.platform.testing.GrpcExtension;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccountServiceTest {
  private static final Clock CLOCK = Clock.systemUTC();

  private static final TokenIssuer ISSUER = new Accounts().issuer(CLOCK);

  @RegisterExtension
  static final GrpcExtension grpc =
      new GrpcExtension(
          "account",
          tokens ->
              List.of(
                  new AccountService(
                      new InMemoryAccountStore(),
                      ISSUER,
                      new IdGenerator(() -> new Lease.Term(1, 0, Long.MAX_VALUE), CLOCK),
                      CLOCK),
                  new SigningKeyService(ISSUER)));

  private AccountServiceBlockingStub as(String service) {
    return AccountServiceGrpc.newBlockingStub(grpc.channel())
        .withCallCredentials(grpc.tokens().service(service, "account", ""));
  }

  private AccountServiceBlockingStub asUser(String id, Set<String> scopes) {
    return AccountServiceGrpc.newBlockingStub(grpc.channel())
        .withCallCredentials(grpc.tokens().user(id, scopes));
  }

  private Account create(String username) {
    return as("operator")
        .createAccount(
            CreateAccountRequest.newBuilder()
                .setAccount(Account.newBuilder().setUsername(username))
                .build());
  }

  private static String unique() {
    return "u" + UUID.randomUUID().toString().replace("-", "").substring(0, 20);
  }

  private static void assertFails(Runnable call, ErrorReason reason) {
    assertThatThrownBy(call::run)
        .satisfies(e -> assertThat(ApiException.from(e).reason()).isEqualTo(reason));
  }

  @Test
  void createdAccountsAreFoundByIdAndName() {
    String name = unique();
    Account account = create(name);
    assertThat(account.getId()).matches("[1-9]\\d{10,18}");
    assertThat(account.hasCreateTime()).isTrue();
    assertThat(
            asUser("1", Set.of("user_accounts:read"))
                .getAccount(GetAccountRequest.newBuilder().setAccountId(account.getId()).build()))
        .isEqualTo(account);
    assertThat(
            as("operator")
                .lookupAccount(LookupAccountRequest.newBuilder().setUsername(name).build()))
        .isEqualTo(account);
  }

  @Test
  void manyAreAnsweredOnceEachInRequestOrder() {
    Account a = create(unique());
    Account b = create(unique());
    assertThat(
            as("edge")
                .batchGetAccounts(
                    BatchGetAccountsRequest.newBuilder()
                        .addAccountIds(b.getId())
                        .addAccountIds("5")
                        .addAccountIds(a.getId())
                        .addAccountIds(b.getId())
                        .build())
                .getAccountsList())
        .containsExactly(b, a);
  }

  @Test
  void aBatchIsBounded() {
    var request = BatchGetAccountsRequest.newBuilder();
    for (int i = 1; i <= 1_000; i++) request.addAccountIds(Integer.toString(i));
    assertThat(as("edge").batchGetAccounts(request.build()).getAccountsList()).isEmpty();
    assertFails(
        () -> as("edge").batchGetAccounts(request.addAccountIds("1001").build()),
        ErrorReason.ERROR_REASON_INVALID_FIELD);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "ab", "123456", "with space", "naïve", "a_name_of_thirty_one_letters_ab"})
  void badUsernamesAreRefused(String username) {
    assertFails(() -> create(username), ErrorReason.ERROR_REASON_INVALID_FIELD);
  }

  @Test
  void takenUsernamesAreRefused() {
    String name = unique();
    create(name);
    assertFails(
        () -> create(name.toUpperCase(java.util.Locale.ROOT)),
        ErrorReason.ERROR_REASON_USERNAME_TAKEN);
  }

  @Test
  void missingAccountsAreNotFound() {
    assertFails(
        () ->
            asUser("1", Set.of("user_accounts:read"))
                .getAccount(GetAccountRequest.newBuilder().setAccountId("77").build()),
        ErrorReason.ERROR_REASON_ACCOUNT_NOT_FOUND);
  }

  @Test
  void onlyTheNamedServicesMayCreateAndIssue() {
    for (Runnable call :
        List.<Runnable>of(
            () -> asUser("1", Set.of("user_accounts:write")).createAccount(anyCreate()),
            () -> as("edge").createAccount(anyCreate()),
            () -> as("pin").issueAccessToken(anyIssue()),
            () ->
                SigningKeyServiceGrpc.newBlockingStub(grpc.channel())
                    .withCallCredentials(grpc.tokens().service("edge", "account", ""))
                    .rotateSigningKey(RotateSigningKeyRequest.getDefaultInstance()))) {
      assertFails(call, ErrorReason.ERROR_REASON_SERVICE_ONLY);
    }
    assertFails(
        () -> AccountServiceGrpc.newBlockingStub(grpc.channel()).createAccount(anyCreate()),
        ErrorReason.ERROR_REASON_UNAUTHENTICATED);
  }

  private static CreateAccountRequest anyCreate() {
    return CreateAccountRequest.newBuilder()
        .setAccount(Account.newBuilder().setUsername(unique()))
        .build();
  }

  private static IssueAccessTokenRequest anyIssue() {
    return IssueAccessTokenRequest.newBuilder().setAccountId("1").addScopes("pins:read").build();
  }

  @Test
  void issuedTokensVerifyAgainstThePublishedKeys() throws Exception {
    Account account = create(unique());
    var issued =
        as("operator")
            .issueAccessToken(
                IssueAccessTokenRequest.newBuilder()
                    .setAccountId(account.getId())
                    .addScopes("pins:read")
                    .addScopes("boards:read")
                    .setTtl(Durations.fromMinutes(5))
                    .build());
    var published =
        SigningKeyServiceGrpc.newBlockingStub(grpc.channel())
            .listSigningKeys(ListSigningKeysRequest.getDefaultInstance())
            .getSigningKeysList();
    assertThat(published).hasSize(1);
    assertThat(published.get(0).getPublicJwk()).doesNotContain("\"d\"");
    ECKey key = ECKey.parse(published.get(0).getPublicJwk());
    TokenVerifier verifier =
        new TokenVerifier(
            "corkboard",
            id ->
                CompletableFuture.completedStage(
                    java.util.Optional.of(key).filter(k -> k.getKeyID().equals(id))),
            Revocations.NONE,
            grpc.tokens().identity("pin"),
            CLOCK);
    var principal = verifier.verifyAccess(issued.getAccessToken()).toCompletableFuture().join();
    assertThat(principal.accountId()).isEqualTo(account.getId());
    assertThat(principal.scopes()).containsExactlyInAnyOrder("pins:read", "boards:read");
  }

  @ParameterizedTest
  @CsvSource({"0,pins:read", "2592001,pins:read", "-1,pins:read", "60,pins:everything", "60,''"})
  void badTokenRequestsAreRefused(long seconds, String scope) {
    Account account = create(unique());
    assertFails(
        () ->
            as("operator")
                .issueAccessToken(
                    IssueAccessTokenRequest.newBuilder()
                        .setAccountId(account.getId())
                        .addScopes(scope)
                        .setTtl(Durations.fromSeconds(seconds))
                        .build()),
        ErrorReason.ERROR_REASON_INVALID_FIELD);
  }

  @Test
  void noTokenIsIssuedForAnAccountThatIsNotThere() {
    assertFails(
        () -> as("operator").issueAccessToken(anyIssue()),
        ErrorReason.ERROR_REASON_ACCOUNT_NOT_FOUND);
  }

  private static final Set<String> READ_WRITE = Set.of("user_accounts:read", "user_accounts:write");

  private Account update(Account caller, Account values, String... paths) {
    UpdateAccountRequest.Builder request = UpdateAccountRequest.newBuilder().setAccount(values);
    if (paths.length > 0) {
      request.setUpdateMask(FieldMask.newBuilder().addAllPaths(List.of(paths)));
    }
    return asUser(caller.getId(), READ_WRITE).updateAccount(request.build());
  }

  @Test
  void accountsChangeThemselves() {
    Account account = create(unique());
    Account changed =
        update(
            account,
            Account.newBuilder().setAbout("words").setWebsiteUrl("https://me.example").build());
    assertThat(changed.getAbout()).isEqualTo("words");
    assertThat(changed.getUsername()).isEqualTo(account.getUsername());
    assertThat(changed.getType()).isEqualTo(Account.Type.TYPE_PINNER);
    Account cleared = update(account, Account.getDefaultInstance(), "about", "type");
    assertThat(cleared.getAbout()).isEmpty();
    assertThat(cleared.getType()).isEqualTo(Account.Type.TYPE_PINNER);
    assertThat(cleared.getWebsiteUrl()).isEqualTo("https://me.example");
    assertFails(
        () -> update(account, account.toBuilder().setAbout("x").build(), "about"),
        ErrorReason.ERROR_REASON_ETAG_MISMATCH);
  }

  @Test
  void accountsChangeNoOthers() {
    Account account = create(unique());
    Account other = create(unique());
    assertFails(
        () -> update(account, Account.newBuilder().setId(other.getId()).setAbout("x").build()),
        ErrorReason.ERROR_REASON_PERMISSION_DENIED);
  }

  static List<Account> badProfiles() {
    Account.Builder none = Account.newBuilder();
    return List.of(
        none.clone().setUsername("a b").build(),
        none.clone().setAbout("x".repeat(501)).build(),
        none.clone().setAbout("a\u0000b").build(),
        none.clone().setBusinessName("x".repeat(101)).build(),
        none.clone().setWebsiteUrl("javascript:alert(1)").build(),
        none.clone().setWebsiteUrl("https:///nowhere").build(),
        none.clone().setProfileImageUrl("//no.scheme/x").build(),
        none.clone().setProfileImageUrl("https://x.example/" + "y".repeat(2_048)).build(),
        none.clone().setTypeValue(77).build());
  }

  @ParameterizedTest
  @MethodSource("badProfiles")
  void badProfilesAreRefused(Account profile) {
    Account account = create(unique());
    assertFails(() -> update(account, profile), ErrorReason.ERROR_REASON_INVALID_FIELD);
  }

  @Test
  void theMaskNamesWhatMayChange() {
    Account account = create(unique());
    for (String path : List.of("id", "create_time", "etag", "password")) {
      assertFails(
          () -> update(account, Account.getDefaultInstance(), path),
          ErrorReason.ERROR_REASON_INVALID_FIELD);
    }
  }
}
