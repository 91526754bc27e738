// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage;

import java.util.concurrent.CompletionStage;

/** account-service as collages need it. */
@FunctionalInterface
interface Accounts {
  CompletionStage<Boolean> exists(String accountId);
}
