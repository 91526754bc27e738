// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.collage;

import dev.corkboard.collage.v1.RemixPolicy;
import dev.corkboard.collage.v1.Role;
import dev.corkboard.collage.v1.State;
import dev.corkboard.edge.json.EnumNames;

/** The names of what is chosen for collages. */
final class CollageNames {
  static final EnumNames<State> STATES = EnumNames.of(State.class, "STATE_", State.STATE_DRAFT);

  static final EnumNames<RemixPolicy> REMIX_POLICIES =
      EnumNames.of(RemixPolicy.class, "REMIX_POLICY_", RemixPolicy.REMIX_POLICY_EVERYONE);

  static final EnumNames<Role> ROLES = EnumNames.of(Role.class, "ROLE_", Role.ROLE_VIEWER);

  private CollageNames() {}
}
