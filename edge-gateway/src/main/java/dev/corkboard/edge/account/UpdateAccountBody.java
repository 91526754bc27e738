// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.account;

import com.google.protobuf.FieldMask;
import dev.corkboard.account.v1.Account;
import dev.corkboard.account.v1.UpdateAccountRequest;
import dev.corkboard.edge.http.Params;
import dev.corkboard.edge.json.JsonReader;
import java.io.IOException;
import java.util.Map;

/** The body of {@code PATCH /user_account}: what is missing stays, null clears. */
record UpdateAccountBody(Account account, FieldMask mask) {
  static final Map<String, Account.Type> TYPES =
      Map.of("PINNER", Account.Type.TYPE_PINNER, "BUSINESS", Account.Type.TYPE_BUSINESS);

  static UpdateAccountBody read(byte[] body) {
    Account.Builder account = Account.newBuilder();
    FieldMask.Builder mask = FieldMask.newBuilder();
    JsonReader.object(
        body,
        (name, in) -> {
          String path = property(account, name, in);
          if (!path.isEmpty()) mask.addPaths(path);
        });
    return new UpdateAccountBody(account.build(), mask.build());
  }

  private static String property(Account.Builder account, String name, JsonReader in)
      throws IOException {
    switch (name) {
      case "username" -> account.setUsername(in.string());
      case "about" -> account.setAbout(in.nullableString());
      case "website_url" -> account.setWebsiteUrl(in.nullableString());
      case "business_name" -> account.setBusinessName(in.nullableString());
      case "profile_image" -> {
        account.setProfileImageUrl(in.nullableString());
        return "profile_image_url";
      }
      case "account_type" -> {
        account.setType(Params.choose(in.path(), in.string(), TYPES));
        return "type";
      }
      default -> {
        return "";
      }
    }
    return name;
  }

  UpdateAccountRequest toProto() {
    return UpdateAccountRequest.newBuilder().setAccount(account).setUpdateMask(mask).build();
  }
}
