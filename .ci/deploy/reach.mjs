// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
//
// What NetworkPolicies of one namespace come to, for pods in it.

function selects(selector, labels) {
  const byLabel = Object.entries(selector.matchLabels ?? {}).every(([key, value]) => labels[key] === value);
  return byLabel && (selector.matchExpressions ?? []).every(({ key, operator, values }) => {
    if (operator !== 'In') throw new Error(`operator ${operator} is not known here`);
    return values.includes(labels[key]);
  });
}

/** Whether one rule lets traffic pass between pods of this namespace, whose port is on the pod {@code to}. */
function passes(rule, peer, to, port, key) {
  const peers = rule[key];
  const peerFits =
    !peers?.length ||
    peers.some(({ podSelector, namespaceSelector, ipBlock }) => {
      const here = !namespaceSelector || !Object.keys(namespaceSelector).length;
      return here && !ipBlock && selects(podSelector ?? {}, peer.metadata.labels);
    });
  const portFits =
    !rule.ports?.length ||
    rule.ports.some((one) => {
      const ports = to.spec.containers.flatMap((container) => container.ports ?? []);
      const number = typeof one.port === 'string' ? ports.find(({ name }) => name === one.port)?.containerPort : one.port;
      return one.port === undefined || (number <= port && port <= (one.endPort ?? number));
    });
  return peerFits && portFits;
}

function allowed(policies, type, at, peer, to, port) {
  const applying = policies.filter(
    ({ spec }) => spec.policyTypes.includes(type) && selects(spec.podSelector, at.metadata.labels),
  );
  if (!applying.length) return true;
  const [rules, key] = type === 'Egress' ? ['egress', 'to'] : ['ingress', 'from'];
  return applying.some(({ spec }) => (spec[rules] ?? []).some((rule) => passes(rule, peer, to, port, key)));
}

/** Whether the first pod is let out to the second's port, and whether it is let in there. */
export function reaches(policies, from, to, port) {
  return [allowed(policies, 'Egress', from, to, to, port), allowed(policies, 'Ingress', to, from, to, port)];
}
