// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage;

import com.google.protobuf.Timestamp;
import dev.corkboard.collage.v1.Collage;
import dev.corkboard.collage.v1.CreateCollageRequest;
import dev.corkboard.collage.v1.Member;
import dev.corkboard.collage.v1.RemixPolicy;
import dev.corkboard.collage.v1.Role;
import dev.corkboard.collage.v1.SetMemberRequest;
import dev.corkboard.collage.v1.State;
import dev.corkboard.collage.v1.UpdateCollageRequest;
import dev.corkboard.platform.check.Times;
import dev.corkboard.platform.check.Violations;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;

/** Checks requests that write collages, and builds what they ask for. Limits are in code points. */
final class CollageRequests {
  static final int MAX_TITLE = 100;
  static final int MAX_DESCRIPTION = 800;
  static final int MAX_ALT_TEXT = 500;

  /** SHA-256; bytes. */
  private static final int DIGEST = 32;

  private static final Set<String> PATHS =
      Set.of("title", "description", "alt_text", "remix_policy");

  private CollageRequests() {}

  static void check(CreateCollageRequest request) {
    Violations violations = new Violations().requestId(request.getRequestId());
    words(violations, request.getCollage());
    if (!request.getCollage().hasDocument()) violations.add("collage.document", "is required");
    int digest = request.getRequestDigest().size();
    if (digest != 0 && digest != DIGEST) {
      violations.add("request_digest", "must have " + DIGEST + " bytes, got " + digest);
    }
    violations.throwIfAny();
  }

  private static void words(Violations violations, Collage collage) {
    violations
        .text("collage.title", collage.getTitle(), MAX_TITLE)
        .text("collage.description", collage.getDescription(), MAX_DESCRIPTION)
        .text("collage.alt_text", collage.getAltText(), MAX_ALT_TEXT);
    if (collage.getRemixPolicy() == RemixPolicy.UNRECOGNIZED) {
      violations.add("collage.remix_policy", "has no value " + collage.getRemixPolicyValue());
    }
  }

  /** A new draft. */
  static Collage created(String id, String ownerId, Collage asked, Instant now) {
    Timestamp time = Times.toProto(now);
    return Collage.newBuilder()
        .setId(id)
        .setOwnerId(ownerId)
        .setTitle(asked.getTitle())
        .setDescription(asked.getDescription())
        .setAltText(asked.getAltText())
        .setRemixPolicy(policy(asked.getRemixPolicy()))
        .setState(State.STATE_DRAFT)
        .setCreateTime(time)
        .setUpdateTime(time)
        .build();
  }

  private static RemixPolicy policy(RemixPolicy asked) {
    return asked == RemixPolicy.REMIX_POLICY_UNSPECIFIED
        ? RemixPolicy.REMIX_POLICY_EVERYONE
        : asked;
  }

  static void check(UpdateCollageRequest request) {
    Violations violations = new Violations().requestId(request.getRequestId());
    violations.id("collage.id", request.getCollage().getId());
    words(violations, request.getCollage());
    for (String path : request.getUpdateMask().getPathsList()) {
      if (!path.equals("*") && !PATHS.contains(path)) {
        violations.add("update_mask", "has no field '" + Violations.clip(path) + "' to change");
      }
    }
    violations.throwIfAny();
  }

  /** The paths an update changes: those of the mask, all for {@code *}, populated ones without. */
  static Set<String> changed(UpdateCollageRequest request) {
    if (request.getUpdateMask().getPathsList().contains("*")) return PATHS;
    if (request.hasUpdateMask()) {
      return new LinkedHashSet<>(request.getUpdateMask().getPathsList());
    }
    Collage asked = request.getCollage();
    Set<String> populated = new LinkedHashSet<>();
    if (!asked.getTitle().isEmpty()) populated.add("title");
    if (!asked.getDescription().isEmpty()) populated.add("description");
    if (!asked.getAltText().isEmpty()) populated.add("alt_text");
    if (asked.getRemixPolicyValue() != 0) populated.add("remix_policy");
    return populated;
  }

  /** The collage after an update; the same instance when nothing changes. */
  static Collage updated(Collage before, UpdateCollageRequest request, Instant now) {
    Set<String> changed = changed(request);
    Collage asked = request.getCollage();
    Collage.Builder next = before.toBuilder();
    if (changed.contains("title")) next.setTitle(asked.getTitle());
    if (changed.contains("description")) next.setDescription(asked.getDescription());
    if (changed.contains("alt_text")) next.setAltText(asked.getAltText());
    if (changed.contains("remix_policy")) next.setRemixPolicy(policy(asked.getRemixPolicy()));
    if (next.build().equals(before)) return before;
    return next.setUpdateTime(Times.toProto(now)).build();
  }

  static void check(SetMemberRequest request) {
    Member member = request.getMember();
    Violations violations =
        new Violations()
            .id("collage_id", request.getCollageId())
            .id("member.account_id", member.getAccountId());
    if (member.getRole() != Role.ROLE_EDITOR && member.getRole() != Role.ROLE_VIEWER) {
      violations.add("member.role", "must be editor or viewer, got " + member.getRoleValue());
    }
    violations.throwIfAny();
  }
}
