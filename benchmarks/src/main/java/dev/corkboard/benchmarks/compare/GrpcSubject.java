// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.benchmarks.compare;

import dev.corkboard.pin.v1.GetPinRequest;
import dev.corkboard.pin.v1.PinServiceGrpc;
import dev.corkboard.pin.v1.PinServiceGrpc.PinServiceFutureStub;
import dev.corkboard.platform.client.Futures;
import io.grpc.ManagedChannel;
import java.time.Duration;
import java.util.Map;

/** Calls of {@code GetPin} over one channel. */
record GrpcSubject(String name, Map<String, Long> processes, ManagedChannel channel, int inFlight)
    implements Subject {

  @Override
  public Load load(Duration time) {
    PinServiceFutureStub stub = PinServiceGrpc.newFutureStub(channel);
    GetPinRequest call = GetPinRequest.newBuilder().setPinId("1").build();
    return ClosedLoop.run(inFlight, time, () -> Futures.toStage(stub.getPin(call)));
  }
}
