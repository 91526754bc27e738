// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.account;

import com.google.protobuf.util.Timestamps;
import dev.corkboard.account.v1.Account;
import dev.corkboard.account.v1.AccountServiceGrpc;
import dev.corkboard.account.v1.BatchGetAccountsRequest;
import dev.corkboard.account.v1.BatchGetAccountsResponse;
import dev.corkboard.account.v1.CreateAccountRequest;
import dev.corkboard.account.v1.GetAccountRequest;
import dev.corkboard.account.v1.IssueAccessTokenRequest;
import dev.corkboard.account.v1.IssueAccessTokenResponse;
import dev.corkboard.account.v1.LookupAccountRequest;
import dev.corkboard.account.v1.UpdateAccountRequest;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.platform.check.Violations;
import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.id.IdGenerator;
import dev.corkboard.platform.server.Caller;
import dev.corkboard.platform.server.Unary;
import io.grpc.stub.StreamObserver;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Serves accounts and issues their tokens. */
final class AccountService extends AccountServiceGrpc.AccountServiceImplBase {
  private final AccountStore accounts;
  private final TokenIssuer issuer;
  private final IdGenerator ids;
  private final Clock clock;

  AccountService(AccountStore accounts, TokenIssuer issuer, IdGenerator ids, Clock clock) {
    this.accounts = accounts;
    this.issuer = issuer;
    this.ids = ids;
    this.clock = clock;
  }

  @Override
  public void getAccount(GetAccountRequest request, StreamObserver<Account> observer) {
    Unary.reply(
        observer,
        () -> {
          String id = request.getAccountId();
          new Violations().id("account_id", id).throwIfAny();
          return accounts.get(id).thenApply(found -> orNotFound(found, "account_id", id));
        });
  }

  @Override
  public void lookupAccount(LookupAccountRequest request, StreamObserver<Account> observer) {
    Unary.reply(
        observer,
        () -> {
          String name = request.getUsername();
          new Violations().required("username", name).text("username", name, 30).throwIfAny();
          return accounts.lookup(name).thenApply(found -> orNotFound(found, "username", name));
        });
  }

  private static Account orNotFound(Optional<Account> found, String key, String value) {
    return found.orElseThrow(
        () -> ApiException.notFound(ErrorReason.ERROR_REASON_ACCOUNT_NOT_FOUND, key, value));
  }

  @Override
  public void batchGetAccounts(
      BatchGetAccountsRequest request, StreamObserver<BatchGetAccountsResponse> observer) {
    Unary.reply(
        observer,
        () -> {
          AccountRequests.check(request);
          List<String> ids = request.getAccountIdsList().stream().distinct().toList();
          return accounts
              .getAll(ids)
              .thenApply(
                  found ->
                      BatchGetAccountsResponse.newBuilder()
                          .addAllAccounts(
                              ids.stream().map(found::get).filter(Objects::nonNull).toList())
                          .build());
        });
  }

  @Override
  public void createAccount(CreateAccountRequest request, StreamObserver<Account> observer) {
    Unary.reply(
        observer,
        () ->
            accounts.create(
                AccountRequests.create(request, ids.next(), clock.instant()),
                AccountRequests.requestId(request)));
  }

  @Override
  public void updateAccount(UpdateAccountRequest request, StreamObserver<Account> observer) {
    Caller caller = Caller.current();
    Unary.reply(
        observer,
        () -> {
          UnaryOperator<Account> edit = AccountRequests.update(request);
          String id = request.getAccount().getId();
          if (!id.isEmpty() && !id.equals(caller.accountId())) {
            throw ApiException.permissionDenied("Only the account itself may change it.");
          }
          return accounts.update(caller.accountId(), edit, request.getAccount().getEtag());
        });
  }

  @Override
  public void issueAccessToken(
      IssueAccessTokenRequest request, StreamObserver<IssueAccessTokenResponse> observer) {
    Unary.reply(
        observer,
        () -> {
          Instant expire = AccountRequests.expire(request, clock.instant());
          String id = request.getAccountId();
          return accounts
              .get(id)
              .thenApply(found -> orNotFound(found, "account_id", id))
              .thenApply(
                  account ->
                      IssueAccessTokenResponse.newBuilder()
                          .setAccessToken(
                              issuer.issue(account.getId(), request.getScopesList(), expire))
                          .setExpireTime(Timestamps.fromMillis(expire.toEpochMilli()))
                          .build());
        });
  }
}
