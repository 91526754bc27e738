// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.collage;

import dev.corkboard.collage.v1.Member;
import dev.corkboard.collage.v1.Role;
import dev.corkboard.collage.v1.SetMemberRequest;
import dev.corkboard.edge.http.Params;
import dev.corkboard.edge.json.JsonReader;
import dev.corkboard.platform.error.ApiException;
import java.util.Map;

/** The body of {@code PUT /collages/{collage_id}/members/{account_id}}. */
record MemberBody(Role role) {
  private static final String ROLE = "role";
  private static final Map<String, Role> ROLES =
      Map.of("editor", Role.ROLE_EDITOR, "viewer", Role.ROLE_VIEWER);

  static MemberBody read(byte[] body) {
    Role[] role = {Role.ROLE_UNSPECIFIED};
    JsonReader.object(
        body,
        (name, in) -> {
          if (name.equals(ROLE)) role[0] = Params.choose(in.path(), in.string(), ROLES);
        });
    if (role[0] == Role.ROLE_UNSPECIFIED) {
      throw ApiException.invalid(ROLE, "'" + ROLE + "' is a required property");
    }
    return new MemberBody(role[0]);
  }

  SetMemberRequest toProto(String collageId, String accountId) {
    return SetMemberRequest.newBuilder()
        .setCollageId(collageId)
        .setMember(Member.newBuilder().setAccountId(accountId).setRole(role))
        .build();
  }
}
