// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;

/**
 * The environments that {@code deploy/compose.yaml} and the overlays of Kustomize give processes.
 */
final class Manifests {
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{\\w+:-([^}]*)}");
  private static final Pattern KUSTOMIZE =
      Pattern.compile("Kustomize Version: v([4-9]|[1-9][0-9])\\.");

  private Manifests() {}

  /** By the names of the containers that run an image of ours, with defaults for what is open. */
  static Map<String, Map<String, String>> ofCompose() throws IOException {
    String text = Files.readString(Path.of("compose.yaml"));
    Map<String, Object> compose =
        yaml().load(VARIABLE.matcher(text).replaceAll(match -> match.group(1)));
    Map<String, Map<String, String>> environments = new LinkedHashMap<>();
    map(compose.get("services"))
        .forEach(
            (name, service) -> {
              if (!map(service).get("image").toString().startsWith("corkboard:")) return;
              Map<String, String> environment = new HashMap<>();
              map(map(service).get("environment"))
                  .forEach((key, value) -> environment.put(key, value.toString()));
              environments.put(name, environment);
            });
    return environments;
  }

  /**
   * By the names of Deployments and Jobs; empty when no kubectl is here that can render them. A
   * value that is in a secret is made up: its key tells what it looks like.
   */
  static Optional<Map<String, Map<String, String>>> ofKubernetes(String overlay)
      throws IOException, InterruptedException {
    if (!KUSTOMIZE.matcher(kubectl("version", "--client").orElse("")).find()) {
      return Optional.empty();
    }
    String rendered = kubectl("kustomize", "kubernetes/overlays/" + overlay).orElseThrow();
    List<Map<String, Object>> all =
        StreamSupport.stream(yaml().loadAll(rendered).spliterator(), false)
            .map(Manifests::map)
            .toList();
    Map<String, Map<String, Object>> configMaps =
        all.stream()
            .filter(one -> one.get("kind").equals("ConfigMap"))
            .collect(Collectors.toMap(Manifests::name, one -> map(one.get("data"))));
    return Optional.of(
        all.stream()
            .filter(one -> List.of("Deployment", "Job").contains(one.get("kind")))
            .collect(
                Collectors.toMap(Manifests::name, one -> environment(container(one), configMaps))));
  }

  private static String name(Map<String, Object> resource) {
    return map(resource.get("metadata")).get("name").toString();
  }

  private static Map<String, Object> container(Map<String, Object> workload) {
    Map<String, Object> template = map(map(workload.get("spec")).get("template"));
    return map(list(map(template.get("spec")).get("containers")).get(0));
  }

  private static Map<String, String> environment(
      Map<String, Object> container, Map<String, Map<String, Object>> configMaps) {
    Map<String, String> environment = new HashMap<>();
    for (Object from : list(container.get("envFrom"))) {
      configMaps
          .get(map(map(from).get("configMapRef")).get("name").toString())
          .forEach((key, value) -> environment.put(key, value.toString()));
    }
    for (Object one : list(container.get("env"))) {
      Map<String, Object> variable = map(one);
      environment.put(variable.get("name").toString(), value(variable, configMaps));
    }
    return environment;
  }

  private static String value(
      Map<String, Object> variable, Map<String, Map<String, Object>> configMaps) {
    if (variable.containsKey("value")) return variable.get("value").toString();
    Map<String, Object> from = map(variable.get("valueFrom"));
    if (from.containsKey("configMapKeyRef")) {
      Map<String, Object> ref = map(from.get("configMapKeyRef"));
      return configMaps.get(ref.get("name").toString()).get(ref.get("key").toString()).toString();
    }
    String key = map(from.get("secretKeyRef")).get("key").toString();
    return key.equals("uri") ? "rediss://redis.example:6380" : key;
  }

  private static Optional<String> kubectl(String... arguments)
      throws IOException, InterruptedException {
    Process process;
    try {
      process =
          new ProcessBuilder(Stream.concat(Stream.of("kubectl"), Stream.of(arguments)).toList())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
    } catch (IOException notHere) {
      return Optional.empty();
    }
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return process.waitFor() == 0 ? Optional.of(output) : Optional.empty();
  }

  private static Yaml yaml() {
    LoaderOptions options = new LoaderOptions();
    options.setMaxAliasesForCollections(1_000);
    return new Yaml(options);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Object value) {
    return (Map<String, Object>) value;
  }

  @SuppressWarnings("unchecked")
  private static List<Object> list(Object value) {
    return (List<Object>) value;
  }
}
