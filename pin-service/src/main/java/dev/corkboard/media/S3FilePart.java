// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.media;

import com.google.common.io.ByteStreams;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.ContentStreamProvider;

/** A stretch of a file as the body of a request: read from the disk anew at each attempt. */
final class S3FilePart implements ContentStreamProvider, Closeable {
  private static final String CONTENT_TYPE = "application/octet-stream";

  private final Path file;
  private final long offset;
  private final long length;
  private InputStream open = InputStream.nullInputStream();

  S3FilePart(Path file, long offset, long length) {
    this.file = file;
    this.offset = offset;
    this.length = length;
  }

  RequestBody body() {
    return RequestBody.fromContentProvider(this, length, CONTENT_TYPE);
  }

  @Override
  public InputStream newStream() {
    try {
      close();
      SeekableByteChannel channel = Files.newByteChannel(file);
      open = Channels.newInputStream(channel);
      channel.position(offset);
      return ByteStreams.limit(open, length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    open.close();
  }
}
