// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.reflect.ClassPath;
import dev.corkboard.platform.auth.AuthInterceptor;
import dev.corkboard.platform.tls.CallGraph;
import io.grpc.MethodDescriptor;
import io.grpc.ServiceDescriptor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CallGraphTest {
  /** Which service serves a proto package. */
  private static final Map<String, String> SERVED_BY =
      Map.of(
          "corkboard.access.v1", "account",
          "corkboard.account.v1", "account",
          "corkboard.oauth.v1", "account",
          "corkboard.board.v1", "board",
          "corkboard.pin.v1", "pin",
          "corkboard.media.v1", "pin",
          "corkboard.collage.v1", "collage");

  private static List<ServiceDescriptor> services() throws Exception {
    List<ServiceDescriptor> services = new ArrayList<>();
    for (ClassPath.ClassInfo type :
        ClassPath.from(CallGraphTest.class.getClassLoader())
            .getTopLevelClassesRecursive("dev.corkboard")) {
      if (type.getName().matches("dev\\.corkboard\\.\\w+\\.v1\\.\\w+Grpc")) {
        services.add(
            (ServiceDescriptor) type.load().getMethod("getServiceDescriptor").invoke(null));
      }
    }
    return services;
  }

  @Test
  void whoeverARuleNamesMayConnect() throws Exception {
    assertThat(services()).hasSizeGreaterThan(10);
    for (ServiceDescriptor service : services()) {
      String name = service.getName();
      String callee = SERVED_BY.get(name.substring(0, name.lastIndexOf('.')));
      assertThat(callee).as(name).isNotNull();
      for (MethodDescriptor<?, ?> method : service.getMethods()) {
        Set<String> named = new HashSet<>(AuthInterceptor.ruleOf(method).getServicesList());
        named.remove(Operator.NAME);
        assertThat(CallGraph.callersOf(callee)).as(method.getFullMethodName()).containsAll(named);
      }
    }
  }

  @Test
  void nobodyCallsBack() {
    List<String> order = List.of("account", "board", "pin", "collage", "edge");
    for (String callee : order) {
      assertThat(order.subList(order.indexOf(callee) + 1, order.size()))
          .as(callee)
          .containsAll(CallGraph.callersOf(callee));
    }
  }
}
