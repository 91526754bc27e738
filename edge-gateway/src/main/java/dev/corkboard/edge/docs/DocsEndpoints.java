// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.docs;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.HttpStatusException;
import com.linecorp.armeria.server.annotation.Get;
import com.linecorp.armeria.server.annotation.Param;
import com.linecorp.armeria.server.annotation.Path;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Properties;

/** The description of the API, and a page to read it on that needs nothing from elsewhere. */
public final class DocsEndpoints {
  private static final MediaType SCRIPT = MediaType.parse("text/javascript; charset=utf-8");

  /** The reader styles elements in place and has its icons in its style sheet. */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self'"
          + " data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

  private final HttpData description;
  private final HttpData page = HttpData.wrap(bytes("docs.html"));
  private final Map<String, File> files;

  private record File(MediaType type, HttpData content) {}

  public DocsEndpoints(String publicUrl) {
    description = HttpData.ofUtf8(OpenApi.at(publicUrl).toString());
    String reader = "/META-INF/resources/webjars/swagger-ui/" + version() + "/";
    files =
        Map.of(
            "docs.js",
            new File(SCRIPT, HttpData.wrap(bytes("docs.js"))),
            "swagger-ui-bundle.js",
            new File(SCRIPT, HttpData.wrap(bytes(reader + "swagger-ui-bundle.js"))),
            "swagger-ui.css",
            new File(MediaType.CSS_UTF_8, HttpData.wrap(bytes(reader + "swagger-ui.css"))));
  }

  private static String version() {
    Properties artifact = new Properties();
    String name = "/META-INF/maven/org.webjars/swagger-ui/pom.properties";
    try (InputStream in = DocsEndpoints.class.getResourceAsStream(name)) {
      artifact.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return artifact.getProperty("version");
  }

  private static byte[] bytes(String name) {
    try (InputStream in = DocsEndpoints.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Get
  @Path("/openapi.json")
  public HttpResponse description() {
    return answer(MediaType.JSON, description);
  }

  @Get
  @Path("/docs")
  @Path("/docs/")
  public HttpResponse page() {
    return answer(MediaType.HTML_UTF_8, page);
  }

  @Get
  @Path("/docs/{file}")
  public HttpResponse file(@Param("file") String name) {
    File file = files.get(name);
    if (file == null) throw HttpStatusException.of(HttpStatus.NOT_FOUND);
    return answer(file.type(), file.content());
  }

  private static HttpResponse answer(MediaType type, HttpData content) {
    ResponseHeaders headers =
        ResponseHeaders.builder(HttpStatus.OK)
            .contentType(type)
            .set(HttpHeaderNames.CACHE_CONTROL, "public, max-age=300")
            .set(HttpHeaderNames.CONTENT_SECURITY_POLICY, POLICY)
            .set(HttpHeaderNames.REFERRER_POLICY, "no-referrer")
            .build();
    return HttpResponse.of(headers, content);
  }
}
