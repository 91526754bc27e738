// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.pin;

import static dev.corkboard.pin.Pins.get;
import static dev.corkboard.pin.Pins.someId;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.corkboard.pin.store.v1.Intent;
import dev.corkboard.pin.v1.Pin;
import dev.corkboard.platform.redis.CacheOptions;
import dev.corkboard.platform.redis.RedisCache;
import dev.corkboard.platform.redis.RedisConnection;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class CachedPinStoreIT implements PinStoreContract {
  private static final RedisConnection REDIS = RealStores.redis();

  private final PinStore below = new CassandraPinStore(RealStores.CQL);
  private final PinStore pins = cached();

  private PinStore cached() {
    return new CachedPinStore(
        below,
        RedisCache.of(
            REDIS,
            CacheOptions.of("pin-it", 1, Duration.ofMinutes(2)),
            Pin.parser(),
            new SimpleMeterRegistry()));
  }

  @Override
  public PinStore pins() {
    return pins;
  }

  @AfterAll
  static void close() {
    REDIS.close();
  }

  @Test
  void anotherProcessSeesEveryAnsweredWrite() {
    PinStore other = cached();
    Pin pin = Pins.pin(someId(), someId(), someId());
    Intent creation = Pins.creation(pin);
    assertThat(get(other.get(pin.getId()))).isEmpty();
    get(pins.insert(creation));
    get(pins.publish(creation));
    assertThat(get(other.get(pin.getId()))).contains(pin);
    Pin next = pin.toBuilder().setTitle("next").setEtag("2").build();
    get(pins.update(pin, next, "", ByteString.EMPTY));
    assertThat(get(other.get(pin.getId()))).contains(next);
    get(pins.bury(next));
    assertThat(get(other.get(pin.getId()))).isEmpty();
  }

  @Test
  void readIsServedFromTheCache() {
    Pin pin = Pins.pin(someId(), someId(), someId());
    Intent creation = Pins.creation(pin);
    get(pins.insert(creation));
    get(pins.publish(creation));
    assertThat(get(pins.get(pin.getId()))).contains(pin);
    get(below.bury(pin));
    assertThat(get(pins.get(pin.getId()))).contains(pin);
  }
}
