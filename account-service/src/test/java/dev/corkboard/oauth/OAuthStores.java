// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.oauth;

/** The stores of the authorization server. */
interface OAuthStores {
  AppStore apps();

  GrantStore grants();

  SignInStore signIns();

  RevocationStore revocations();
}
