// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.benchmarks.compare;

import dev.corkboard.pin.v1.GetPinRequest;
import dev.corkboard.pin.v1.Pin;
import dev.corkboard.pin.v1.PinServiceGrpc.PinServiceImplBase;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;

/** The floor of a service: bare grpc-java that answers each call with the same Pin. */
final class EchoBackend extends PinServiceImplBase {
  private final Pin pin;

  private EchoBackend(Pin pin) {
    this.pin = pin;
  }

  /** Serves the Pin in the file {@code PIN_FILE} on {@code PORT} until killed. */
  public static void main(String[] args) throws IOException, InterruptedException {
    Pin pin = Pin.parseFrom(Files.readAllBytes(Path.of(System.getenv("PIN_FILE"))));
    int port = Integer.parseInt(System.getenv("PORT"));
    NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
        .directExecutor()
        .addService(new EchoBackend(pin))
        .build()
        .start()
        .awaitTermination();
  }

  @Override
  public void getPin(GetPinRequest request, StreamObserver<Pin> answer) {
    answer.onNext(pin);
    answer.onCompleted();
  }
}
