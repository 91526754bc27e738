// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.redis;

import dev.corkboard.platform.schedule.Stages;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The protocol as scripts on keys {@code c:} (value), {@code l:} (leases: a sorted set of readers'
 * tokens by when they were taken) and {@code g:} (guards: one of writers' tokens by deadline),
 * tagged so that the three of one id share a slot.
 */
final class LuaCacheProtocol implements CacheProtocol {

  private static final LuaScript LEASE = LuaScript.load("lease.lua");
  private static final LuaScript FILL = LuaScript.load("fill.lua");
  private static final LuaScript GUARD = LuaScript.load("guard.lua");
  private static final LuaScript RELEASE = LuaScript.load("release.lua");
  private static final Lease[] WITHOUT_VALUE = {
    new Lease(Lease.Kind.GUARDED, null), new Lease(Lease.Kind.TAKEN, null)
  };

  private final RedisConnection redis;
  private final String tag;
  private final byte[] leaseMillis;
  private final byte[] guardMillis;

  LuaCacheProtocol(RedisConnection redis, CacheOptions options) {
    this.redis = redis;
    this.tag = ":{" + options.prefix() + ":" + options.version() + ":";
    this.leaseMillis = bytes(options.lease().toMillis());
    this.guardMillis = bytes(options.guard().toMillis());
  }

  @Override
  public CompletionStage<List<byte[]>> get(List<String> ids) {
    if (ids.size() == 1) {
      byte[] key = key('c', ids.get(0));
      return redis.read("GET", commands -> commands.get(key)).thenApply(Collections::singletonList);
    }
    byte[][] keys = ids.stream().map(id -> key('c', id)).toArray(byte[][]::new);
    return redis
        .read("MGET", commands -> commands.mget(keys))
        .thenApply(found -> found.stream().map(value -> value.getValueOrElse(null)).toList());
  }

  @Override
  public CompletionStage<Lease> lease(String id, String token) {
    return redis
        .<List<Object>>read(
            "EVALSHA lease",
            commands -> run(commands, LEASE, ScriptOutputType.MULTI, id, bytes(token), leaseMillis))
        .thenApply(
            reply -> {
              int kind = ((Long) reply.get(0)).intValue();
              return kind < WITHOUT_VALUE.length
                  ? WITHOUT_VALUE[kind]
                  : new Lease(Lease.Kind.HIT, (byte[]) reply.get(1));
            });
  }

  @Override
  public CompletionStage<Boolean> fill(String id, String token, byte[] value, long lifeMillis) {
    byte[] life = bytes(lifeMillis);
    return redis
        .<Long>read(
            "EVALSHA fill",
            commands ->
                run(
                    commands,
                    FILL,
                    ScriptOutputType.INTEGER,
                    id,
                    bytes(token),
                    value,
                    life,
                    leaseMillis))
        .thenApply(stored -> stored == 1);
  }

  @Override
  public CompletionStage<Void> guard(String id, String token) {
    return redis
        .<Long>write(
            "EVALSHA guard",
            commands ->
                run(commands, GUARD, ScriptOutputType.INTEGER, id, bytes(token), guardMillis))
        .thenAccept(done -> {});
  }

  @Override
  public CompletionStage<Void> release(String id, String token) {
    return redis
        .<Long>write(
            "EVALSHA release",
            commands -> run(commands, RELEASE, ScriptOutputType.INTEGER, id, bytes(token)))
        .thenAccept(done -> {});
  }

  @Override
  public CompletionStage<Void> forget(Collection<String> ids) {
    byte[][] keys = new byte[ids.size() * 2][];
    int i = 0;
    for (String id : ids) {
      keys[i++] = key('c', id);
      keys[i++] = key('l', id);
    }
    return redis.write("DEL", commands -> commands.del(keys)).thenAccept(deleted -> {});
  }

  /**
   * A restarted or flushed server knows no script: the text is sent, which also stores it again.
   */
  private <T> CompletionStage<T> run(
      RedisAsyncCommands<byte[], byte[]> commands,
      LuaScript script,
      ScriptOutputType type,
      String id,
      byte[]... values) {
    byte[][] keys = {key('c', id), key('l', id), key('g', id)};
    return commands
        .<T>evalsha(script.sha(), type, keys, values)
        .exceptionallyCompose(
            failure ->
                Stages.cause(failure) instanceof RedisNoScriptException
                    ? commands.<T>eval(script.text(), type, keys, values)
                    : CompletableFuture.failedFuture(failure));
  }

  private byte[] key(char kind, String id) {
    return bytes(kind + tag + id + "}");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] bytes(long number) {
    return bytes(Long.toString(number));
  }
}
