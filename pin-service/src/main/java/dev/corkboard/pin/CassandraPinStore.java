// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.pin;

import static dev.corkboard.pin.CassandraPinRows.blob;
import static dev.corkboard.pin.CassandraPinRows.images;
import static dev.corkboard.pin.CassandraPinRows.instant;
import static dev.corkboard.pin.CassandraPinRows.numberOrNull;
import static dev.corkboard.pin.CassandraPinRows.textOrNull;
import static dev.corkboard.pin.CassandraPinRows.type;
import static dev.corkboard.pin.CassandraPinRows.version;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchType;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.google.protobuf.ByteString;
import dev.corkboard.pin.store.v1.Intent;
import dev.corkboard.pin.store.v1.Move;
import dev.corkboard.pin.v1.Pin;
import dev.corkboard.platform.cassandra.Cas;
import dev.corkboard.platform.cassandra.Cassandra;
import dev.corkboard.platform.cassandra.Cql;
import dev.corkboard.platform.check.Ids;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** {@link PinStore} in Cassandra: see {@code pin.cql}. */
final class CassandraPinStore implements PinStore {
  private static final String COLUMNS =
      "pin_id, state, ver, owner_id, board_id, section_id, parent_pin_id, root_pin_id, title,"
          + " description, alt_text, link, dominant_color, creative_type, images, create_time,"
          + " update_time, saga_id, stage, saga";
  private static final String SELECT = "SELECT " + COLUMNS + " FROM pin WHERE pin_id = ?";
  private static final String SCAN =
      "SELECT " + COLUMNS + " FROM pin WHERE token(pin_id) > ? AND token(pin_id) <= ?";
  private static final String SELECT_REQUEST =
      "SELECT requests[?] AS hash FROM pin WHERE pin_id = ?";
  private static final String INSERT =
      "INSERT INTO pin ("
          + COLUMNS
          + ") VALUES (?, 1, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?) IF NOT EXISTS";
  private static final String PRECLUDE =
      "INSERT INTO pin (pin_id, state, ver, owner_id, board_id) VALUES (?, 3, 1, ?, ?) IF NOT EXISTS";
  private static final String PUBLISH =
      "UPDATE pin SET state = 2, saga_id = null, stage = null, saga = null WHERE pin_id = ?"
          + " IF saga_id = ? AND state = 1";
  private static final String NO_CONTENT =
      "section_id = null, parent_pin_id = null, root_pin_id = null, title = null,"
          + " description = null, alt_text = null, link = null, dominant_color = null,"
          + " images = null, create_time = null, update_time = null";
  private static final String ABANDON =
      "UPDATE pin SET state = 3, stage = 3, "
          + NO_CONTENT
          + " WHERE pin_id = ? IF saga_id = ? AND state = 1";
  private static final String LOCK =
      "UPDATE pin SET saga_id = ?, stage = 1, saga = ? WHERE pin_id = ?"
          + " IF state = 2 AND ver = ? AND saga_id = null";
  private static final String CONTENT =
      "board_id = ?, section_id = ?, title = ?, description = ?, alt_text = ?, link = ?,"
          + " dominant_color = ?, images = ?, update_time = ?, ver = ?";
  private static final String COMMIT =
      "UPDATE pin SET stage = 2, " + CONTENT + " WHERE pin_id = ? IF saga_id = ? AND stage = 1";
  private static final String UPDATE =
      "UPDATE pin SET " + CONTENT + " WHERE pin_id = ? IF state = 2 AND ver = ? AND saga_id = null";
  private static final String REMEMBER =
      "UPDATE pin USING TTL 172800 SET requests[?] = ? WHERE pin_id = ? IF requests[?] = null";
  private static final String CALL_OFF =
      "UPDATE pin SET stage = 3 WHERE pin_id = ? IF saga_id = ? AND stage = 1";
  private static final String BURY =
      "UPDATE pin SET state = 3, saga_id = ?, stage = ?, saga = ?, "
          + NO_CONTENT
          + " WHERE pin_id = ? IF state = 2 AND ver = ? AND saga_id = null";
  private static final String RELEASE =
      "UPDATE pin SET saga_id = null, stage = null, saga = null WHERE pin_id = ? IF saga_id = ?";

  /** How many token ranges a scan is cut into, so that no page has far to search. */
  private static final int SCAN_RANGES = 64;

  private final Cql cql;
  private final PreparedStatement select;
  private final PreparedStatement scan;
  private final PreparedStatement selectRequest;
  private final PreparedStatement insert;
  private final PreparedStatement preclude;
  private final PreparedStatement publish;
  private final PreparedStatement abandon;
  private final PreparedStatement lock;
  private final PreparedStatement commit;
  private final PreparedStatement update;
  private final PreparedStatement remember;
  private final PreparedStatement callOff;
  private final PreparedStatement bury;
  private final PreparedStatement release;

  CassandraPinStore(Cql cql) {
    this.cql = cql;
    this.select = cql.prepare(SELECT, true);
    this.scan = cql.prepare(SCAN, true);
    this.selectRequest = cql.prepare(SELECT_REQUEST, true);
    this.insert = cql.prepare(INSERT, false);
    this.preclude = cql.prepare(PRECLUDE, false);
    this.publish = cql.prepare(PUBLISH, false);
    this.abandon = cql.prepare(ABANDON, false);
    this.lock = cql.prepare(LOCK, false);
    this.commit = cql.prepare(COMMIT, false);
    this.update = cql.prepare(UPDATE, false);
    this.remember = cql.prepare(REMEMBER, false);
    this.callOff = cql.prepare(CALL_OFF, false);
    this.bury = cql.prepare(BURY, false);
    this.release = cql.prepare(RELEASE, false);
  }

  @Override
  public CompletionStage<Optional<Pin>> get(String pinId) {
    return cql.one(select.bind(Ids.number(pinId))).thenApply(CassandraPinStore::live);
  }

  private static Optional<Pin> live(Optional<Row> row) {
    return row.map(CassandraPinRows::stored).filter(StoredPin::isLive).map(StoredPin::pin);
  }

  @Override
  public CompletionStage<Map<String, Pin>> getAll(Collection<String> pinIds) {
    List<CompletableFuture<Optional<Pin>>> reads = new ArrayList<>();
    for (String id : new LinkedHashSet<>(pinIds)) reads.add(get(id).toCompletableFuture());
    return CompletableFuture.allOf(reads.toArray(CompletableFuture[]::new))
        .thenApply(
            all -> {
              Map<String, Pin> found = new HashMap<>();
              reads.forEach(read -> read.join().ifPresent(pin -> found.put(pin.getId(), pin)));
              return found;
            });
  }

  @Override
  public CompletionStage<Optional<StoredPin>> load(String pinId) {
    BoundStatement serial =
        select.bind(Ids.number(pinId)).setExecutionProfileName(Cassandra.SERIAL);
    return cql.one(serial).thenApply(row -> row.map(CassandraPinRows::stored));
  }

  @Override
  public CompletionStage<Boolean> insert(Intent creation) {
    Pin pin = creation.getCreation().getPin();
    return apply(
        insert.bind(
            Ids.number(pin.getId()),
            Ids.number(pin.getOwnerId()),
            Ids.number(pin.getBoardId()),
            numberOrNull(pin.getSectionId()),
            numberOrNull(pin.getParentPinId()),
            numberOrNull(pin.getRootPinId()),
            textOrNull(pin.getTitle()),
            textOrNull(pin.getDescription()),
            textOrNull(pin.getAltText()),
            textOrNull(pin.getLink()),
            textOrNull(pin.getDominantColor()),
            type(pin.getCreativeType()),
            images(pin),
            instant(pin.getCreateTime()),
            instant(pin.getUpdateTime()),
            sagaId(creation),
            saga(creation)));
  }

  @Override
  public CompletionStage<Boolean> preclude(String pinId, String ownerId, String boardId) {
    return apply(preclude.bind(Ids.number(pinId), Ids.number(ownerId), Ids.number(boardId)));
  }

  @Override
  public CompletionStage<Boolean> publish(Intent creation) {
    return apply(publish.bind(pinId(creation), sagaId(creation)));
  }

  @Override
  public CompletionStage<Boolean> abandon(Intent creation) {
    return apply(abandon.bind(pinId(creation), sagaId(creation)));
  }

  @Override
  public CompletionStage<Boolean> lock(Intent intent, String etag) {
    return apply(lock.bind(sagaId(intent), saga(intent), pinId(intent), Long.parseLong(etag)));
  }

  @Override
  public CompletionStage<Boolean> commit(Intent move) {
    Move asked = move.getMove();
    BoundStatement change = content(commit, asked.getAfter(), sagaId(move));
    return apply(change, asked.getAfter(), asked.getRequestId(), asked.getRequestHash());
  }

  @Override
  public CompletionStage<Boolean> update(
      Pin before, Pin after, String requestId, ByteString requestHash) {
    return apply(content(update, after, version(before)), after, requestId, requestHash);
  }

  private static BoundStatement content(PreparedStatement statement, Pin pin, Object condition) {
    return statement.bind(
        Ids.number(pin.getBoardId()),
        numberOrNull(pin.getSectionId()),
        textOrNull(pin.getTitle()),
        textOrNull(pin.getDescription()),
        textOrNull(pin.getAltText()),
        textOrNull(pin.getLink()),
        textOrNull(pin.getDominantColor()),
        images(pin),
        instant(pin.getUpdateTime()),
        version(pin),
        Ids.number(pin.getId()),
        condition);
  }

  private CompletionStage<Boolean> apply(
      BoundStatement change, Pin pin, String requestId, ByteString requestHash) {
    if (requestId.isEmpty()) return apply(change);
    UUID request = UUID.fromString(requestId);
    BoundStatement memory =
        remember.bind(request, blob(requestHash), Ids.number(pin.getId()), request);
    return cql.cas(BatchStatement.newInstance(BatchType.LOGGED, change, memory))
        .thenApply(Cas::applied);
  }

  @Override
  public CompletionStage<Boolean> callOff(Intent move) {
    return apply(callOff.bind(pinId(move), sagaId(move)));
  }

  @Override
  public CompletionStage<Boolean> bury(Intent deletion, String etag) {
    return apply(
        bury.bind(
            sagaId(deletion),
            StoredPin.Stage.COMMITTED.code,
            saga(deletion),
            pinId(deletion),
            Long.parseLong(etag)));
  }

  @Override
  public CompletionStage<Boolean> bury(Pin pin) {
    return apply(bury.bind(null, null, null, Ids.number(pin.getId()), version(pin)));
  }

  @Override
  public CompletionStage<Boolean> release(Intent intent) {
    return apply(release.bind(pinId(intent), sagaId(intent)));
  }

  @Override
  public CompletionStage<Optional<ByteString>> changedBy(String pinId, String requestId) {
    return cql.one(selectRequest.bind(UUID.fromString(requestId), Ids.number(pinId)))
        .thenApply(
            row ->
                row.filter(found -> !found.isNull("hash"))
                    .map(found -> ByteString.copyFrom(found.getByteBuffer("hash"))));
  }

  @Override
  public CompletionStage<Void> pages(Function<List<StoredPin>, CompletionStage<Void>> work) {
    return scan(0, work);
  }

  private CompletionStage<Void> scan(
      int range, Function<List<StoredPin>, CompletionStage<Void>> work) {
    if (range == SCAN_RANGES) return CompletableFuture.completedStage(null);
    long width = Long.MAX_VALUE / (SCAN_RANGES / 2);
    long low = Long.MIN_VALUE + width * range;
    long high = range == SCAN_RANGES - 1 ? Long.MAX_VALUE : low + width;
    return cql.execute(scan.bind(low, high).setExecutionProfileName("scan"))
        .thenCompose(page -> drain(page, work))
        .thenCompose(done -> scan(range + 1, work));
  }

  private static CompletionStage<Void> drain(
      AsyncResultSet page, Function<List<StoredPin>, CompletionStage<Void>> work) {
    List<StoredPin> rows = new ArrayList<>();
    page.currentPage().forEach(row -> rows.add(CassandraPinRows.stored(row)));
    return work.apply(rows)
        .thenCompose(
            done ->
                page.hasMorePages()
                    ? page.fetchNextPage().thenCompose(next -> drain(next, work))
                    : CompletableFuture.completedStage(null));
  }

  private CompletionStage<Boolean> apply(BoundStatement statement) {
    return cql.cas(statement).thenApply(Cas::applied);
  }

  private static long pinId(Intent intent) {
    return Ids.number(intent.getPinId());
  }

  private static UUID sagaId(Intent intent) {
    return UUID.fromString(intent.getId());
  }

  private static ByteBuffer saga(Intent intent) {
    return blob(intent.toByteString());
  }
}
