// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.media.video;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.Timestamps;
import dev.corkboard.media.v1.Video;
import dev.corkboard.media.v1.VideoState;
import dev.corkboard.platform.cassandra.Cassandra;
import dev.corkboard.platform.cassandra.Cql;
import dev.corkboard.platform.check.Ids;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** {@link VideoStore} in Cassandra: see {@code media.cql}. */
public final class CassandraVideoStore implements VideoStore {
  private static final long MILLIS = 1_000;

  private static final String COLUMNS = "owner_id, video_id, state, video, upload_secret, sha256";
  private static final String INSERT =
      "INSERT INTO video (" + COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?) IF NOT EXISTS USING TTL ?";
  private static final String REPLACE =
      "UPDATE video USING TTL ? SET state = ?, video = ?, upload_secret = ?, sha256 = ?"
          + " WHERE owner_id = ? AND video_id = ? IF state IN ?";
  private static final String SELECT =
      "SELECT " + COLUMNS + " FROM video WHERE owner_id = ? AND video_id = ?";
  private static final String LIST =
      "SELECT " + COLUMNS + " FROM video WHERE owner_id = ? AND video_id < ? LIMIT ?";
  private static final String SCAN = "SELECT " + COLUMNS + " FROM video";

  private final Cql cql;
  private final Clock clock;
  private final PreparedStatement insert;
  private final PreparedStatement replace;
  private final PreparedStatement select;
  private final PreparedStatement list;
  private final PreparedStatement scan;

  public CassandraVideoStore(Cql cql, Clock clock) {
    this.cql = cql;
    this.clock = clock;
    insert = cql.prepare(INSERT, false);
    replace = cql.prepare(REPLACE, false);
    select = cql.prepare(SELECT, true);
    list = cql.prepare(LIST, true);
    scan = cql.prepare(SCAN, true);
  }

  @Override
  public CompletionStage<Void> insert(StoredVideo video) {
    return cql.cas(
            insert.bind(
                Ids.number(video.ownerId()),
                Ids.number(video.video().getId()),
                state(video),
                blob(video),
                video.uploadSecret(),
                video.sha256(),
                seconds(video)))
        .thenAccept(
            cas -> {
              // Ours when an unknown outcome was repeated.
              if (!cas.applied() && !stored(cas.rows().get(0)).equals(Optional.of(video))) {
                throw new IllegalStateException("a video's id was given out twice");
              }
            });
  }

  @Override
  public CompletionStage<Optional<StoredVideo>> find(String ownerId, String videoId) {
    return cql.one(
            select
                .bind(Ids.number(ownerId), Ids.number(videoId))
                .setExecutionProfileName(Cassandra.SERIAL))
        .thenApply(row -> row.flatMap(CassandraVideoStore::stored));
  }

  @Override
  public CompletionStage<Boolean> replace(StoredVideo next, Set<VideoState> from) {
    List<Byte> states = from.stream().map(state -> (byte) state.getNumber()).sorted().toList();
    return cql.cas(
            replace.bind(
                seconds(next),
                state(next),
                blob(next),
                next.uploadSecret(),
                next.sha256(),
                Ids.number(next.ownerId()),
                Ids.number(next.video().getId()),
                states))
        .thenCompose(
            cas ->
                cas.applied()
                    ? CompletableFuture.completedStage(true)
                    : find(next.ownerId(), next.video().getId())
                        .thenApply(found -> found.filter(next::equals).isPresent()));
  }

  @Override
  public CompletionStage<List<StoredVideo>> list(String ownerId, long before, int limit) {
    return cql.all(
            list.bind(Ids.number(ownerId), before, limit).setExecutionProfileName(Cassandra.SERIAL))
        .thenApply(
            rows ->
                rows.stream().map(CassandraVideoStore::stored).flatMap(Optional::stream).toList());
  }

  @Override
  public CompletionStage<Void> forEachAssetKey(Consumer<String> consumer) {
    return cql.forEach(
        scan.bind(),
        row ->
            stored(row)
                .map(video -> video.video().getFile().getAssetKey())
                .filter(key -> !key.isEmpty())
                .ifPresent(consumer));
  }

  /** Empty when it has expired: the row itself may outlive its cells by a second. */
  private static Optional<StoredVideo> stored(Row row) {
    if (row.isNull("video")) return Optional.empty();
    try {
      return Optional.of(
          new StoredVideo(
              Ids.format(row.getLong("owner_id")),
              Video.parseFrom(row.getByteBuffer("video")),
              row.getString("upload_secret"),
              row.getString("sha256")));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("video " + row.getLong("video_id") + ": damaged", e);
    }
  }

  private static byte state(StoredVideo video) {
    return (byte) video.video().getStateValue();
  }

  private static ByteBuffer blob(StoredVideo video) {
    return ByteBuffer.wrap(video.video().toByteArray());
  }

  private int seconds(StoredVideo video) {
    long left = Timestamps.toMillis(video.video().getExpireTime()) - clock.millis();
    return (int) Math.max(1, left / MILLIS);
  }
}
