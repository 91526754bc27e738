// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.collage;

import com.google.common.collect.HashMultiset;
import com.google.common.collect.Multiset;
import dev.corkboard.platform.error.ApiException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The streams of events that are open: at most so many at once, in all and of one account. */
public final class EventStreams implements AutoCloseable {
  private static final int MAX_OF_ACCOUNT = 20;

  private final int max;
  private final Map<EditStream, String> open = new LinkedHashMap<>();
  private final Multiset<String> accounts = HashMultiset.create();
  private boolean closed;

  /** None yet; at most {@code max}. */
  public EventStreams(int max) {
    this.max = max;
  }

  /** Takes one in, or fails with OVERLOADED. */
  synchronized void add(EditStream stream, String accountId) {
    if (closed) throw ApiException.unavailable("the edge is about to stop", null);
    if (open.size() >= max || accounts.count(accountId) >= MAX_OF_ACCOUNT) {
      throw ApiException.overloaded("streams of events");
    }
    open.put(stream, accountId);
    accounts.add(accountId);
  }

  synchronized void remove(EditStream stream) {
    String accountId = open.remove(stream);
    if (accountId != null) accounts.remove(accountId);
  }

  /** How many are open. */
  public synchronized int size() {
    return open.size();
  }

  /** Ends all of them: clients come back, to another edge. */
  @Override
  public void close() {
    List<EditStream> left;
    synchronized (this) {
      closed = true;
      left = List.copyOf(open.keySet());
    }
    left.forEach(EditStream::end);
  }
}
