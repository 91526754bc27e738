// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDHEncrypter;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.impl.ECDSA;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import dev.corkboard.platform.auth.Jwts;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Tokens nobody may accept: each is a good token with one thing wrong, and all but those whose
 * signature is the wrong thing are signed by the very key they claim.
 */
public final class HostileTokens {
  private static final String LONG_NUMBER = "9".repeat(400);

  private final ECKey key;
  private final Map<String, String> header = new LinkedHashMap<>();
  private final long skew;
  private final Map<String, String> claims = new LinkedHashMap<>();
  private final Map<String, String> table = new LinkedHashMap<>();

  private HostileTokens(
      ECKey key, String type, Duration skew, String issuer, String audience, String subject) {
    this.key = key;
    this.skew = skew.toSeconds();
    header.put("alg", "\"ES256\"");
    header.put("typ", '"' + type + '"');
    header.put("kid", '"' + key.getKeyID() + '"');
    long now = Instant.now().getEpochSecond();
    claims.put("iss", '"' + issuer + '"');
    claims.put("aud", '"' + audience + '"');
    claims.put("sub", '"' + subject + '"');
    claims.put("scope", '"' + String.join(" ", TestTokens.ALL_SCOPES) + '"');
    claims.put("iat", Long.toString(now - 1));
    claims.put("exp", Long.toString(now + 3_000));
  }

  /** The table for access tokens of an issuer, by what is wrong. */
  public static Map<String, String> access(ECKey issuerKey, String issuer, String subject) {
    HostileTokens tokens =
        new HostileTokens(issuerKey, "at+jwt", Duration.ZERO, issuer, "corkboard", subject)
            .common();
    tokens.subjects();
    return tokens.table;
  }

  /** What is wrong with access tokens of any issuer, for anybody. */
  static Map<String, String> external(ECKey key, String issuer, String audience) {
    return new HostileTokens(key, "at+jwt", Duration.ZERO, issuer, audience, "somebody")
        .common()
        .table;
  }

  /** The table for tokens of a service for a callee. */
  public static Map<String, String> service(ECKey key, String callee) {
    return new HostileTokens(key, "service+jwt", Jwts.SKEW, key.getKeyID(), callee, "7")
        .common()
        .table;
  }

  /** What the tables vary, with nothing wrong: the proof that a table's other parts are right. */
  public static String good(ECKey issuerKey, String issuer, String subject) {
    return new HostileTokens(issuerKey, "at+jwt", Duration.ZERO, issuer, "corkboard", subject)
        .good();
  }

  private HostileTokens common() {
    shapes();
    algorithms();
    headers();
    signatures();
    claims();
    times();
    return this;
  }

  private void shapes() {
    String good = good();
    String[] part = good.split("\\.", -1);
    table.put("empty", "");
    table.put("blank", "   ");
    table.put("null", "null");
    table.put("garbage", "garbage");
    table.put("umlauts", "t\u00f6k\u00e9n.\u00e4.\u00fc");
    table.put("wide digits", "\uff11.\uff12.\uff13");
    table.put("three letters", "a.b.c");
    table.put("two dots", "..");
    table.put("many dots", ".".repeat(1_000));
    table.put("half a header", part[0].substring(0, part[0].length() / 2));
    table.put("header alone", part[0]);
    table.put("header and dot", part[0] + ".");
    table.put("half a payload", part[0] + "." + part[1].substring(0, part[1].length() / 2));
    table.put("no signature", part[0] + "." + part[1]);
    table.put("empty signature", part[0] + "." + part[1] + ".");
    table.put("half a signature", good.substring(0, good.length() - 43));
    table.put("one letter short", good.substring(0, good.length() - 1));
    table.put("no header", "." + part[1] + "." + part[2]);
    table.put("no payload", part[0] + ".." + part[2]);
    table.put("four parts", good + "." + part[2]);
    table.put("five parts", good + "." + part[2] + "." + part[2]);
    table.put("twice", good + good);
    table.put("twice with a blank", good + " " + good);
    table.put("twice with a comma", good + "," + good);
    table.put("in quotes", '"' + good + '"');
    table.put("zero-width space", good + "\u200b");
    table.put("byte order mark", "\ufeff" + good);
    table.put("blank before a dot", part[0] + " ." + part[1] + "." + part[2]);
    table.put("flat JSON", json("", part));
    table.put(
        "general JSON", "{\"payload\":\"" + part[1] + "\",\"signatures\":[" + json(".", part));
    table.put("encrypted", encrypted(good));
    table.put("nested", signed(with(header, "cty", "\"JWT\""), good));
    table.put("too long", signed(text(header), text(with(claims, "x", quoted("x", 8_192)))));
    table.put("deep header", signed(text(with(header, "x", "[".repeat(2_000))), text(claims)));
    table.put("deep payload", signed(text(header), text(with(claims, "x", "[".repeat(3_000)))));
    table.put("payload is no object", signed(text(header), "[" + text(claims) + "]"));
    table.put("payload is a text", signed(text(header), "\"" + part[1] + "\""));
    table.put("header is no object", signed("[" + text(header) + "]", text(claims)));
    table.put("garbage after the payload", signed(text(header), text(claims) + "{}"));
  }

  private static String json(String skip, String[] part) {
    String payload = skip.isEmpty() ? "\"payload\":\"" + part[1] + "\"," : "";
    return "{" + payload + "\"protected\":\"" + part[0] + "\",\"signature\":\"" + part[2] + "\"}";
  }

  private void algorithms() {
    for (String none : new String[] {"none", "None", "NONE", "nOnE"}) {
      String parts = input(text(with(header, "alg", '"' + none + '"')), text(claims)) + ".";
      table.put("alg " + none, parts);
      table.put("alg " + none + ", signed", parts + sign(parts.substring(0, parts.length() - 1)));
    }
    table.put("HS256 keyed with the public JWK", hmac("HS256", key.toPublicJWK().toString()));
    table.put("HS512 keyed with the public JWK", hmac("HS512", key.toPublicJWK().toString()));
    table.put("HS256 keyed with the key id", hmac("HS256", key.getKeyID()));
    table.put("HS256 keyed with the x coordinate", hmac("HS256", key.getX().toString()));
    for (String other :
        new String[] {"ES384", "ES512", "ES256K", "RS256", "PS256", "EdDSA", "es256", " ES256"}) {
      header("alg " + other, "alg", '"' + other + '"');
    }
    header("no alg", "alg", null);
    header("alg a number", "alg", "256");
    header("alg null", "alg", "null");
    header("alg an array", "alg", "[\"ES256\"]");
    table.put("alg twice, none first", signed("{\"alg\":\"none\"," + inside(header), text(claims)));
    table.put("alg twice, none last", signed(open(header) + ",\"alg\":\"none\"}", text(claims)));
  }

  private void headers() {
    header("no typ", "typ", null);
    header("typ JWT", "typ", "\"JWT\"");
    header("typ of a stranger", "typ", "\"logout+jwt\"");
    header("typ a number", "typ", "1");
    header("typ with a blank", "typ", header.get("typ").replace("+jwt", "+jwt "));
    header("no kid", "kid", null);
    header("kid empty", "kid", "\"\"");
    header("kid unknown", "kid", "\"another\"");
    header("kid a number", "kid", "7");
    header("kid a path", "kid", "\"../../../../etc/passwd\"");
    header("kid a device", "kid", "\"/dev/null\"");
    header("kid a URL", "kid", "\"http://127.0.0.1/key\"");
    header("kid SQL", "kid", "\"' UNION SELECT 'a' --\"");
    header("kid with NUL", "kid", quoted(key.getKeyID() + "\\u0000", 1));
    header("kid without end", "kid", quoted("k", 4_000));
    table.put("kid twice", signed("{\"kid\":\"another\"," + inside(header), text(claims)));
    header("jku", "jku", "\"http://127.0.0.1/keys\"");
    header("x5u", "x5u", "\"http://127.0.0.1/cert\"");
    header("x5c", "x5c", "[\"MIIB\"]");
    header("own key in jwk", "jwk", key.toPublicJWK().toString());
    header("unknown crit", "crit", "[\"exp\"]");
    header("crit that is known", "crit", "[\"b64\"]");
    ECKey mine = strangersKey();
    table.put(
        "stranger's key in jwk",
        signed(mine, text(with(header, "jwk", mine.toPublicJWK().toString())), text(claims)));
  }

  private void signatures() {
    String input = input(text(header), text(claims));
    String signature = sign(input);
    byte[] raw = new Base64URL(signature).decode();
    table.put("stranger's key, same kid", signed(strangersKey(), text(header), text(claims)));
    table.put("signature of zeros", input + "." + Base64URL.encode(new byte[64]));
    byte[] order = new byte[64];
    byte[] n = Curve.P_256.toECParameterSpec().getOrder().toByteArray();
    System.arraycopy(n, 1, order, 0, 32);
    System.arraycopy(n, 1, order, 32, 32);
    table.put("signature of the order", input + "." + Base64URL.encode(order));
    byte[] flipped = raw.clone();
    flipped[40] ^= 1;
    table.put("signature with a flipped bit", input + "." + Base64URL.encode(flipped));
    table.put("signature with a byte more", input + "." + signature + "AA");
    table.put("signature in DER", input + "." + Base64URL.encode(der(raw)));
    table.put("signature padded", input + "." + signature + "==");
    table.put("signature with junk bits", input + "." + junkBits(signature));
    table.put(
        "signature with a tilde", input + "." + signature.substring(0, 9) + "~" + tail(signature));
    table.put(
        "signature with a blank", input + "." + signature.substring(0, 9) + " " + tail(signature));
    table.put(
        "signature with a tab", input + "." + signature.substring(0, 9) + "\t" + tail(signature));
    table.put("signature in plain Base64", plainBase64());
    table.put("payload exchanged", exchanged());
    table.put("header respelled", input(text(header) + " ", text(claims)) + "." + signature);
  }

  private void claims() {
    claim("no issuer", "iss", null);
    claim("other issuer", "iss", "\"evil\"");
    claim("issuer in a list", "iss", "[" + claims.get("iss") + "]");
    claim("issuer with a blank", "iss", claims.get("iss").replaceFirst("\"$", " \""));
    claim("issuer a number", "iss", "1");
    claim("no audience", "aud", null);
    claim("other audience", "aud", "\"another\"");
    claim("audience in capitals", "aud", "\"CORKBOARD\"");
    claim("no audience in a list", "aud", "[]");
    claim("audience a number", "aud", "1");
    claim("audience a list of numbers", "aud", "[1," + claims.get("aud") + "]");
    claim("audience an object", "aud", "{\"a\":" + claims.get("aud") + "}");
    claim("scope a list", "scope", "[\"boards:read\"]");
    claim("scope a number", "scope", "7");
    table.put("issuer twice", twice("iss", "\"evil\""));
    table.put("expiry twice", twice("exp", "1"));
    table.put("audience twice", twice("aud", "\"another\""));
  }

  private void times() {
    long now = Instant.now().getEpochSecond();
    claim("no expiry", "exp", null);
    claim("expired", "exp", Long.toString(now - skew - 1));
    claim("expired long ago", "exp", "0");
    claim("expiry negative", "exp", "-" + now);
    claim("expiry with a fraction", "exp", (now - skew - 10) + ".5");
    claim("expiry a text", "exp", "\"" + (now + 600) + "\"");
    claim("expiry a list", "exp", "[" + (now + 600) + "]");
    claim("expiry true", "exp", "true");
    claim("expiry null", "exp", "null");
    claim("expiry of 400 digits", "exp", LONG_NUMBER);
    claim("expiry of -400 digits", "exp", "-" + LONG_NUMBER);
    claim("expiry 1e400", "exp", "1e400");
    claim("expiry 1e999999999", "exp", "1e999999999");
    claim("expiry of 63 bits", "exp", Long.toString(Long.MAX_VALUE));
    claim("expiry NaN", "exp", "NaN");
    claim("not before the future", "nbf", Long.toString(now + 3_600));
    claim("not before a text", "nbf", "\"soon\"");
    claim("not before of 400 digits", "nbf", LONG_NUMBER);
    claim("no issue time", "iat", null);
    claim("issued in the future", "iat", Long.toString(now + 3_600));
    claim("issued at a text", "iat", "\"now\"");
    claim("issued at 400 digits", "iat", LONG_NUMBER);
  }

  private void subjects() {
    claim("no subject", "sub", null);
    for (String bad :
        new String[] {
          "",
          " ",
          "admin",
          "0",
          "-1",
          "+7",
          "007",
          " 7",
          "7 ",
          "7.0",
          "1e3",
          "0x7",
          "\u0667",
          "7\\u0000",
          "9223372036854775808",
          "9".repeat(400)
        }) {
      claim("subject '" + bad + "'", "sub", '"' + bad + '"');
    }
    claim("subject a number", "sub", "7");
    claim("subject a list", "sub", "[\"7\"]");
    claim("subject an object", "sub", "{\"id\":\"7\"}");
    claim("subject true", "sub", "true");
    table.put("subject twice", twice("sub", "\"8\""));
  }

  private void header(String wrong, String name, String value) {
    table.put(wrong, signed(text(with(header, name, value)), text(claims)));
  }

  private void claim(String wrong, String name, String value) {
    table.put(wrong, signed(text(header), text(with(claims, name, value))));
  }

  private String twice(String name, String value) {
    return signed(text(header), "{\"" + name + "\":" + value + "," + inside(claims));
  }

  private String good() {
    return signed(text(header), text(claims));
  }

  /** A copy with another value, or without the name when that is null. */
  private static Map<String, String> with(Map<String, String> map, String name, String value) {
    Map<String, String> changed = new LinkedHashMap<>(map);
    if (value == null) {
      changed.remove(name);
    } else {
      changed.put(name, value);
    }
    return changed;
  }

  private static String quoted(String text, int times) {
    return '"' + text.repeat(times) + '"';
  }

  private static String text(Map<String, String> object) {
    return object.entrySet().stream()
        .map(entry -> '"' + entry.getKey() + "\":" + entry.getValue())
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static String inside(Map<String, String> object) {
    return text(object).substring(1);
  }

  private static String open(Map<String, String> object) {
    String text = text(object);
    return text.substring(0, text.length() - 1);
  }

  private String signed(Map<String, String> header, String payload) {
    return signed(text(header), payload);
  }

  private String signed(String header, String payload) {
    return signed(key, header, payload);
  }

  private static String signed(ECKey key, String header, String payload) {
    String input = input(header, payload);
    return input + "." + sign(key, input);
  }

  private static String input(String header, String payload) {
    return Base64URL.encode(header.getBytes(UTF_8))
        + "."
        + Base64URL.encode(payload.getBytes(UTF_8));
  }

  private String sign(String input) {
    return sign(key, input);
  }

  private static String sign(ECKey key, String input) {
    try {
      return new ECDSASigner(key)
          .sign(new JWSHeader(JWSAlgorithm.ES256), input.getBytes(US_ASCII))
          .toString();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private String hmac(String algorithm, String secret) {
    String input = input(text(with(header, "alg", '"' + algorithm + '"')), text(claims));
    String name = "Hmac" + algorithm.replace("HS", "SHA");
    try {
      Mac mac = Mac.getInstance(name);
      mac.init(new SecretKeySpec(secret.getBytes(UTF_8), name));
      return input + "." + Base64URL.encode(mac.doFinal(input.getBytes(US_ASCII)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private String encrypted(String good) {
    try {
      JWEObject jwe =
          new JWEObject(
              new JWEHeader.Builder(JWEAlgorithm.ECDH_ES, EncryptionMethod.A256GCM)
                  .keyID(key.getKeyID())
                  .contentType("JWT")
                  .build(),
              new Payload(good));
      jwe.encrypt(new ECDHEncrypter(key.toPublicJWK()));
      return jwe.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private ECKey strangersKey() {
    try {
      return new ECKeyGenerator(Curve.P_256).keyID(key.getKeyID()).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] der(byte[] raw) {
    try {
      return ECDSA.transcodeSignatureToDER(raw);
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /** 64 bytes take 86 letters, and the last four bits of the last one mean nothing. */
  private static String junkBits(String signature) {
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    int last = alphabet.indexOf(signature.charAt(signature.length() - 1));
    return signature.substring(0, signature.length() - 1) + alphabet.charAt(last + 1);
  }

  private static String tail(String signature) {
    return signature.substring(9);
  }

  private String plainBase64() {
    String input = input(text(header), text(claims));
    String signature = sign(input);
    while (!signature.contains("-") || !signature.contains("_")) signature = sign(input);
    return input + "." + signature.replace('-', '+').replace('_', '/');
  }

  private String exchanged() {
    String[] mine = good().split("\\.", -1);
    String[] other = signed(text(header), text(with(claims, "sub", "\"43\""))).split("\\.", -1);
    return mine[0] + "." + other[1] + "." + mine[2];
  }
}
