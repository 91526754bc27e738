// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.media;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A picture on its way in, read twice: once for its hash, and once more when it is new. */
interface PictureSource {
  long size() throws IOException;

  InputStream open() throws IOException;

  static PictureSource of(Path file) {
    return new PictureSource() {
      @Override
      public long size() throws IOException {
        return Files.size(file);
      }

      @Override
      public InputStream open() throws IOException {
        return Files.newInputStream(file);
      }
    };
  }

  static PictureSource of(ByteString bytes) {
    return new PictureSource() {
      @Override
      public long size() {
        return bytes.size();
      }

      @Override
      public InputStream open() {
        return bytes.newInput();
      }
    };
  }
}
