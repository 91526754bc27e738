// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.collage;

import com.google.protobuf.MessageLite;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.util.concurrent.Executor;

/** Tells where answers are written: a large document would hold up an event loop. */
final class LargeAnswers {
  /** Written in about a millisecond; bytes. */
  private static final int SMALL = 128 << 10;

  private LargeAnswers() {}

  /** At once, or on a thread that may be kept busy. */
  static Executor executor(ServiceRequestContext ctx, MessageLite answer) {
    return answer.getSerializedSize() <= SMALL ? Runnable::run : ctx.blockingTaskExecutor();
  }
}
