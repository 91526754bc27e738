// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
//
// node observability.mjs [ready.json]: checks that rules, alerts and the dashboard ask for metrics there are: those
// that a running suite publishes, and those that the code counts once something has happened.
import fs from 'node:fs';
import path from 'node:path';
import { parser } from '@prometheus-io/lezer-promql';
import { parse } from 'yaml';
import { end, expect, expectSame, read, root } from './problems.mjs';

const [ready] = process.argv.slice(2);
const published = new Set(['up']);
if (ready) {
  const { admin } = JSON.parse(fs.readFileSync(ready));
  for (const address of Object.values(admin)) {
    const text = await (await fetch(`http://${address}/metrics`)).text();
    for (const [, name] of text.matchAll(/^(\w+)(?:\{| )/gm)) published.add(name);
  }
} else {
  console.log('NOT TESTED: no suite runs, so names of metrics are looked for in the code alone');
}
const code = fs
  .readdirSync(root, { recursive: true })
  .filter((file) => /src\/main\/.*\.java$/.test(file))
  .map((file) => fs.readFileSync(path.join(root, file), 'utf8'))
  .join('\n');
/** Our own meters: corkboard.saga.swept is counted as corkboard_saga_swept_total. */
function counted(name) {
  const meter = name.replace(/_(total|seconds_bucket|seconds_count|seconds_sum|seconds_max|seconds)$/, '').replaceAll('_', '.');
  return code.includes(`"${meter}"`) || code.includes(`"${name.replaceAll('_', '.')}"`);
}
/** Of libraries, which are seen in a running suite. */
const library = /^(jvm|process|grpc_(server|client)|corkboard_executor)_/;

const rules = parse(read('deploy/observability/rules.yml')).groups.flatMap((group) => group.rules);
const alerts = parse(read('deploy/observability/alerts.yml')).groups.flatMap((group) => group.rules);
const recorded = new Set(rules.map((rule) => rule.record));
let expressions = 0;

function check(expression, where) {
  expressions++;
  const text = expression.replaceAll('$__rate_interval', '5m');
  parser.parse(text).iterate({
    enter(node) {
      if (node.type.isError) expect(false, `${where}: does not parse at ${node.from}: ${text}`);
      if (node.name !== 'VectorSelector') return;
      const name = /^[\w:]*/.exec(text.slice(node.from, node.to))[0];
      const there = published.has(name) || recorded.has(name) || counted(name) || (!ready && library.test(name));
      expect(there, `${where}: there is no ${name}`);
    },
  });
}
for (const rule of rules) check(rule.expr, rule.record);
for (const alert of alerts) check(alert.expr, alert.alert);
const asked = new Set();
for (const file of fs.readdirSync(`${root}deploy/observability/grafana/dashboards`)) {
  const dashboard = JSON.parse(read(`deploy/observability/grafana/dashboards/${file}`));
  const ids = dashboard.panels.map((panel) => panel.id);
  expect(new Set(ids).size === ids.length, `${file}: an id is there twice`);
  for (const { title, targets = [], datasource } of dashboard.panels) {
    if (datasource) asked.add(datasource.uid);
    for (const { expr } of targets) check(expr, `${file}: ${title}`);
  }
}
const sources = parse(read('deploy/observability/grafana/provisioning/datasources/stores.yml')).datasources;
for (const uid of asked) expect(sources.some((source) => source.uid === uid), `the dashboard asks ${uid}, which there is not`);

// Each alert has a section of the runbook, and each section there is of an alert.
const runbook = read('deploy/OPERATIONS.md');
const section = runbook.split('## What each alert means and what to do')[1]?.split(/^## /m)[0] ?? '';
expectSame([...section.matchAll(/^### (\w+)$/gm)].map(([, name]) => name), alerts.map((alert) => alert.alert), 'OPERATIONS.md');
for (const { alert, annotations, labels } of alerts) {
  expect(annotations.runbook === `deploy/OPERATIONS.md#${alert.toLowerCase()}`, `${alert}: runbook is ${annotations.runbook}`);
  expect(['page', 'ticket'].includes(labels.severity), `${alert}: severity is ${labels.severity}`);
}
// Each is tested while it must fire and while it must not.
const tests = ['alerts_test.yml', 'alerts_days_test.yml']
  .flatMap((file) => parse(read(`deploy/observability/${file}`)).tests)
  .flatMap((test) => test.alert_rule_test);
for (const { alert } of alerts) {
  const mine = tests.filter((test) => test.alertname === alert).map((test) => test.exp_alerts.length > 0);
  expect(mine.includes(true) && mine.includes(false), `${alert}: not tested both firing and quiet`);
}

end(`observability: ${expressions} expressions parse and ask for what there is, ${alerts.length} alerts have a section and tests`);
