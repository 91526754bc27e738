// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.pin;

class CassandraPinStoreIT implements PinStoreContract {
  private final PinStore pins = new CassandraPinStore(RealStores.CQL);

  @Override
  public PinStore pins() {
    return pins;
  }
}
