// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy;

import dev.corkboard.stores.ProcessRecord;
import dev.corkboard.stores.StartFailedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder a suite keeps everything in, locked as long as it runs. The lock is the operating
 * system's, so a killed process holds none; the file {@code lock} in it stays and tells a pid.
 */
final class DataFolder implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(DataFolder.class);
  private static final String TEMPORARY = "corkboard-run-";
  private static final String LOCK = "lock";

  /** What a lock file may hold; a run that was killed early left it empty. */
  private static final Pattern PID = Pattern.compile("[0-9]{0,20}");

  private static final Set<PosixFilePermission> PRIVATE =
      PosixFilePermissions.fromString("rwx------");

  /** All that a suite ever makes there. */
  private static final List<String> OURS =
      List.of("cassandra", "redis", "media", "keys", "log", "traces", "run", "ready.json", LOCK);

  private final Path path;
  private final FileChannel lock;
  private final boolean made;
  private final boolean ephemeral;

  private DataFolder(Path path, FileChannel lock, boolean made, boolean ephemeral) {
    this.path = path;
    this.lock = lock;
    this.made = made;
    this.ephemeral = ephemeral;
  }

  /**
   * Locks the folder, which is made when it is not there.
   *
   * @throws StartFailedException in one line when another run holds it or it cannot be written
   */
  static DataFolder open(Path folder) {
    return lock(folder, false, false);
  }

  /**
   * As {@link #open(Path)} for a folder without data, which is emptied again when closed: what is
   * in it and not of a suite's making stays.
   */
  static DataFolder openEphemeral(Path folder) {
    for (String name : OURS) {
      if (!name.equals(LOCK) && Files.exists(folder.resolve(name))) {
        throw new StartFailedException(
            folder + " holds data (" + name + "); --ephemeral starts with none");
      }
    }
    return lock(folder, !Files.exists(folder), true);
  }

  /** A new folder among the temporary files. */
  static DataFolder openTemporary() {
    return openTemporary(Path.of(System.getProperty("java.io.tmpdir")));
  }

  /**
   * As {@link #openTemporary()}, in a folder for temporary files that others may write too.
   *
   * @throws StartFailedException in one line when what is to hold the new folder is not the user's
   *     alone
   */
  static DataFolder openTemporary(Path temporary) {
    Path parent = temporary.resolve(TEMPORARY + System.getProperty("user.name"));
    try {
      if (!Files.exists(parent, LinkOption.NOFOLLOW_LINKS)) {
        makePrivate(parent);
      }
      requirePrivate(parent);
      Path folder = Files.createTempDirectory(parent, "");
      // The new folder has the user as its owner, however the system calls them.
      if (!Files.getOwner(parent).equals(Files.getOwner(folder))) {
        Files.delete(folder);
        throw notPrivate(parent);
      }
      return lock(folder, true, true);
    } catch (IOException e) {
      throw new StartFailedException(parent + " cannot be written: " + e, e);
    }
  }

  private static void makePrivate(Path parent) throws IOException {
    try {
      Files.createDirectory(parent, PosixFilePermissions.asFileAttribute(PRIVATE));
    } catch (FileAlreadyExistsException madeMeanwhile) {
      log.debug("{} is there now", parent);
    }
  }

  private static void requirePrivate(Path parent) throws IOException {
    if (!Files.isDirectory(parent, LinkOption.NOFOLLOW_LINKS)
        || !Files.getPosixFilePermissions(parent, LinkOption.NOFOLLOW_LINKS).equals(PRIVATE)) {
      throw notPrivate(parent);
    }
  }

  private static StartFailedException notPrivate(Path parent) {
    return new StartFailedException(
        parent
            + " must be a folder of the current user with mode 700, so that nobody else can put"
            + " anything there; change or remove it, or choose --data");
  }

  /** Clears what killed runs left in the folder of temporary folders, processes included. */
  void clearAbandoned() {
    Path parent = path.getParent();
    if (!ephemeral || !parent.getFileName().toString().startsWith(TEMPORARY)) {
      return;
    }
    try {
      requirePrivate(parent);
    } catch (IOException | StartFailedException e) {
      log.warn("{} is not cleared: {}", parent, e.getMessage());
      return;
    }
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent)) {
      for (Path folder : folders) {
        if (!folder.equals(path) && Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
          clear(folder);
        }
      }
    } catch (IOException e) {
      log.warn("{} is not cleared: {}", parent, e.toString());
    }
  }

  /** A folder whose lock is not written yet belongs to a run that is about to lock it. */
  private static void clear(Path folder) throws IOException {
    Path lock = folder.resolve(LOCK);
    if (!Files.isRegularFile(lock, LinkOption.NOFOLLOW_LINKS) || Files.size(lock) == 0) {
      return;
    }
    try (DataFolder left = lock(folder, true, true)) {
      ProcessRecord.endOrphans(left.path, Duration.ZERO);
    } catch (StartFailedException inUse) {
      log.debug("{} stays: {}", folder, inUse.getMessage());
    }
  }

  private static DataFolder lock(Path folder, boolean made, boolean ephemeral) {
    Path path = folder.toAbsolutePath().normalize();
    try {
      Files.createDirectories(path);
      FileChannel channel =
          FileChannel.open(
              path.resolve(LOCK),
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              LinkOption.NOFOLLOW_LINKS);
      if (!PID.matcher(read(channel)).matches()) {
        channel.close();
        throw new StartFailedException(
            "data folder "
                + path
                + " holds a file named "
                + LOCK
                + " that is not Corkboard's; choose another folder");
      }
      if (!tryLock(channel)) {
        String holder = read(channel);
        channel.close();
        throw new StartFailedException(
            "data folder "
                + path
                + " is in use by another run (pid "
                + holder
                + "); stop that one, or choose --data or --ephemeral");
      }
      String pid = Long.toString(ProcessHandle.current().pid());
      channel.truncate(0).write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)), 0);
      return new DataFolder(path, channel, made, ephemeral);
    } catch (IOException e) {
      throw new StartFailedException("data folder " + path + " cannot be written: " + e, e);
    }
  }

  private static boolean tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException heldByThisProcess) {
      return false;
    }
  }

  private static String read(FileChannel channel) throws IOException {
    ByteBuffer text = ByteBuffer.allocate(32);
    int length = channel.read(text, 0);
    return new String(text.array(), 0, Math.max(length, 0), StandardCharsets.US_ASCII);
  }

  Path path() {
    return path;
  }

  Path keys() {
    return path.resolve("keys");
  }

  Path traces() {
    return path.resolve("traces");
  }

  Path media() {
    return path.resolve("media");
  }

  Path readyFile() {
    return path.resolve("ready.json");
  }

  /** The log of a process; beside it lies what it wrote to its output. */
  Path log(String process) {
    return log(path, process);
  }

  static Path log(Path data, String process) {
    return data.resolve("log").resolve(process + ".log");
  }

  /** Gives the folder free; deletes what was made in an ephemeral one first. */
  @Override
  public void close() {
    try (lock) {
      if (ephemeral) {
        for (String name : OURS) {
          delete(path.resolve(name));
        }
        if (made && isEmpty(path)) {
          Files.delete(path);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.findAny().isEmpty();
    }
  }

  private static void delete(Path tree) throws IOException {
    if (!Files.exists(tree)) {
      return;
    }
    Files.walkFileTree(
        tree,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, IOException failure)
              throws IOException {
            Files.delete(folder);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
