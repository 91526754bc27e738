// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
//
// Collects what is wrong, and ends with all of it.
import fs from 'node:fs';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../', import.meta.url));
export const read = (file) => fs.readFileSync(root + file, 'utf8');

const found = [];

export function expect(holds, problem) {
  if (!holds) found.push(problem);
}

/** Same members, whatever their order. */
export function expectSame(actual, expected, what) {
  const missing = [...expected].filter((one) => !new Set(actual).has(one));
  const extra = [...actual].filter((one) => !new Set(expected).has(one));
  expect(!missing.length, `${what}: missing ${missing.join(', ')}`);
  expect(!extra.length, `${what}: not expected ${extra.join(', ')}`);
}

export function end(summary) {
  for (const problem of found) console.error(`  ${problem}`);
  if (found.length) {
    console.error(`${found.length} problems`);
    process.exit(1);
  }
  console.log(summary);
}

/** The services of Service.java, by the names of their images' commands: their ports and heaps. */
export function services() {
  const text = read('deploy/src/main/java/dev/corkboard/deploy/Service.java');
  const all = {};
  for (const [, name, port, admin, heap] of text.matchAll(/^ {2}([A-Z]+)\(\s*"[A-Z_]+", (\d+), (\d+), (\d+)/gm)) {
    const id = name.toLowerCase();
    all[id === 'edge' ? 'edge-gateway' : `${id}-service`] = { id, port: +port, admin: +admin, heap: +heap };
  }
  expect(Object.keys(all).length === 5, `Service.java: found ${Object.keys(all)}`);
  return all;
}

/** Section 1 of the design: who calls whom. */
export const calls = {
  'edge-gateway': ['account-service', 'board-service', 'pin-service', 'collage-service'],
  'collage-service': ['account-service', 'board-service', 'pin-service'],
  'pin-service': ['account-service', 'board-service'],
  'board-service': ['account-service'],
  'account-service': [],
};

/** Settings of Cassandra that decide whether data is kept, and its guardrails, as the tests have them. */
export function expectDurable(yaml, stores, where) {
  const same = Object.keys(stores).filter(
    (key) =>
      /^(commitlog_sync|disk_failure_policy|commit_failure_policy|paxos_variant|column_index_size|sstable)$/.test(key) ||
      /_(threshold|enabled|disallowed)$/.test(key) ||
      /_timeout$/.test(key),
  );
  expect(same.length > 15, `stores' cassandra.yaml: only ${same} compared`);
  for (const key of same) {
    // Drivers read the system's tables at ONE, which a client that logs in is held to.
    const expected = key === 'read_consistency_levels_disallowed' ? ['LOCAL_ONE'] : stores[key];
    expect(
      JSON.stringify(yaml[key]) === JSON.stringify(expected),
      `${where}: ${key} is ${JSON.stringify(yaml[key])}, expected ${JSON.stringify(expected)}`,
    );
  }
  expect(yaml.authenticator === 'PasswordAuthenticator', `${where}: anyone may log in`);
}

export const pinned = (image) => /^[a-z0-9./-]+:(?!latest)[A-Za-z0-9._-]*\d[A-Za-z0-9._-]*$/.test(image);

/** Bytes of 384m, 1g, 384Mi or 4Gi. */
export function bytes(size) {
  const [, number, unit] = /^(\d+)\s*([kmg])i?b?$/i.exec(size) ?? [];
  return number * { k: 2 ** 10, m: 2 ** 20, g: 2 ** 30 }[unit?.toLowerCase()];
}

/** The image takes this share of the memory of its container for the heap; see Service.java for the heap. */
export const HEAP_SHARE = 0.6;
