// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.json;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.google.protobuf.Timestamp;
import com.linecorp.armeria.common.HttpData;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufOutputStream;
import io.netty.buffer.PooledByteBufAllocator;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Writes JSON straight into the buffer that is sent. */
public final class Json {
  private static final JsonFactory FACTORY = new JsonFactory();
  private static final int USUAL_BYTES = 2_048;
  private static final long NEGATIVE_ZERO = Double.doubleToRawLongBits(-0.0);

  private Json() {}

  /** Writes one value. */
  @FunctionalInterface
  public interface Content {
    void write(JsonGenerator json) throws IOException;
  }

  /** The bytes of a document; whoever gets them must send or close them. */
  public static HttpData bytes(Content content) {
    return HttpData.wrap(write(PooledByteBufAllocator.DEFAULT.buffer(USUAL_BYTES), content));
  }

  /** A Server-Sent Event with an id, whose data is a document: one line. */
  public static HttpData event(long id, String type, Content content) {
    return eventOf("id: " + id + "\nevent: " + type, content);
  }

  /** The same without an id: a client that comes back names the one before. */
  public static HttpData event(String type, Content content) {
    return eventOf("event: " + type, content);
  }

  private static HttpData eventOf(String head, Content content) {
    ByteBuf buffer = PooledByteBufAllocator.DEFAULT.buffer(USUAL_BYTES);
    buffer.writeCharSequence(head + "\ndata: ", StandardCharsets.US_ASCII);
    write(buffer, content).writeCharSequence("\n\n", StandardCharsets.US_ASCII);
    return HttpData.wrap(buffer);
  }

  private static ByteBuf write(ByteBuf buffer, Content content) {
    try (JsonGenerator json =
        FACTORY.createGenerator(
            (OutputStream) new ByteBufOutputStream(buffer), JsonEncoding.UTF8)) {
      content.write(json);
    } catch (IOException e) {
      buffer.release();
      throw new UncheckedIOException("cannot happen: the buffer is in memory", e);
    } catch (RuntimeException e) {
      buffer.release();
      throw e;
    }
    return buffer;
  }

  /** A string, null when it is empty: proto3 does not tell the two apart. */
  public static void nullable(JsonGenerator json, String name, String value) throws IOException {
    if (value.isEmpty()) {
      json.writeNullField(name);
    } else {
      json.writeStringField(name, value);
    }
  }

  /** RFC 3339 in UTC. */
  public static void time(JsonGenerator json, String name, Timestamp time) throws IOException {
    json.writeStringField(
        name, Instant.ofEpochSecond(time.getSeconds(), time.getNanos()).toString());
  }

  /** RFC 3339 in UTC, null when there is none. */
  public static void nullableTime(JsonGenerator json, String name, boolean present, Timestamp time)
      throws IOException {
    if (present) {
      time(json, name, time);
    } else {
      json.writeNullField(name);
    }
  }

  /** A finite number, without a fraction where it has none. */
  public static void number(JsonGenerator json, String name, double value) throws IOException {
    json.writeFieldName(name);
    if (value == (int) value && Double.doubleToRawLongBits(value) != NEGATIVE_ZERO) {
      json.writeNumber((int) value);
    } else {
      json.writeNumber(value);
    }
  }
}
