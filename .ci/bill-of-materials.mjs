// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
//
// usage: node bill-of-materials.mjs BOM.json
// A bill of materials in CycloneDX names what runs in production with its licenses, and nothing that is only
// built or tested with.
import { deepEqual } from 'node:assert/strict';
import { readFileSync } from 'node:fs';

const { bomFormat, components } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
deepEqual(bomFormat, 'CycloneDX');
const names = components.map(({ group, name }) => `${group}:${name}`);
const expected = [
  'com.linecorp.armeria:armeria',
  'io.grpc:grpc-netty-shaded',
  'io.lettuce:lettuce-core',
  'org.apache.cassandra:java-driver-core',
];
for (const service of ['account-service', 'board-service', 'pin-service', 'collage-service', 'edge-gateway']) {
  expected.push(`dev.corkboard:corkboard-${service}`);
}
deepEqual(expected.filter((name) => !names.includes(name)), [], 'missing');
const unshipped = /junit|assertj|awaitility|archunit|lincheck|jazzer|jmh|byte-buddy|cassandra-all|corkboard-(benchmarks|client|fuzz|stores-.*)/;
deepEqual(names.filter((name) => unshipped.test(name)), [], 'not shipped');
deepEqual(components.filter(({ licenses }) => !licenses?.length).map(({ name }) => name), [], 'without a license');
console.log(`${process.argv[2]}: ${components.length} components`);
