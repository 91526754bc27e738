// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.pin.listing;

class InMemoryOwnerListingTest implements OwnerListingContract {
  private final OwnerListing listing = new InMemoryOwnerListing();

  @Override
  public OwnerListing listing() {
    return listing;
  }
}
