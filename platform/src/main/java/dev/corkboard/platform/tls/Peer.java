// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.tls;

import io.grpc.ChannelCredentials;
import io.grpc.InsecureChannelCredentials;
import java.util.Optional;

/**
 * How to connect to a service.
 *
 * @param identity the name its certificate must have
 */
public record Peer(ChannelCredentials credentials, Optional<String> identity) {
  /** Anybody who listens there. */
  public static final Peer PLAINTEXT =
      new Peer(InsecureChannelCredentials.create(), Optional.empty());
}
