// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.oauth;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.SimpleDecoratingHttpService;
import dev.corkboard.edge.http.RestException;

/** Refuses everything where an external issuer signs people in, and says where that is. */
public final class SignInElsewhere extends SimpleDecoratingHttpService {
  private final String issuer;

  public SignInElsewhere(HttpService service, String issuer) {
    super(service);
    this.issuer = issuer;
  }

  @Override
  public HttpResponse serve(ServiceRequestContext ctx, HttpRequest request) {
    throw new RestException(
        HttpStatus.FORBIDDEN, 29, "Sign-in and tokens are at " + issuer + ", not here.");
  }
}
