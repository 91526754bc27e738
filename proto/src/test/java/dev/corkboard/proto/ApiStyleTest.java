// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.proto;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.FieldBehaviorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.MethodOptions.IdempotencyLevel;
import com.google.protobuf.DescriptorProtos.SourceCodeInfo.Location;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import dev.corkboard.access.v1.Access;
import dev.corkboard.access.v1.AccessProto;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Holds every file of the contract to the rules of the house; see CONTRIBUTING. */
class ApiStyleTest {
  private static final Set<String> FORBIDDEN = Set.of("common", "data", "uuid", "info", "util");

  private static List<MethodDescriptor> methods() {
    return Api.services().stream().flatMap(service -> service.getMethods().stream()).toList();
  }

  @Test
  void thereIsAContractToCheck() {
    assertThat(methods()).hasSizeGreaterThan(25);
    assertThat(Api.messages()).hasSizeGreaterThan(45);
  }

  @Test
  void packagesEndInAVersionAndEqualTheirFolder() {
    for (FileDescriptor file : Api.files()) {
      assertThat(file.getPackage()).matches("corkboard\\.[a-z]+\\.v\\d+");
      assertThat(file.getName()).startsWith(file.getPackage().replace('.', '/') + "/");
      assertThat(file.getOptions().getJavaPackage()).isEqualTo("dev." + file.getPackage());
      assertThat(file.getOptions().getJavaMultipleFiles()).isTrue();
    }
  }

  @Test
  void everyMethodStatesWhoMayCallIt() {
    for (MethodDescriptor method : methods()) {
      Access access = method.getOptions().getExtension(AccessProto.access);
      boolean restricted = access.getScopesCount() + access.getServicesCount() > 0;
      assertThat(access.getPublic()).as(method.getFullName()).isNotEqualTo(restricted);
    }
  }

  @Test
  void readsHaveNoSideEffectsAndSayIt() {
    for (MethodDescriptor method : methods()) {
      boolean reads =
          method.getName().matches("(Get|List|BatchGet|Lookup|Render|Scan|Search|Watch).*");
      assertThat(method.getOptions().getIdempotencyLevel() == IdempotencyLevel.NO_SIDE_EFFECTS)
          .as(method.getFullName())
          .isEqualTo(reads);
    }
  }

  @Test
  void retriedWritesCarryARequestIdUnlessTheyAreIdempotentByNature() {
    Set<String> byNature =
        Set.of(
            "PurgeBoard",
            "IssueAccessToken",
            "ExchangeToken",
            "FollowAccount",
            "UnfollowAccount",
            "FollowBoard",
            "UnfollowBoard",
            "UndeleteCollage",
            "DeleteCollage",
            "HoldMedia",
            "ReleaseMedia",
            "DeleteCollagePin",
            "SetMember",
            "RemoveMember",
            "PublishCollage",
            "UnpublishCollage");
    for (MethodDescriptor method : methods()) {
      if (method.getOptions().getIdempotencyLevel() == IdempotencyLevel.IDEMPOTENT
          && !byNature.contains(method.getName())) {
        assertThat(method.getInputType().findFieldByName("request_id"))
            .as(method.getFullName())
            .isNotNull();
      }
    }
  }

  @Test
  void requestsAreNamedAfterTheirMethodAndUsedOnce() {
    Set<Descriptor> seen = new HashSet<>();
    for (MethodDescriptor method : methods()) {
      assertThat(method.getInputType().getName()).isEqualTo(method.getName() + "Request");
      assertThat(seen.add(method.getInputType())).as(method.getFullName()).isTrue();
      if (method.getName().startsWith("Delete")) {
        assertThat(method.getOutputType().getFullName()).isEqualTo("google.protobuf.Empty");
      }
    }
  }

  @Test
  void servicesEndInService() {
    assertThat(Api.services())
        .extracting(ServiceDescriptor::getName)
        .allMatch(name -> name.endsWith("Service"));
  }

  @Test
  void listsArePagedFromTheFirstDay() {
    Set<String> unpaged = Set.of("ListSigningKeys");
    Set<String> logs = Set.of("ListChanges", "ListRevocations");
    for (MethodDescriptor method : methods()) {
      if (!method.getName().startsWith("List") || unpaged.contains(method.getName())) continue;
      boolean log = logs.contains(method.getName());
      Descriptor request = method.getInputType();
      Descriptor response = method.getOutputType();
      assertThat(request.findFieldByName("page_size").getType())
          .isEqualTo(FieldDescriptor.Type.INT32);
      assertThat(request.findFieldByName(log ? "cursor" : "page_token").getType())
          .isEqualTo(FieldDescriptor.Type.STRING);
      assertThat(response.findFieldByName(log ? "next_cursor" : "next_page_token").getType())
          .isEqualTo(FieldDescriptor.Type.STRING);
      assertThat(response.findFieldByNumber(1).isRepeated()).as(response.getName()).isTrue();
    }
  }

  @Test
  void everyFieldOfARequestSaysItsBehaviour() {
    Set<String> seen = new HashSet<>();
    for (MethodDescriptor method : methods()) requireBehaviour(method.getInputType(), seen);
  }

  private static void requireBehaviour(Descriptor message, Set<String> seen) {
    if (!message.getFile().getPackage().startsWith("corkboard.")) return;
    if (!seen.add(message.getFullName()) || message.getName().equals("Image")) return;
    for (FieldDescriptor field : message.getFields()) {
      assertThat(field.getOptions().getExtension(FieldBehaviorProto.fieldBehavior))
          .as(field.getFullName())
          .hasSize(1);
      if (field.getType() == FieldDescriptor.Type.MESSAGE)
        requireBehaviour(field.getMessageType(), seen);
    }
  }

  @Test
  void enumsBeginWithUnspecifiedAndCarryTheirName() {
    for (EnumDescriptor type : Api.enums()) {
      String prefix = snake(type.getName()) + "_";
      assertThat(type.findValueByNumber(0).getName()).isEqualTo(prefix + "UNSPECIFIED");
      type.getValues().forEach(value -> assertThat(value.getName()).startsWith(prefix));
    }
  }

  private static String snake(String camel) {
    return camel.replaceAll("([a-z])([A-Z])", "$1_$2").toUpperCase(java.util.Locale.ROOT);
  }

  @Test
  void timesAreTimestampsNamedTime() {
    for (Descriptor message : Api.messages()) {
      for (FieldDescriptor field : message.getFields()) {
        boolean timestamp =
            field.getType() == FieldDescriptor.Type.MESSAGE
                && field.getMessageType().getFullName().equals("google.protobuf.Timestamp");
        assertThat(field.getName().endsWith("_time")).as(field.getFullName()).isEqualTo(timestamp);
      }
    }
  }

  @Test
  void noNameSaysNothing() {
    for (Descriptor message : Api.messages()) {
      assertThat(FORBIDDEN).doesNotContain(message.getName().toLowerCase(java.util.Locale.ROOT));
    }
  }

  @Test
  void noMessageHoldsAnythingOfAnyType() {
    for (Descriptor message : Api.messages()) {
      for (FieldDescriptor field : message.getFields()) {
        if (field.getType() != FieldDescriptor.Type.MESSAGE) continue;
        assertThat(field.getMessageType().getFullName())
            .isNotIn("google.protobuf.Any", "google.protobuf.Struct", "google.protobuf.Value");
      }
    }
  }

  @Test
  void everyElementHasAComment() {
    for (FileDescriptor file : Api.files()) {
      FileDescriptorProto proto = file.toProto();
      List<List<Integer>> commented = new ArrayList<>();
      for (Location location : proto.getSourceCodeInfo().getLocationList()) {
        if (!location.getLeadingComments().isBlank()) commented.add(location.getPathList());
      }
      for (int i = 0; i < proto.getServiceCount(); i++) {
        assertThat(commented).as(proto.getService(i).getName()).contains(List.of(6, i));
        for (int j = 0; j < proto.getService(i).getMethodCount(); j++) {
          assertThat(commented)
              .as(proto.getService(i).getMethod(j).getName())
              .contains(List.of(6, i, 2, j));
        }
      }
      for (int i = 0; i < proto.getMessageTypeCount(); i++) {
        assertThat(commented).as(proto.getMessageType(i).getName()).contains(List.of(4, i));
        for (int j = 0; j < proto.getMessageType(i).getFieldCount(); j++) {
          assertThat(commented)
              .as(proto.getMessageType(i).getName() + " field " + j)
              .contains(List.of(4, i, 2, j));
        }
      }
      for (int i = 0; i < proto.getEnumTypeCount(); i++) {
        for (int j = 0; j < proto.getEnumType(i).getValueCount(); j++) {
          assertThat(commented)
              .as(proto.getEnumType(i).getValue(j).getName())
              .contains(List.of(5, i, 2, j));
        }
      }
    }
  }
}
