// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy.e2e;

import com.google.protobuf.Message;
import com.google.protobuf.MessageLite;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.platform.client.Bearer;
import dev.corkboard.platform.error.ApiException;
import io.grpc.CallCredentials;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** Calls any method of any service with any token. */
final class RpcCalls {
  private final GrpcChannels channels;

  RpcCalls(GrpcChannels channels) {
    this.channels = channels;
  }

  /** How a call ended: its status, and what it carried. */
  record Ended(Status status, Metadata trailers, Optional<Message> answer) {
    private static final Set<ErrorReason> REFUSALS =
        Set.of(
            ErrorReason.ERROR_REASON_UNAUTHENTICATED,
            ErrorReason.ERROR_REASON_INSUFFICIENT_SCOPE,
            ErrorReason.ERROR_REASON_SERVICE_ONLY);

    boolean isRefused() {
      return !status.isOk() && REFUSALS.contains(reason());
    }

    private ErrorReason reason() {
      return ApiException.from(status.asRuntimeException(trailers)).reason();
    }
  }

  static Message empty(MethodDescriptor<?, ?> method) {
    MethodDescriptor.PrototypeMarshaller<?> marshaller =
        (MethodDescriptor.PrototypeMarshaller<?>) method.getRequestMarshaller();
    return (Message) ((MessageLite) marshaller.getMessagePrototype()).getDefaultInstanceForType();
  }

  @SuppressWarnings("unchecked")
  Ended call(String process, MethodDescriptor<?, ?> method, Message request, String token) {
    CallOptions options = CallOptions.DEFAULT;
    if (!token.isEmpty()) {
      CallCredentials bearer = new Bearer(token, UUID.randomUUID().toString());
      options = options.withCallCredentials(bearer);
    }
    CompletableFuture<Ended> end = new CompletableFuture<>();
    ClientCall<Message, Message> call =
        channels.to(process).newCall((MethodDescriptor<Message, Message>) method, options);
    call.start(
        new ClientCall.Listener<>() {
          private Optional<Message> answer = Optional.empty();

          /** Of a stream that may never end the first message is enough. */
          @Override
          public void onMessage(Message message) {
            answer = Optional.of(message);
            if (method.getType() != MethodDescriptor.MethodType.SERVER_STREAMING) return;
            end.complete(new Ended(Status.OK, new Metadata(), answer));
            call.cancel("seen", null);
          }

          @Override
          public void onClose(Status status, Metadata trailers) {
            end.complete(new Ended(status, trailers, answer));
          }
        },
        new Metadata());
    call.request(100);
    call.sendMessage(request);
    call.halfClose();
    return end.join();
  }
}
