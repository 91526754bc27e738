// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage;

import dev.corkboard.account.v1.AccountServiceGrpc;
import dev.corkboard.account.v1.AccountServiceGrpc.AccountServiceFutureStub;
import dev.corkboard.account.v1.BatchGetAccountsRequest;
import dev.corkboard.platform.client.Futures;
import dev.corkboard.platform.client.ServiceTokens;
import io.grpc.Channel;
import java.util.concurrent.CompletionStage;

/** {@link Accounts} over gRPC, with service tokens. */
final class GrpcAccounts implements Accounts {
  /** account-service's name, the audience of the tokens. */
  private static final String AUDIENCE = "account";

  private final AccountServiceFutureStub accounts;

  GrpcAccounts(Channel channel, ServiceTokens tokens) {
    this.accounts =
        AccountServiceGrpc.newFutureStub(channel).withCallCredentials(tokens.credentials(AUDIENCE));
  }

  @Override
  public CompletionStage<Boolean> exists(String accountId) {
    return Futures.toStage(
            accounts.batchGetAccounts(
                BatchGetAccountsRequest.newBuilder().addAccountIds(accountId).build()))
        .thenApply(answer -> answer.getAccountsCount() > 0);
  }
}
