// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.redis;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.corkboard.platform.config.RedisLogin;
import dev.corkboard.platform.config.Secret;
import dev.corkboard.stores.TestStores;
import io.lettuce.core.AclSetuserArgs;
import io.lettuce.core.RedisClient;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** A user of the real Redis, who needs a password. */
class RedisLoginIT {
  private final String user = "u" + UUID.randomUUID();
  private final String password = UUID.randomUUID().toString();
  private final String address = TestStores.redis().replace("redis://", "redis://" + user + "@");
  private final RedisClient admin = RedisClient.create(TestStores.redis());
  private final Logger logger = (Logger) LoggerFactory.getLogger(RedisConnection.class);
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

  @BeforeEach
  void setUp() {
    admin
        .connect()
        .sync()
        .aclSetuser(
            user, AclSetuserArgs.Builder.on().addPassword(password).allKeys().allCommands());
    lines.start();
    logger.addAppender(lines);
  }

  @AfterEach
  void tearDown() {
    logger.detachAppender(lines);
    admin.connect().sync().aclDeluser(user);
    admin.shutdown();
  }

  private RedisConnection open(String sent) {
    RedisLogin login = new RedisLogin(Optional.of(new Secret(sent)), Optional.empty());
    return RedisConnection.open(RedisOptions.of(address, login), new SimpleMeterRegistry());
  }

  private List<String> warnings() {
    return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  @Test
  void thePasswordOfTheFileLogsTheUserOfTheAddressIn() {
    try (RedisConnection redis = open(password)) {
      Awaitility.await().until(redis::connected);
      assertThat(
              redis
                  .send("whoami", Duration.ofSeconds(10), commands -> commands.aclWhoami())
                  .toCompletableFuture()
                  .join())
          .isEqualTo(user);
    }
  }

  @Test
  void aWrongPasswordIsOneLineThatSaysSoAndNotWhatWasSent() {
    String wrong = "wrong-" + UUID.randomUUID();
    try (RedisConnection redis = open(wrong)) {
      Awaitility.await()
          .until(() -> warnings().stream().filter(line -> line.contains("WRONGPASS")).count() == 1);
      assertThat(redis.connected()).isFalse();
    }
    assertThat(warnings().toString()).doesNotContain(wrong);
  }
}
