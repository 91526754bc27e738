// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.limit;

import com.linecorp.armeria.server.annotation.DecoratorFactory;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The category an operation of the contract counts in; stands below who may call it. */
@DecoratorFactory(RateLimitCheck.class)
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface RateLimited {
  Category value();

  /** Whether the operation is refused while Redis does not say what was used of the limit. */
  boolean closed() default false;
}
