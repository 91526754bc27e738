// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.google.protobuf.UnsafeByteOperations;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.platform.error.ApiException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.regex.Pattern;

/**
 * Reads a JSON object from a request's body, strictly: UTF-8, no duplicate keys, at most 16 levels
 * deep, numbers of at most 32 characters. Unknown properties are skipped (T4). Whatever is wrong is
 * an INVALID_FIELD that names the position or the field, what came and what was expected.
 */
public final class JsonReader {
  private static final String BODY = "body";
  private static final String TYPE = "type";

  /** Longer than any text that is kept; Base64 is not read as a text. */
  private static final int MAX_TEXT = 64 * 1024;

  private static final Pattern NOT_ZERO = Pattern.compile("[-0.]*[1-9]");

  /**
   * A body of empty objects would cost a hundred times its size; the largest useful one but
   * documents has below 100 tokens.
   */
  private static final JsonFactory SMALL = factory(10_000);

  /** A document of 2 MiB has 110,000 points at most, of 8 tokens each. */
  private static final JsonFactory DOCUMENT = factory(1_000_000);

  private final byte[] body;
  private final JsonParser parser;

  private JsonReader(byte[] body, JsonParser parser) {
    this.body = body;
    this.parser = parser;
  }

  /** Strangers' names are not interned. */
  private static JsonFactory factory(long maxTokens) {
    return JsonFactory.builder()
        .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
        .disable(JsonFactory.Feature.CHARSET_DETECTION)
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .streamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(16)
                .maxNumberLength(32)
                .maxNameLength(256)
                .maxStringLength(MAX_TEXT)
                .maxTokenCount(maxTokens)
                .build())
        .build();
  }

  /** Takes what it knows from one property; a value it leaves alone is skipped. */
  @FunctionalInterface
  public interface Property {
    void read(String name, JsonReader in) throws IOException;
  }

  /** Reads one element of an array; one it leaves alone is skipped. */
  @FunctionalInterface
  public interface Element {
    void read(JsonReader in) throws IOException;
  }

  /** Reads a whole body whose root is an object. */
  public static void object(byte[] body, Property property) {
    read(body, SMALL, property);
  }

  /** The same for a body that holds a document, or as much as one. */
  public static void document(byte[] body, Property property) {
    read(body, DOCUMENT, property);
  }

  private static void read(byte[] body, JsonFactory factory, Property property) {
    if (!UnsafeByteOperations.unsafeWrap(body).isValidUtf8()) {
      throw ApiException.invalid(BODY, "is not valid UTF-8");
    }
    try (JsonParser parser = factory.createParser(body)) {
      new JsonReader(body, parser).root(property);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot happen: the body is in memory", e);
    }
  }

  private void root(Property property) throws IOException {
    try {
      if (parser.nextToken() == null) {
        throw ApiException.invalid(BODY, "is empty, expected a JSON object");
      }
      object(property);
      if (parser.nextToken() != null) {
        throw ApiException.invalid(BODY, "goes on after the JSON object" + position());
      }
    } catch (JsonProcessingException e) {
      String path = path();
      String where = path.equals(BODY) ? "" : ", in " + path;
      throw ApiException.invalid(BODY, "is not valid JSON: " + reason(e) + where);
    }
  }

  private static String reason(JsonProcessingException e) {
    String where =
        e.getLocation() == null
            ? ""
            : " at line "
                + e.getLocation().getLineNr()
                + ", column "
                + e.getLocation().getColumnNr();
    return Echo.of(e.getOriginalMessage()) + where;
  }

  private String position() {
    return " at line "
        + parser.currentTokenLocation().getLineNr()
        + ", column "
        + parser.currentTokenLocation().getColumnNr();
  }

  /** Reads an object. */
  public void object(Property property) throws IOException {
    expect(JsonToken.START_OBJECT, "object");
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      property.read(name, this);
      parser.skipChildren();
    }
  }

  /** Reads an array of objects; {@code next} is called before each of them. */
  public void objects(Runnable next, Property property) throws IOException {
    expect(JsonToken.START_ARRAY, "array");
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      next.run();
      object(property);
    }
  }

  /** Reads an object, in which a null is the same as nothing. */
  public void present(Property property) throws IOException {
    object(
        (name, in) -> {
          if (!in.isNull()) property.read(name, in);
        });
  }

  /** Reads an array of at most {@code max} elements. */
  public void elements(int max, Element element) throws IOException {
    expect(JsonToken.START_ARRAY, "array");
    for (int count = 0; parser.nextToken() != JsonToken.END_ARRAY; count++) {
      if (count == max) throw invalid("is one item too many, constraint: maxItems=" + max);
      element.read(this);
      parser.skipChildren();
    }
  }

  /** The {@code type} of the object that comes, wherever in it that stands. */
  public String type() throws IOException {
    expect(JsonToken.START_OBJECT, "object");
    int start = (int) parser.currentTokenLocation().getByteOffset();
    try (JsonParser ahead = DOCUMENT.createParser(body, start, body.length - start)) {
      ahead.nextToken();
      while (ahead.nextToken() == JsonToken.FIELD_NAME) {
        boolean found = ahead.currentName().equals(TYPE);
        JsonToken value = ahead.nextToken();
        if (found && value == JsonToken.VALUE_STRING) return ahead.getText();
        if (found) throw ApiException.invalid(inside(TYPE), "is not of type 'string'");
        ahead.skipChildren();
      }
    } catch (JsonProcessingException e) {
      // The other parser meets it too, and knows where in the body that is.
      parser.skipChildren();
    }
    throw missing(TYPE);
  }

  public boolean isNull() {
    return parser.currentToken() == JsonToken.VALUE_NULL;
  }

  /** A string. */
  public String string() throws IOException {
    expect(JsonToken.VALUE_STRING, "string");
    try {
      return checked(parser.getText());
    } catch (StreamConstraintsException e) {
      throw invalid("is longer than " + MAX_TEXT + " characters");
    }
  }

  /** A string, or null, which is the same as an empty one. */
  public String nullableString() throws IOException {
    return isNull() ? "" : string();
  }

  /** The id of something; one that no number of 63 bits can be is not found. */
  public String id(ErrorReason notFound) throws IOException {
    return Ids.check(path(), string(), notFound);
  }

  public String nullableId(ErrorReason notFound) throws IOException {
    return isNull() ? "" : id(notFound);
  }

  public boolean bool() throws IOException {
    JsonToken token = parser.currentToken();
    if (token != JsonToken.VALUE_TRUE && token != JsonToken.VALUE_FALSE) throw wrongType("boolean");
    return token == JsonToken.VALUE_TRUE;
  }

  /** An integer of at least 0, of at most 9 digits. */
  public int index() throws IOException {
    return (int) notNegative(9);
  }

  /** An integer of at least 0, of at most 18 digits. */
  public long count() throws IOException {
    return notNegative(18);
  }

  private long notNegative(int maxDigits) throws IOException {
    expect(JsonToken.VALUE_NUMBER_INT, "integer");
    String text = parser.getText();
    if (text.startsWith("-")) throw invalid(Echo.of(text) + " is less than the minimum of 0");
    if (text.length() > maxDigits) throw invalid(Echo.of(text) + " is too large");
    return parser.getLongValue();
  }

  /** A number that is finite and, unless it is 0, no nearer to 0 than a normal one of 64 bits. */
  public double number() throws IOException {
    JsonToken token = parser.currentToken();
    if (token != JsonToken.VALUE_NUMBER_INT && token != JsonToken.VALUE_NUMBER_FLOAT) {
      throw wrongType("number");
    }
    double value = parser.getDoubleValue();
    if (!Double.isFinite(value)) throw invalid(Echo.of(parser.getText()) + " is too large");
    if (Math.abs(value) < Double.MIN_NORMAL && NOT_ZERO.matcher(parser.getText()).lookingAt()) {
      throw invalid(Echo.of(parser.getText()) + " is too close to 0");
    }
    return value;
  }

  /** Where a string stands in the body: it is neither copied nor checked yet. */
  public Base64Text base64() throws IOException {
    expect(JsonToken.VALUE_STRING, "string");
    return Base64Text.at(body, (int) parser.currentTokenLocation().getByteOffset() + 1, path());
  }

  /** Says that a property of the object just read, or about to be, did not come. */
  public ApiException missing(String name) {
    return ApiException.invalid(inside(name), "'" + name + "' is a required property");
  }

  /** Says that the value of this property is not what was expected. */
  public ApiException invalid(String message) {
    return ApiException.invalid(path(), message);
  }

  /** The field being read, such as {@code media_source.items[0].url}. */
  public String path() {
    StringBuilder path = new StringBuilder();
    JsonPointer at = parser.getParsingContext().pathAsPointer();
    for (; at != null && !at.matches(); at = at.tail()) {
      if (at.getMatchingIndex() >= 0) {
        path.append('[').append(at.getMatchingIndex()).append(']');
      } else {
        path.append(path.length() == 0 ? "" : ".").append(Echo.of(at.getMatchingProperty()));
      }
    }
    return path.length() == 0 ? BODY : path.toString();
  }

  private String inside(String name) {
    String path = path();
    return path.equals(BODY) ? name : path + "." + name;
  }

  private void expect(JsonToken token, String type) throws IOException {
    if (parser.currentToken() != token) throw wrongType(type);
  }

  private ApiException wrongType(String type) throws IOException {
    String came =
        switch (parser.currentToken()) {
          case START_OBJECT -> "an object";
          case START_ARRAY -> "an array";
          case VALUE_STRING -> Echo.quoted(parser.getText());
          default -> Echo.of(parser.getText());
        };
    return invalid(came + " is not of type '" + type + "'");
  }

  /** Protobuf would replace half a surrogate pair by a question mark without a word. */
  private String checked(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!Character.isSurrogate(c)) continue;
      if (i + 1 == text.length() || !Character.isSurrogatePair(c, text.charAt(++i))) {
        throw invalid("must not hold half a surrogate pair");
      }
    }
    return text;
  }
}
