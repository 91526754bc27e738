// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.server;

import dev.corkboard.platform.error.ApiException;
import io.grpc.Drainable;
import io.grpc.KnownLength;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.ServerInterceptors;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * Parses requests inside the interceptors: left alone, grpc-java parses before them and answers
 * UNKNOWN to bytes that are no message or unpack to too many.
 */
final class RequestMessages {
  private RequestMessages() {}

  static ServerServiceDefinition checked(ServerServiceDefinition service) {
    List<ServerMethodDefinition<?, ?>> methods =
        service.getMethods().stream().<ServerMethodDefinition<?, ?>>map(m -> checked(m)).toList();
    ServiceDescriptor.Builder descriptor =
        ServiceDescriptor.newBuilder(service.getServiceDescriptor().getName())
            .setSchemaDescriptor(service.getServiceDescriptor().getSchemaDescriptor());
    methods.forEach(method -> descriptor.addMethod(method.getMethodDescriptor()));
    ServerServiceDefinition.Builder checked = ServerServiceDefinition.builder(descriptor.build());
    methods.forEach(checked::addMethod);
    return ServerInterceptors.useMarshalledMessages(checked.build(), new Whole());
  }

  private static <Q, A> ServerMethodDefinition<Q, A> checked(ServerMethodDefinition<Q, A> method) {
    MethodDescriptor<Q, A> descriptor = method.getMethodDescriptor();
    return ServerMethodDefinition.create(
        descriptor.toBuilder()
            .setRequestMarshaller(new Checked<>(descriptor.getRequestMarshaller()))
            .build(),
        method.getServerCallHandler());
  }

  /** The stream of grpc-java lives only as long as it is read at once, and a call may wait. */
  private static final class Whole implements Marshaller<InputStream> {
    @Override
    public InputStream stream(InputStream message) {
      return message;
    }

    @Override
    public InputStream parse(InputStream bytes) {
      // An answer, which goes straight to where it is sent.
      if (bytes instanceof Drainable) return bytes;
      try {
        return new Message(
            bytes instanceof KnownLength
                ? bytes.readNBytes(bytes.available())
                : bytes.readAllBytes());
      } catch (StatusRuntimeException tooLarge) {
        return new Unreadable(tooLarge);
      } catch (IOException broken) {
        return new Unreadable(Status.INVALID_ARGUMENT.withCause(broken).asRuntimeException());
      }
    }
  }

  /** Parsers take one of a known length without a buffer of their own. */
  private static final class Message extends ByteArrayInputStream implements KnownLength {
    Message(byte[] bytes) {
      super(bytes);
    }
  }

  private static final class Unreadable extends InputStream {
    private final StatusRuntimeException why;

    Unreadable(StatusRuntimeException why) {
      this.why = why;
    }

    @Override
    public int read() {
      throw why;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      throw why;
    }
  }

  private record Checked<T>(Marshaller<T> marshaller) implements Marshaller<T> {
    @Override
    public InputStream stream(T message) {
      return marshaller.stream(message);
    }

    @Override
    public T parse(InputStream bytes) {
      try {
        return marshaller.parse(bytes);
      } catch (StatusRuntimeException refused) {
        throw ApiException.invalid(
            "message",
            switch (refused.getStatus().getCode()) {
              case RESOURCE_EXHAUSTED -> "is larger than 4 MiB";
              default -> "is not one of this method";
            });
      }
    }
  }
}
