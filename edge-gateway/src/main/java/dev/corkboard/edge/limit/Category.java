// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.limit;

import java.util.Locale;

/** What is counted together: the contract's categories (CONTRACT, section 5), and one of ours. */
public enum Category {
  ORG_READ("1000/10s"),
  ORG_WRITE("1000/10s"),
  ORG_ANALYTICS("1000/10s"),
  ADS_READ("1000/10s"),
  /** Passwords tried for one username from one address. */
  SIGN_IN("30/1m");

  private final String standard;

  Category(String standard) {
    this.standard = standard;
  }

  /** The setting when there is none. */
  String standard() {
    return standard;
  }

  /** As the contract writes it: {@code org_read}. */
  String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
