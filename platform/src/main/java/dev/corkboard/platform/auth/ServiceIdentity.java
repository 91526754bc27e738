// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.corkboard.platform.config.PrivateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Who a process is: its name, its own P-256 key, and the public keys of all services, by name.
 *
 * @param name the service's name, which is its key's id
 * @param key the private key
 * @param peers the public keys of every service of the installation
 */
public record ServiceIdentity(String name, ECKey key, JWKSet peers) {
  private static final String PUBLIC_KEYS = "services.jwks";

  /** Reads the identity; fails with the file's name when it is not there or not a key. */
  public static ServiceIdentity load(Path keyFile, Path jwksFile) {
    ECKey key = parse(keyFile, text -> ECKey.parse(text));
    return new ServiceIdentity(key.getKeyID(), key, parse(jwksFile, JWKSet::parse));
  }

  /**
   * Makes the keys of an installation that are not there yet: {@code <name>.jwk} for each service,
   * readable by the owner alone, and {@code services.jwks} with all public keys.
   */
  public static void generate(Path folder, List<String> names) {
    try {
      Files.createDirectories(folder);
      List<com.nimbusds.jose.jwk.JWK> all = new ArrayList<>();
      for (String name : names) {
        Path file = keyFile(folder, name);
        if (!Files.exists(file)) {
          ECKey fresh = new ECKeyGenerator(Curve.P_256).keyID(name).generate();
          PrivateFiles.write(file, fresh.toJSONString());
        }
        all.add(parse(file, text -> ECKey.parse(text)).toPublicJWK());
      }
      PrivateFiles.write(jwksFile(folder), new JWKSet(all).toString());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write service keys to " + folder, e);
    } catch (JOSEException e) {
      throw new IllegalStateException("this JVM cannot make P-256 keys", e);
    }
  }

  public static Path keyFile(Path folder, String name) {
    return folder.resolve(name + ".jwk");
  }

  public static Path jwksFile(Path folder) {
    return folder.resolve(PUBLIC_KEYS);
  }

  /** A secret for one purpose, the same in every replica of the service; 32 bytes. */
  public byte[] secretFor(String purpose) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key.toECPrivateKey().getS().toByteArray(), "HmacSHA256"));
      return mac.doFinal(("corkboard " + purpose).getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException | JOSEException e) {
      throw new IllegalStateException("HmacSHA256 is part of every JVM", e);
    }
  }

  private interface Parser<T> {
    T parse(String text) throws ParseException;
  }

  private static <T> T parse(Path file, Parser<T> parser) {
    try {
      return parser.parse(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    } catch (ParseException e) {
      throw new IllegalArgumentException(file + " does not hold JSON Web Keys", e);
    }
  }
}
