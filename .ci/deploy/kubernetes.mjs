// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
//
// node kubernetes.mjs RENDERED TYPED: checks what an overlay comes to, and writes it as TypeScript to TYPED, whose
// compiler then refuses a field that there is not. The schemas of Kubernetes let such a field pass.
import fs from 'node:fs';
import path from 'node:path';
import Ajv from 'ajv';
import { parse, parseAllDocuments } from 'yaml';
import { HEAP_SHARE, bytes, calls, end, expect, expectDurable, expectSame, pinned, read, services } from './problems.mjs';
import { reaches } from './reach.mjs';

const [rendered, typed] = process.argv.slice(2);
const all = parseAllDocuments(fs.readFileSync(rendered, 'utf8')).map((document) => document.toJS());
const of = (kind) => all.filter((one) => one.kind === kind);
const named = (kind, name) => of(kind).find((one) => one.metadata.name === name);

// Schemas.
const packages = { 'cert-manager.io': '@kubernetes-models/cert-manager/', 'gateway.networking.k8s.io': '@kubernetes-models/gateway-api/', 'monitoring.coreos.com': '@kubernetes-models/prometheus-operator/' };
/** Where an object has fields of its own, others are mistakes. */
function closed(schema) {
  if (Array.isArray(schema)) return schema.map(closed);
  if (schema === null || typeof schema !== 'object') return schema;
  const result = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value)]));
  return result.type === 'object' && result.properties ? { additionalProperties: false, ...result } : result;
}
const datacenter = new Ajv({ strict: false, allErrors: true }).compile(closed(JSON.parse(read('.ci/deploy/cassandradatacenter.schema.json'))));
let source = '';
for (const [index, one] of all.entries()) {
  const { apiVersion, kind } = one;
  const what = `${kind} ${one.metadata.name}`;
  if (kind === 'CassandraDatacenter') {
    if (!datacenter(one)) for (const error of datacenter.errors) expect(false, `${what}: ${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`);
    continue;
  }
  const group = apiVersion.includes('/') ? apiVersion.split('/')[0] : '';
  const module = `${packages[group] ?? 'kubernetes-models/'}${apiVersion}`;
  try {
    const models = await import(module);
    new models[kind](one).validate();
  } catch (error) {
    expect(false, `${what}: ${error.message}`);
  }
  source += `import type { I${kind} as K${index} } from '${module}';\nexport const o${index}: K${index} = ${JSON.stringify(one, null, 1)};\n`;
}
fs.mkdirSync(path.dirname(typed), { recursive: true });
fs.writeFileSync(typed, source);

// What each process is given.
const known = services();
const image = new Set();
const runbook = read('deploy/OPERATIONS.md');
const made = new Set([...of('Certificate').map((one) => one.spec.secretName), ...[...runbook.matchAll(/^\| `([a-z0-9-]+)` \|/gm)].map(([, name]) => name)]);
const configMaps = new Map(of('ConfigMap').map((one) => [one.metadata.name, one.data]));
function pod(what, spec) {
  expect(spec.automountServiceAccountToken === false, `${what}: has a token of the cluster`);
  expect(spec.securityContext?.runAsNonRoot && spec.securityContext.runAsUser === 10001, `${what}: may be root`);
  expect(spec.securityContext?.seccompProfile?.type === 'RuntimeDefault', `${what}: seccompProfile`);
  expect(named('ServiceAccount', spec.serviceAccountName)?.automountServiceAccountToken === false, `${what}: ServiceAccount`);
  for (const container of spec.containers) {
    image.add(container.image);
    expect(pinned(container.image), `${what}: image ${container.image} has no version`);
    expect(container.resources?.requests?.cpu && container.resources.limits?.memory, `${what}: no limits`);
    const { allowPrivilegeEscalation, readOnlyRootFilesystem, capabilities } = container.securityContext ?? {};
    expect(allowPrivilegeEscalation === false && readOnlyRootFilesystem === true, `${what}: securityContext`);
    expectSame(capabilities?.drop ?? [], ['ALL'], `${what}: capabilities`);
    for (const { name, valueFrom } of container.env ?? []) {
      if (valueFrom?.secretKeyRef) expect(made.has(valueFrom.secretKeyRef.name), `${what}: nobody makes the secret of ${name}`);
      if (valueFrom?.configMapKeyRef) {
        const { name: map, key } = valueFrom.configMapKeyRef;
        expect(configMaps.get(map)?.[key] !== undefined, `${what}: ${name} is not in ${map}`);
      }
    }
    for (const { configMapRef } of container.envFrom ?? []) expect(configMaps.has(configMapRef.name), `${what}: ${configMapRef.name}`);
    expectSame(container.volumeMounts.map((mount) => mount.name), spec.volumes.map((volume) => volume.name), `${what}: volumes`);
  }
  for (const volume of spec.volumes) {
    const secrets = [volume.secret?.secretName, ...(volume.projected?.sources ?? []).map((one) => one.secret?.name)].filter(Boolean);
    for (const secret of secrets) expect(made.has(secret), `${what}: nobody makes the secret ${secret}`);
    for (const secret of secrets) {
      const owner = /^(account|board|pin|collage|edge)-key$|^(.*)-tls$|^cassandra-(.*)$/.exec(secret)?.slice(1).find(Boolean);
      expect(!owner || spec.serviceAccountName.startsWith(owner), `${what}: is given ${secret}`);
    }
  }
}
expectSame(of('Deployment').map((one) => one.metadata.name), Object.keys(known), 'Deployments');
for (const [name, { id, port, admin, heap }] of Object.entries(known)) {
  const deployment = named('Deployment', name);
  if (!deployment) continue;
  const { template, strategy, selector } = deployment.spec;
  const [container] = template.spec.containers;
  const main = id === 'edge' ? 'http' : 'grpc';
  pod(name, template.spec);
  expectSame(container.args, [name], `${name}: args`);
  expectSame(container.ports.map((one) => `${one.name} ${one.containerPort}`), [`${main} ${port}`, `admin ${admin}`], `${name}: ports`);
  expect(bytes(container.resources.limits.memory) * HEAP_SHARE >= heap * 2 ** 20, `${name}: no room for a heap of ${heap} MB`);
  expect(container.resources.requests.memory === container.resources.limits.memory, `${name}: may be promised memory it does not get`);
  for (const [probe, at] of [['startupProbe', '/readyz'], ['readinessProbe', '/readyz'], ['livenessProbe', '/livez']]) {
    const { path: asked, port: on } = container[probe]?.httpGet ?? {};
    expect(asked === at && on === 'admin', `${name}: ${probe} asks ${asked}`);
  }
  expect(strategy.rollingUpdate.maxUnavailable === 0, `${name}: a rollout takes one away first`);
  const seconds = parseInt(configMaps.get(container.envFrom[0].configMapRef.name)?.DRAIN_DELAY, 10);
  expect(template.spec.terminationGracePeriodSeconds >= seconds + 30, `${name}: killed while it drains`);
  expect(template.spec.topologySpreadConstraints.length === 2, `${name}: all may be on one machine`);
  for (const { labelSelector } of template.spec.topologySpreadConstraints) {
    expect(JSON.stringify(labelSelector) === JSON.stringify(selector), `${name}: is spread by others' labels`);
  }
  const budget = named('PodDisruptionBudget', name);
  expect(budget?.spec.maxUnavailable === 1 && JSON.stringify(budget.spec.selector) === JSON.stringify(selector), `${name}: PodDisruptionBudget`);
  const scaler = named('HorizontalPodAutoscaler', name)?.spec;
  expect(scaler?.scaleTargetRef.name === name && scaler.minReplicas >= 2, `${name}: HorizontalPodAutoscaler`);
  expectSame(scaler.metrics.map((one) => one.resource?.name ?? one.pods.metric.name), ['cpu', 'corkboard_concurrency_inflight'], `${name}: scaled by`);
  const service = named('Service', name)?.spec;
  expect(JSON.stringify(service?.selector) === JSON.stringify(selector.matchLabels), `${name}: Service`);
  expect(service.ports[0].port === port && service.ports[0].targetPort === main, `${name}: Service's port`);
  expect(id === 'edge' || service.clusterIP === 'None', `${name}: one address for all`);
  for (const { name: key, value } of container.env.filter((one) => /^(ACCOUNT|BOARD|PIN|COLLAGE)_URI$/.test(one.name))) {
    const callee = `${key.slice(0, -4).toLowerCase()}-service`;
    expect(value === `dns:///${callee}:${known[callee].port}` && calls[name].includes(callee), `${name}: ${key} is ${value}`);
  }
  const certificate = of('Certificate').find((one) => one.spec.secretName === `${name}-tls`)?.spec;
  expectSame(certificate?.dnsNames ?? [], [name], `${name}: certificate`);
  expect(certificate?.privateKey.encoding === 'PKCS8', `${name}: a key that Netty does not read`);
  const job = named('Job', `${name}-schema`);
  expect((id === 'edge') === !job, `${name}: who makes its tables?`);
  if (job) {
    pod(`${name}-schema`, job.spec.template.spec);
    expectSame(job.spec.template.spec.containers[0].args, [name, '--prepare'], `${name}-schema: args`);
    expect(job.spec.template.metadata.labels['app.kubernetes.io/component'] === 'schema', `${name}-schema: would be sent calls`);
  }
}
expect(image.size === 1, `images: ${[...image]}`);

// Who reaches whom.
const policies = of('NetworkPolicy');
const pods = Object.fromEntries(of('Deployment').map((one) => [one.metadata.name, one.spec.template]));
for (const from of Object.keys(known)) {
  const both = [];
  for (const [to, { port }] of Object.entries(known)) {
    if (from === to) continue;
    const [out, into] = reaches(policies, pods[from], pods[to], port);
    expect(out === into, `${from} to ${to}: ${out ? 'let out, not in' : 'let in, not out'}`);
    if (out && into) both.push(to);
    const [, admin] = reaches(policies, pods[from], pods[to], known[to].admin);
    expect(!admin, `${from} can read the metrics of ${to}`);
  }
  expectSame(both, calls[from], `${from}: may call`);
  const cassandra = { metadata: { labels: { 'cassandra.datastax.com/cluster': 'corkboard' } }, spec: { containers: [] } };
  const database = reaches(policies, pods[from], cassandra, 9042);
  expectSame(database, [from !== 'edge-gateway', from !== 'edge-gateway'], `${from}: database`);
  expect(!reaches(policies, pods[from], cassandra, 8080).some(Boolean), `${from}: can tell Cassandra what to do`);
}
const nobody = named('NetworkPolicy', 'nobody')?.spec;
expect(nobody && !Object.keys(nobody.podSelector).length && !nobody.ingress && !nobody.egress && nobody.policyTypes.length === 2, 'not all is refused that is not allowed');
const blocks = named('NetworkPolicy', 'pictures-by-url').spec.egress[0].to.map((one) => one.ipBlock);
const java = read('pin-service/src/main/java/dev/corkboard/media/PublicAddresses.java');
const ranges = [...java.matchAll(/"([0-9a-f.:]+\/\d+)"/g)].map(([, range]) => range);
expectSame(blocks.flatMap((block) => block.except), ranges.filter((range) => range !== '2000::/3'), 'pictures-by-url');
expectSame(blocks.map((block) => block.cidr), ['0.0.0.0/0', '2000::/3'], 'pictures-by-url');

const { config, size } = of('CassandraDatacenter')[0].spec;
expect(size === 3, `${size} Cassandra nodes`);
expectDurable(config['cassandra-yaml'], parse(read('stores/src/main/resources/dev/corkboard/stores/cassandra.yaml').replaceAll('@', '')), 'CassandraDatacenter');

end(`${path.basename(rendered)}: ${all.length} resources follow their schemas, the call graph and the rules of the house`);
