// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.media;

import com.google.common.io.ByteStreams;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Bytes in files, {@code <root>/ab/cd/<sha256>/<generation>/<rendition>}. A file appears whole or
 * not at all: it is written aside, forced to disk, and renamed. Several processes may share the
 * root.
 */
final class LocalMediaStore implements MediaStore {
  private static final int HEX = 16;

  /** How many names lead from the root to a file. */
  private static final int DEPTH = 5;

  private static final int MOVE_ATTEMPTS = 100;

  private final Path root;
  private final Spool spool;

  /** The spool must lie on the same file system as the root. */
  LocalMediaStore(Path root, Spool spool) {
    this.root = root;
    this.spool = spool;
    try {
      Files.createDirectories(root);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot use " + root, e);
    }
  }

  private Path path(MediaKey key) {
    String hash = key.sha256();
    return root.resolve(hash.substring(0, 2))
        .resolve(hash.substring(2, 4))
        .resolve(hash)
        .resolve(Long.toHexString(key.generation()))
        .resolve(key.size().label());
  }

  @Override
  public void put(MediaKey key, byte[] bytes) throws IOException {
    Path aside = spool.create();
    try {
      Files.write(aside, bytes);
      put(key, aside);
    } finally {
      spool.delete(aside);
    }
  }

  @Override
  public void put(MediaKey key, Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    move(file, path(key));
  }

  /**
   * A directory may be deleted as empty between its making and the rename; then it is made again.
   */
  private void move(Path aside, Path target) throws IOException {
    for (int attempt = 1; !tryMove(aside, target, attempt == MOVE_ATTEMPTS); attempt++) {}
    for (Path at = target.getParent(); at.startsWith(root); at = at.getParent()) force(at);
  }

  private static boolean tryMove(Path aside, Path target, boolean last) throws IOException {
    try {
      Files.createDirectories(target.getParent());
      Files.move(
          aside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      return true;
    } catch (NoSuchFileException | FileAlreadyExistsException deletedMeanwhile) {
      if (last) throw deletedMeanwhile;
      return false;
    }
  }

  /** Makes the names in a directory survive a crash. */
  private static void force(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (NoSuchFileException deletedMeanwhile) {
      // Then there is no name left to keep.
    }
  }

  @Override
  public Optional<InputStream> read(MediaKey key, long offset, long length) throws IOException {
    try {
      SeekableByteChannel channel = Files.newByteChannel(path(key));
      InputStream rest = Channels.newInputStream(channel.position(offset));
      return Optional.of(ByteStreams.limit(rest, length));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  @Override
  public OptionalLong size(MediaKey key) throws IOException {
    try {
      return OptionalLong.of(Files.size(path(key)));
    } catch (NoSuchFileException e) {
      return OptionalLong.empty();
    }
  }

  @Override
  public boolean delete(MediaKey key) throws IOException {
    Path file = path(key);
    boolean deleted = Files.deleteIfExists(file);
    deleteEmpty(file.getParent());
    deleteEmpty(file.getParent().getParent());
    return deleted;
  }

  private static void deleteEmpty(Path directory) throws IOException {
    try {
      Files.deleteIfExists(directory);
    } catch (DirectoryNotEmptyException inUse) {
      // Other renditions or generations.
    }
  }

  @Override
  public void forEach(Consumer<MediaKey> consumer) throws IOException {
    walk(root, 0, consumer);
  }

  private void walk(Path at, int depth, Consumer<MediaKey> consumer) throws IOException {
    if (depth == DEPTH) {
      key(at).ifPresent(consumer);
      return;
    }
    try (DirectoryStream<Path> children = Files.newDirectoryStream(at, Files::isReadable)) {
      for (Path child : children) walk(child, depth + 1, consumer);
    } catch (NoSuchFileException | NotDirectoryException notOurs) {
      // Deleted meanwhile, or put there by somebody else.
    }
  }

  /** Empty when the file is not one of ours. */
  private Optional<MediaKey> key(Path file) {
    Path generation = file.getParent();
    Optional<RenditionSize> size = RenditionSize.of(file.getFileName().toString());
    try {
      return size.map(
              found ->
                  new MediaKey(
                      generation.getParent().getFileName().toString(),
                      Long.parseLong(generation.getFileName().toString(), HEX),
                      found))
          .filter(key -> path(key).equals(file));
    } catch (IllegalArgumentException notOurs) {
      return Optional.empty();
    }
  }
}
