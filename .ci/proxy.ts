// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
//
// What the scripts here are started with, READY_JSON [PROXY [OFFICIAL]], and the way a request takes: PROXY checks what
// passes through it. With OFFICIAL, the description whose paths have no /v5, what it describes goes through the proxy and
// the rest does not.
import { readFileSync } from 'node:fs';

type Paths = Record<string, Record<string, unknown>>;

/** What the official description refuses by mistake: metrics of both enumerations match its `oneOf` twice. */
const DEFECTS = [/^\/pins\/([0-9]+\/)?analytics$/];

/** What the proxy spoils: it reads a file as text, and a stream of events to its end. */
const SPOILT = /^\/(v1\/)?uploads(\/|$)|\/events$/;

export const ready: { edge: string; tokens: Record<string, string> } = JSON.parse(
  readFileSync(process.argv[2]!, 'utf8'),
);
const proxy: string | undefined = process.argv[3];
const official: { paths: Paths } | undefined =
  process.argv[4] && JSON.parse(readFileSync(process.argv[4], 'utf8'));

/** What went through the proxy. */
export const proxied = new Set<string>();

export function pattern(template: string): RegExp {
  return new RegExp(`^${template.replace(/[.]/g, '\\.').replace(/\{[^}]*\}/g, '[^/]+')}$`);
}

function isIn(paths: Paths, method: string, path: string): boolean {
  return Object.entries(paths).some(
    ([template, operations]) => method in operations && pattern(template).test(path),
  );
}

/** The URL to send a request to that is meant for this one. */
export function route(method: string, meant: string): string {
  const url = new URL(meant);
  if (!proxy || SPOILT.test(url.pathname)) return meant;
  const path = official ? url.pathname.replace('/v5/', '/') : url.pathname;
  const defect = official && DEFECTS.some((known) => known.test(path));
  if (official && (defect || !isIn(official.paths, method.toLowerCase(), path))) return meant;
  proxied.add(`${method.toUpperCase()} ${path}`);
  return `${proxy}${path}${url.search}`;
}
