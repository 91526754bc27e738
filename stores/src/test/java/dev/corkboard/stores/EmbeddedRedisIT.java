// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lettuce.core.RedisClient;
import io.lettuce.core.SetArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedRedisIT {
  @TempDir Path dir;

  @Test
  void servesACacheThatForgetsByTtlAndWritesNothingToDisk() {
    EmbeddedRedis redis = EmbeddedRedis.start(RedisOptions.in(dir).withMaxMemoryMegabytes(32));
    try (redis;
        RedisClient client = RedisClient.create(redis.uri());
        StatefulRedisConnection<String, String> connection = client.connect()) {
      RedisCommands<String, String> commands = connection.sync();
      commands.set("pin:1", "value", SetArgs.Builder.ex(600));

      assertThat(commands.get("pin:1")).isEqualTo("value");
      assertThat(commands.configGet("maxmemory-policy")).containsValue("volatile-ttl");
      assertThat(commands.configGet("maxmemory")).containsValue("33554432");
      assertThat(commands.configGet("save")).containsValue("");
      assertThat(commands.configGet("appendonly")).containsValue("no");
    }
    assertThat(ProcessHandle.of(redis.pid())).isEmpty();
    assertThat(dir.resolve("redis/dump.rdb")).doesNotExist();
  }

  @Test
  void startsAgainOnTheSameFolderAfterKill9() throws Exception {
    try (EmbeddedRedis first = EmbeddedRedis.start(RedisOptions.in(dir))) {
      first.kill();
      assertThat(first.onExit().get(30, TimeUnit.SECONDS)).isEqualTo(128 + 9);

      try (EmbeddedRedis second =
          EmbeddedRedis.start(RedisOptions.in(dir).withPort(first.port()))) {
        assertThat(second.uri()).isEqualTo(first.uri());
      }
    }
  }

  @Test
  void aPortInUseIsNamedBeforeAnythingStarts() throws IOException {
    try (ServerSocket other = new ServerSocket()) {
      other.bind(Ports.local(0));
      RedisOptions options = RedisOptions.in(dir).withPort(other.getLocalPort());

      assertThatThrownBy(() -> EmbeddedRedis.start(options))
          .hasMessageStartingWith("port " + other.getLocalPort() + " for Redis is in use");
      assertThat(dir).isEmptyDirectory();
    }
  }

  @Test
  void aStartThatFailsSaysWhatRedisSaid() throws IOException {
    Path binary = RedisBinary.extract(dir.resolve("redis"));
    Files.writeString(binary, "#!/bin/sh\necho Fatal error\nexit 1\n");

    assertThatThrownBy(() -> EmbeddedRedis.start(RedisOptions.in(dir)))
        .isInstanceOf(StartFailedException.class)
        .hasMessageStartingWith("redis ended while starting, exit code 1")
        .hasMessageEndingWith("Fatal error");
  }
}
