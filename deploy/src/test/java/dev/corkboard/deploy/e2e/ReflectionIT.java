// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.corkboard.platform.client.Bearer;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drives the services as grpcurl does: knowing nothing but the address, it asks reflection for
 * services and descriptors, and calls with messages written as JSON.
 */
class ReflectionIT {
  private static final Logger log = LoggerFactory.getLogger(ReflectionIT.class);

  private final EndToEnd suite = EndToEnd.get();

  private ManagedChannel channel(String service) {
    return NettyChannelBuilder.forTarget(suite.grpc(service)).usePlaintext().build();
  }

  private static ServerReflectionResponse ask(
      ManagedChannel channel, ServerReflectionRequest request) {
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
    requests.onNext(request);
    ServerReflectionResponse response = answer.join();
    requests.onCompleted();
    return response;
  }

  private static List<String> list(ManagedChannel channel) {
    return ask(channel, ServerReflectionRequest.newBuilder().setListServices("").build())
        .getListServicesResponse()
        .getServiceList()
        .stream()
        .map(service -> service.getName())
        .toList();
  }

  private static MethodDescriptor describe(ManagedChannel channel, String service, String method)
      throws Exception {
    ServerReflectionResponse response =
        ask(channel, ServerReflectionRequest.newBuilder().setFileContainingSymbol(service).build());
    Map<String, FileDescriptorProto> files = new HashMap<>();
    for (var bytes : response.getFileDescriptorResponse().getFileDescriptorProtoList()) {
      FileDescriptorProto file = FileDescriptorProto.parseFrom(bytes);
      files.put(file.getName(), file);
    }
    for (FileDescriptorProto file : files.values()) {
      FileDescriptor built = build(file, files, channel);
      var found = built.findServiceByName(service.substring(service.lastIndexOf('.') + 1));
      if (found != null && found.getFullName().equals(service))
        return found.findMethodByName(method);
    }
    throw new AssertionError(service + " is not described");
  }

  private static FileDescriptor build(
      FileDescriptorProto file, Map<String, FileDescriptorProto> files, ManagedChannel channel)
      throws Exception {
    List<FileDescriptor> dependencies = new ArrayList<>();
    for (String name : file.getDependencyList()) {
      FileDescriptorProto dependency = files.get(name);
      if (dependency == null) dependency = fetch(channel, name);
      dependencies.add(build(dependency, files, channel));
    }
    return FileDescriptor.buildFrom(file, dependencies.toArray(FileDescriptor[]::new));
  }

  private static FileDescriptorProto fetch(ManagedChannel channel, String name)
      throws InvalidProtocolBufferException {
    return FileDescriptorProto.parseFrom(
        ask(channel, ServerReflectionRequest.newBuilder().setFileByFilename(name).build())
            .getFileDescriptorResponse()
            .getFileDescriptorProto(0));
  }

  private DynamicMessage call(
      ManagedChannel channel, String service, String method, String json, String token)
      throws Exception {
    MethodDescriptor described = describe(channel, service, method);
    Descriptor input = described.getInputType();
    DynamicMessage.Builder request = DynamicMessage.newBuilder(input);
    JsonFormat.parser().merge(json, request);
    var grpcMethod =
        io.grpc.MethodDescriptor.<DynamicMessage, DynamicMessage>newBuilder()
            .setType(MethodType.UNARY)
            .setFullMethodName(service + "/" + method)
            .setRequestMarshaller(ProtoUtils.marshaller(DynamicMessage.getDefaultInstance(input)))
            .setResponseMarshaller(
                ProtoUtils.marshaller(DynamicMessage.getDefaultInstance(described.getOutputType())))
            .build();
    DynamicMessage answer =
        ClientCalls.blockingUnaryCall(
            channel,
            grpcMethod,
            CallOptions.DEFAULT.withCallCredentials(new Bearer(token, "")),
            request.build());
    log.info(
        "{}/{} {} -> {}",
        service,
        method,
        json,
        JsonFormat.printer().omittingInsignificantWhitespace().print(answer));
    return answer;
  }

  @ParameterizedTest
  @CsvSource({
    "account,corkboard.account.v1.AccountService",
    "board,corkboard.board.v1.BoardService",
    "board,corkboard.board.v1.PlacementService",
    "pin,corkboard.pin.v1.PinService",
    "pin,corkboard.media.v1.MediaService",
    "pin,corkboard.media.v1.VideoService"
  })
  void listNamesTheServicesAndReflectionInBothVersions(String server, String service) {
    ManagedChannel channel = channel(server);
    try {
      assertThat(list(channel))
          .contains(
              service,
              "grpc.health.v1.Health",
              "grpc.reflection.v1.ServerReflection",
              "grpc.reflection.v1alpha.ServerReflection");
    } finally {
      channel.shutdownNow();
    }
  }

  @Test
  void aCallWrittenAsJsonWorks() throws Exception {
    ManagedChannel boards = channel("board");
    ManagedChannel pins = channel("pin");
    try {
      Rest owner = suite.newAccount();
      String token = owner.account().token();
      String name = "By reflection " + UUID.randomUUID();
      DynamicMessage board =
          call(
              boards,
              "corkboard.board.v1.BoardService",
              "CreateBoard",
              "{\"board\": {\"name\": \"" + name + "\"}}",
              token);
      String id = (String) board.getField(board.getDescriptorForType().findFieldByName("id"));
      assertThat(owner.get("/v5/boards/" + id).expect(200).json().get("name").textValue())
          .isEqualTo(name);
      DynamicMessage page =
          call(
              pins,
              "corkboard.pin.v1.PinService",
              "ListBoardPins",
              "{\"boardId\": \"" + id + "\"}",
              token);
      assertThat(page.getRepeatedFieldCount(page.getDescriptorForType().findFieldByName("pins")))
          .isZero();
    } finally {
      boards.shutdownNow();
      pins.shutdownNow();
    }
  }
}
