// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.testing;

import dev.corkboard.account.v1.Account;
import dev.corkboard.account.v1.AccountServiceGrpc.AccountServiceImplBase;
import dev.corkboard.account.v1.BatchGetAccountsRequest;
import dev.corkboard.account.v1.BatchGetAccountsResponse;
import dev.corkboard.platform.server.Unary;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** Every account exists, and {@code 7} is called {@code user7}; but {@code 666} does not. */
public final class FakeAccounts extends AccountServiceImplBase {
  public static final String GONE = "666";

  private final List<List<String>> batches = new CopyOnWriteArrayList<>();

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
