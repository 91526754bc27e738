// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy.e2e;

import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.stub.StreamObserver;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;

/** Channels to the services of the suite. */
final class GrpcChannels implements AutoCloseable {
  private final Map<String, ManagedChannel> channels = new LinkedHashMap<>();

  GrpcChannels(EndToEnd suite) {
    for (String process : List.of("account", "board", "pin", "collage")) {
      channels.put(
          process, NettyChannelBuilder.forTarget(suite.grpc(process)).usePlaintext().build());
    }
  }

  Channel to(String process) {
    return channels.get(process);
  }

  /** The services of Corkboard's own that the processes say they serve. */
  Set<String> reflectedServices() {
    Set<String> names = new TreeSet<>();
    channels.values().forEach(channel -> names.addAll(reflected(channel)));
    names.removeIf(name -> !name.startsWith("corkboard."));
    return names;
  }

  private static List<String> reflected(Channel channel) {
    CompletableFuture<ServerReflectionResponse> answer = new CompletableFuture<>();
    StreamObserver<ServerReflectionRequest> requests =
        ServerReflectionGrpc.newStub(channel)
            .serverReflectionInfo(
                new StreamObserver<>() {
                  @Override
                  public void onNext(ServerReflectionResponse response) {
                    answer.complete(response);
                  }

                  @Override
                  public void onError(Throwable t) {
                    answer.completeExceptionally(t);
                  }

                  @Override
                  public void onCompleted() {}
                });
    requests.onNext(ServerReflectionRequest.newBuilder().setListServices("").build());
    List<String> names =
        answer.join().getListServicesResponse().getServiceList().stream()
            .map(service -> service.getName())
            .toList();
    requests.onCompleted();
    return names;
  }

  @Override
  public void close() {
    channels.values().forEach(ManagedChannel::shutdownNow);
  }
}
