// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.testing;

import io.grpc.EquivalentAddressGroup;
import io.grpc.NameResolver;
import io.grpc.NameResolverProvider;
import io.grpc.NameResolverRegistry;
import io.grpc.StatusOr;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.List;

/** Finds several servers behind one name: {@code fixed:///127.0.0.1:1,127.0.0.1:2}. */
public final class FixedAddresses extends NameResolverProvider {
  private static final FixedAddresses REGISTERED = new FixedAddresses();

  static {
    NameResolverRegistry.getDefaultRegistry().register(REGISTERED);
  }

  /** The target of a channel to servers, each {@code host:port}. */
  public static String target(String... servers) {
    return REGISTERED.getDefaultScheme() + ":///" + String.join(",", servers);
  }

  @Override
  protected boolean isAvailable() {
    return true;
  }

  @Override
  protected int priority() {
    return 5;
  }

  @Override
  public String getDefaultScheme() {
    return "fixed";
  }

  @Override
  public NameResolver newNameResolver(URI target, NameResolver.Args args) {
    List<EquivalentAddressGroup> addresses =
        Arrays.stream(target.getPath().substring(1).split(","))
            .map(server -> server.split(":"))
            .map(parts -> new InetSocketAddress(parts[0], Integer.parseInt(parts[1])))
            .map(EquivalentAddressGroup::new)
            .toList();
    return new NameResolver() {
      private Listener2 listener;

      @Override
      public String getServiceAuthority() {
        return "fixed";
      }

      @Override
      public void start(Listener2 found) {
        listener = found;
        refresh();
      }

      @Override
      public void refresh() {
        listener.onResult(
            ResolutionResult.newBuilder()
                .setAddressesOrError(StatusOr.fromValue(addresses))
                .build());
      }

      @Override
      public void shutdown() {}
    };
  }
}
