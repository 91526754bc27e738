// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.account;

import static dev.corkboard.account.CassandraAccountStore.folded;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import dev.corkboard.account.v1.Account;
import dev.corkboard.platform.cassandra.Cassandra;
import dev.corkboard.platform.cassandra.Cql;
import dev.corkboard.platform.check.Ids;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/** The tables {@code account} and {@code account_name}. */
final class CassandraAccountTable {
  private static final String COLUMNS =
      "account_id, username, create_time, type, about, profile_image_url, website_url,"
          + " business_name, ver";
  private static final String CLAIM =
      "INSERT INTO account_name (name, account_id, username, create_time, request_id, claim)"
          + " VALUES (?, ?, ?, ?, ?, ?) IF NOT EXISTS";
  private static final String TAKE_OVER =
      "UPDATE account_name SET account_id = ?, username = ?, create_time = ?, request_id = null,"
          + " claim = ? WHERE name = ? IF account_id = ? AND claim = ?";
  private static final String DROP =
      "DELETE FROM account_name WHERE name = ? IF account_id = ? AND claim = ?";
  private static final String FIND =
      "SELECT account_id, username, create_time, request_id, claim FROM account_name"
          + " WHERE name = ?";
  private static final String INSERT =
      "INSERT INTO account (account_id, username, create_time) VALUES (?, ?, ?) IF NOT EXISTS";
  private static final String GET = "SELECT " + COLUMNS + " FROM account WHERE account_id = ?";
  private static final String GET_STORED =
      "SELECT " + COLUMNS + ", next FROM account WHERE account_id = ?";
  private static final String UPDATE =
      "UPDATE account SET username = ?, type = ?, about = ?, profile_image_url = ?,"
          + " website_url = ?, business_name = ?, ver = ?, next = null"
          + " WHERE account_id = ? IF ver = ?";
  private static final String ANNOUNCE =
      "UPDATE account SET next = ?, ver = ? WHERE account_id = ? IF ver = ?";

  private final Cql cql;
  private final PreparedStatement claim;
  private final PreparedStatement takeOver;
  private final PreparedStatement drop;
  private final PreparedStatement find;
  private final PreparedStatement insert;
  private final PreparedStatement get;
  private final PreparedStatement getStored;
  private final PreparedStatement update;
  private final PreparedStatement announce;

  /**
   * An account's row.
   *
   * @param version null as long as it was written once only
   * @param next what the account is about to be, under another username
   */
  record Stored(Account account, Long version, Optional<Account> next) {
    private long following() {
      return version == null ? 1 : version + 1;
    }
  }

  /**
   * A name's row.
   *
   * @param account id, username and time of creation of the account it names
   * @param requestId of the creation that wrote it
   */
  record Claim(Account account, Optional<UUID> requestId, UUID claim) {}

  CassandraAccountTable(Cql cql) {
    this.cql = cql;
    claim = cql.prepare(CLAIM, false);
    takeOver = cql.prepare(TAKE_OVER, false);
    drop = cql.prepare(DROP, false);
    find = cql.prepare(FIND, true);
    insert = cql.prepare(INSERT, false);
    get = cql.prepare(GET, true);
    getStored = cql.prepare(GET_STORED, true);
    update = cql.prepare(UPDATE, false);
    announce = cql.prepare(ANNOUNCE, false);
  }

  /** Claims the name for a new account; the row that stands there when it is not free. */
  CompletionStage<Optional<Claim>> claim(Account account, Optional<UUID> requestId) {
    UUID id = UUID.randomUUID();
    return cql.cas(
            claim.bind(
                folded(account.getUsername()),
                Long.parseLong(account.getId()),
                account.getUsername(),
                instant(account.getCreateTime()),
                requestId.orElse(null),
                id))
        .thenApply(
            cas -> {
              if (cas.applied()) return Optional.<Claim>empty();
              Claim standing = claim(cas.rows().get(0));
              return id.equals(standing.claim()) ? Optional.<Claim>empty() : Optional.of(standing);
            });
  }

  /** Claims a name that was free; false when it no longer is. */
  CompletionStage<Boolean> claim(Account account) {
    return claim(account, Optional.empty()).thenApply(Optional::isEmpty);
  }

  /** Takes a name that stood as given; false when it no longer does. */
  CompletionStage<Boolean> takeOver(Claim standing, Account account) {
    UUID id = UUID.randomUUID();
    return cql.cas(
            takeOver.bind(
                Long.parseLong(account.getId()),
                account.getUsername(),
                instant(account.getCreateTime()),
                id,
                folded(account.getUsername()),
                Long.parseLong(standing.account().getId()),
                standing.claim()))
        .thenApply(
            cas ->
                cas.applied()
                    || cas.rows().stream().anyMatch(row -> id.equals(row.getUuid("claim"))));
  }

  /** Frees a name that stood as given. */
  CompletionStage<Void> drop(Claim standing) {
    return cql.cas(
            drop.bind(
                folded(standing.account().getUsername()),
                Long.parseLong(standing.account().getId()),
                standing.claim()))
        .thenAccept(done -> {});
  }

  CompletionStage<Optional<Claim>> claimOf(String folded) {
    return cql.one(find.bind(folded).setExecutionProfileName(Cassandra.SERIAL))
        .thenApply(row -> row.map(CassandraAccountTable::claim));
  }

  private static Claim claim(Row row) {
    return new Claim(
        Account.newBuilder()
            .setId(Ids.format(row.getLong("account_id")))
            .setUsername(row.getString("username"))
            .setCreateTime(time(row))
            .build(),
        Optional.ofNullable(row.getUuid("request_id")),
        row.getUuid("claim"));
  }

  /** Whether the row was there already makes no difference: it is written from the claim alone. */
  CompletionStage<Account> insert(Account account) {
    return cql.cas(
            insert.bind(
                Long.parseLong(account.getId()),
                account.getUsername(),
                instant(account.getCreateTime())))
        .thenCompose(cas -> get(Long.parseLong(account.getId())))
        .thenApply(Optional::orElseThrow);
  }

  CompletionStage<Optional<Account>> get(long id) {
    return cql.one(get.bind(id)).thenApply(row -> row.map(CassandraAccountTable::account));
  }

  /** The row, after every write of unknown outcome. */
  CompletionStage<Optional<Stored>> stored(long id) {
    return cql.one(getStored.bind(id).setExecutionProfileName(Cassandra.SERIAL))
        .thenApply(row -> row.map(CassandraAccountTable::stored));
  }

  private static Stored stored(Row row) {
    return new Stored(
        account(row),
        row.isNull("ver") ? null : row.getLong("ver"),
        Optional.ofNullable(row.getByteBuffer("next")).map(CassandraAccountTable::parsed));
  }

  /** Writes the account as wanted; empty when another writer won. */
  CompletionStage<Optional<Account>> update(Stored stored, Account wanted) {
    return become(stored, wanted)
        .thenApply(done -> done ? Optional.of(asWritten(stored, wanted)) : Optional.empty());
  }

  /** The account that {@link #become} makes. */
  Account asWritten(Stored stored, Account wanted) {
    return wanted.toBuilder().setEtag(Long.toString(stored.following())).build();
  }

  /** Writes the account as wanted; false when another writer won. */
  CompletionStage<Boolean> become(Stored stored, Account wanted) {
    return cql.cas(
            update.bind(
                wanted.getUsername(),
                (byte) wanted.getTypeValue(),
                wanted.getAbout(),
                wanted.getProfileImageUrl(),
                wanted.getWebsiteUrl(),
                wanted.getBusinessName(),
                stored.following(),
                Long.parseLong(wanted.getId()),
                stored.version()))
        .thenApply(cas -> cas.applied());
  }

  /** Says what the account is about to be; empty when another writer won. */
  CompletionStage<Optional<Stored>> announce(Stored stored, Account next) {
    return setNext(stored, ByteBuffer.wrap(next.toByteArray()))
        .thenApply(
            done ->
                done
                    ? Optional.of(
                        new Stored(stored.account(), stored.following(), Optional.of(next)))
                    : Optional.empty());
  }

  /** Takes back what was said; false when another writer won. */
  CompletionStage<Boolean> giveUp(Stored stored) {
    return setNext(stored, null);
  }

  private CompletionStage<Boolean> setNext(Stored stored, ByteBuffer next) {
    return cql.cas(
            announce.bind(
                next,
                stored.following(),
                Long.parseLong(stored.account().getId()),
                stored.version()))
        .thenApply(cas -> cas.applied());
  }

  private static Account account(Row row) {
    Account.Builder account =
        Account.newBuilder()
            .setId(Ids.format(row.getLong("account_id")))
            .setUsername(row.getString("username"))
            .setCreateTime(time(row))
            .setTypeValue(row.isNull("type") ? Account.Type.TYPE_PINNER_VALUE : row.getByte("type"))
            .setEtag(Long.toString(row.getLong("ver")));
    set(row, "about", account::setAbout);
    set(row, "profile_image_url", account::setProfileImageUrl);
    set(row, "website_url", account::setWebsiteUrl);
    set(row, "business_name", account::setBusinessName);
    return account.build();
  }

  private static void set(Row row, String column, java.util.function.Consumer<String> setter) {
    String value = row.getString(column);
    if (value != null) setter.accept(value);
  }

  private static Account parsed(ByteBuffer bytes) {
    try {
      return Account.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a row of account holds a damaged account", e);
    }
  }

  private static Timestamp time(Row row) {
    return Timestamps.fromMillis(row.getInstant("create_time").toEpochMilli());
  }

  private static Instant instant(Timestamp time) {
    return Instant.ofEpochMilli(Timestamps.toMillis(time));
  }
}
