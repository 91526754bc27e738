// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.testing;

import dev.corkboard.account.v1.Account;
import dev.corkboard.account.v1.AccountServiceGrpc.AccountServiceImplBase;
import dev.corkboard.account.v1.BatchGetAccountsRequest;
import dev.corkboard.account.v1.BatchGetAccountsResponse;
import dev.corkboard.account.v1.GetAccountRequest;
import dev.corkboard.account.v1.LookupAccountRequest;
import dev.corkboard.account.v1.UpdateAccountRequest;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.server.Caller;
import dev.corkboard.platform.server.Unary;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Every account exists, and {@code 7} is called {@code user7}; but {@code 666} does not. */
public final class FakeAccounts extends AccountServiceImplBase {
  public static final String GONE = "666";

  private final Script script = new Script();
  private final Map<String, Account> changed = new ConcurrentHashMap<>();
  private final List<List<String>> batches = new CopyOnWriteArrayList<>();

  public Script script() {
    return script;
  }

  private Account account(String id) {
    Account.Builder account = changed.getOrDefault(id, Account.getDefaultInstance()).toBuilder();
    if (account.getUsername().isEmpty()) account.setUsername("user" + id);
    return account.setId(id).build();
  }

  @Override
  public void getAccount(GetAccountRequest request, StreamObserver<Account> observer) {
    script.reply(request, observer, () -> account(request.getAccountId()));
  }

  @Override
  public void lookupAccount(LookupAccountRequest request, StreamObserver<Account> observer) {
    String id = request.getUsername().toLowerCase(Locale.ROOT).replace("user", "");
    script.reply(
        request,
        observer,
        () -> {
          if (id.equals(GONE)) {
            throw ApiException.notFound(
                ErrorReason.ERROR_REASON_ACCOUNT_NOT_FOUND, "username", request.getUsername());
          }
          return account(id);
        });
  }

  @Override
  public void updateAccount(UpdateAccountRequest request, StreamObserver<Account> observer) {
    String id = Caller.current().accountId();
    script.reply(
        request,
        observer,
        () -> {
          changed.put(id, request.getAccount());
          return account(id);
        });
  }

  /** What was asked for, call by call. */
  public List<List<String>> batches() {
    return batches;
  }

  @Override
  public void batchGetAccounts(
      BatchGetAccountsRequest request, StreamObserver<BatchGetAccountsResponse> observer) {
    batches.add(request.getAccountIdsList());
    BatchGetAccountsResponse.Builder found = BatchGetAccountsResponse.newBuilder();
    request.getAccountIdsList().stream()
        .filter(id -> !id.equals(GONE))
        .forEach(id -> found.addAccounts(Account.newBuilder().setId(id).setUsername("user" + id)));
    Unary.reply(observer, () -> CompletableFuture.completedStage(found.build()));
  }
}
