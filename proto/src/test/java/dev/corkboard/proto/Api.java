// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.proto;

import com.google.api.FieldBehaviorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.google.protobuf.ExtensionRegistry;
import dev.corkboard.access.v1.AccessProto;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Every file of the contract, as protoc described it, comments included. */
final class Api {
  private Api() {}

  static List<FileDescriptor> files() {
    ExtensionRegistry registry = ExtensionRegistry.newInstance();
    AccessProto.registerAllExtensions(registry);
    FieldBehaviorProto.registerAllExtensions(registry);
    try (InputStream in = Api.class.getResourceAsStream("/corkboard.protoset")) {
      Map<String, FileDescriptorProto> protos = new HashMap<>();
      FileDescriptorSet set = FileDescriptorSet.parseFrom(in, registry);
      set.getFileList().forEach(file -> protos.put(file.getName(), file));
      Map<String, FileDescriptor> built = new HashMap<>();
      List<FileDescriptor> ours = new ArrayList<>();
      for (FileDescriptorProto file : set.getFileList()) {
        FileDescriptor descriptor = build(file, protos, built);
        if (file.getPackage().startsWith("corkboard.")) ours.add(descriptor);
      }
      ours.sort(java.util.Comparator.comparing(FileDescriptor::getName));
      return ours;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (DescriptorValidationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static FileDescriptor build(
      FileDescriptorProto file,
      Map<String, FileDescriptorProto> protos,
      Map<String, FileDescriptor> built)
      throws DescriptorValidationException {
    FileDescriptor done = built.get(file.getName());
    if (done != null) return done;
    List<FileDescriptor> dependencies = new ArrayList<>();
    for (String name : file.getDependencyList()) {
      dependencies.add(build(protos.get(name), protos, built));
    }
    FileDescriptor descriptor =
        FileDescriptor.buildFrom(file, dependencies.toArray(FileDescriptor[]::new));
    built.put(file.getName(), descriptor);
    return descriptor;
  }

  /** All messages, nested ones included. */
  static List<Descriptor> messages() {
    List<Descriptor> all = new ArrayList<>();
    Deque<Descriptor> open = new ArrayDeque<>();
    files().forEach(file -> open.addAll(file.getMessageTypes()));
    while (!open.isEmpty()) {
      Descriptor message = open.pop();
      all.add(message);
      open.addAll(message.getNestedTypes());
    }
    return all;
  }

  static List<EnumDescriptor> enums() {
    List<EnumDescriptor> all = new ArrayList<>();
    files().forEach(file -> all.addAll(file.getEnumTypes()));
    messages().forEach(message -> all.addAll(message.getEnumTypes()));
    return all;
  }

  static List<ServiceDescriptor> services() {
    return files().stream().flatMap(file -> file.getServices().stream()).toList();
  }
}
