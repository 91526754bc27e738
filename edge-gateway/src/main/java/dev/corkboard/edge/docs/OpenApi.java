// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.docs;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The description of the REST contract, {@code openapi.yaml} beside this class. */
public final class OpenApi {
  /** The document is ours; the parser's limit of 50 is against strangers'. */
  private static final int MAX_ALIASES = 1_000;

  private static final ObjectMapper JSON = new ObjectMapper();

  private OpenApi() {}

  /** The description as OpenAPI 3.0 JSON, of the edge at {@code publicUrl}. */
  public static ObjectNode at(String publicUrl) {
    try (InputStream in = OpenApi.class.getResourceAsStream("openapi.yaml")) {
      LoaderOptions options = new LoaderOptions();
      options.setMaxAliasesForCollections(MAX_ALIASES);
      Object parsed = new Yaml(new SafeConstructor(options)).load(in);
      ObjectNode description = JSON.valueToTree(parsed);
      description.putArray("servers").addObject().put("url", publicUrl);
      return description;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
