// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.media;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.locks.ReentrantLock;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * The bytes of an object as they come over a connection. When that breaks, or was given up, the
 * object is asked for again from where the reader is; each time has to bring some bytes.
 */
final class S3Read extends InputStream {
  private final S3Reads reads;
  private final String name;
  private final long end;
  private final ReentrantLock lock = new ReentrantLock();
  private long position;
  private boolean closed;

  /** Null when there is no connection. */
  private ResponseInputStream<GetObjectResponse> in;

  S3Read(S3Reads reads, String name, long offset, ResponseInputStream<GetObjectResponse> in) {
    this.reads = reads;
    this.name = name;
    this.position = offset;
    this.in = in;
    this.end = offset + in.response().contentLength();
    reads.touched(this);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    lock.lock();
    try {
      if (closed) throw new IOException("closed");
      if (position == end) return -1;
      int count = receive(bytes, offset, length);
      position += count;
      if (position == end) disconnect();
      return count;
    } finally {
      lock.unlock();
    }
  }

  private int receive(byte[] bytes, int offset, int length) throws IOException {
    boolean resumed = in == null;
    while (true) {
      if (in == null) in = reads.resume(name, position, end - position);
      reads.touched(this);
      try {
        int count = in.read(bytes, offset, length);
        if (count < 0) throw new EOFException("it ended too early: " + name);
        return count;
      } catch (IOException | SdkException broken) {
        disconnect();
        if (resumed) throw new IOException("S3 does not answer: read", broken);
        resumed = true;
      }
    }
  }

  /** Gives the connection up, unless the reader is at work. */
  boolean tryDisconnect() {
    if (!lock.tryLock()) return false;
    try {
      disconnect();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** A connection whose object was read to its end serves others; any other is cut. */
  private void disconnect() {
    if (in == null) return;
    if (position == end) {
      closeQuietly(in);
    } else {
      in.abort();
    }
    in = null;
    reads.disconnected(this);
  }

  private static void closeQuietly(InputStream whole) {
    try {
      whole.close();
    } catch (IOException nothingLost) {
      // All of it was read.
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      disconnect();
    } finally {
      lock.unlock();
    }
  }
}
