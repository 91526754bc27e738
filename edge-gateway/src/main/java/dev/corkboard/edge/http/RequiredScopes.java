// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.http;

import com.linecorp.armeria.server.annotation.DecoratorFactory;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The scopes an operation of the contract needs, all of them; stands at every operation. */
@DecoratorFactory(ScopeCheck.class)
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface RequiredScopes {
  String[] value();

  /** Whether an access token that an app got for itself is refused (CONTRACT, section 1). */
  boolean userOnly() default false;
}
