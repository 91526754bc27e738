// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
//
// Asks for the errors that operations are documented to answer with, against a running suite:
// node errors.js READY_JSON [PROXY [OFFICIAL]], see proxy.ts. What breaks the description itself a proxy refuses before it
// comes to us; those errors are tested elsewhere, and here are the others: who asks, what for, and when.
import { equal, ok } from 'node:assert/strict';
import { proxied, ready, route } from './proxy.js';

const [mine, theirs] = Object.values(ready.tokens) as [string, string];
const unique = Date.now().toString();
const MISSING = '999';
const PICTURE =
  'iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAEElEQVR42mPQq80GIgYIBQAdggRZCR3GlwAAAABJRU5ErkJggg==';
const answered = new Map<number, Set<string>>();

interface Answer {
  status: number;
  body: { id: string; code: number; message: string };
}

async function send(method: string, path: string, body?: object, token = mine): Promise<Answer> {
  const version = path.startsWith('/v1/') ? '' : '/v5';
  const response = await fetch(route(method, `${ready.edge}${version}${path}`), {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body && { 'content-type': 'application/json' }),
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? {} : JSON.parse(text) };
}

async function make(path: string, body: object, token = mine): Promise<string> {
  const answer = await send('POST', path, body, token);
  equal(answer.status, 201, JSON.stringify(answer.body));
  return answer.body.id;
}

async function fails(
  status: number,
  operation: string,
  body?: object,
  token = mine,
): Promise<void> {
  const [method, path] = operation.split(' ') as [string, string];
  const answer = await send(method, path, body, token);
  equal(answer.status, status, `${operation}: ${JSON.stringify(answer.body)}`);
  ok(Number.isInteger(answer.body.code) && typeof answer.body.message === 'string', operation);
  if (!answered.has(status)) answered.set(status, new Set());
  answered.get(status)!.add(operation.replace(/\?.*/, '').replace(/[0-9]{3,}/g, '{id}'));
}

const source = { source_type: 'image_base64', content_type: 'image/png', data: PICTURE };
const board = await make('/boards', { name: `Errors ${unique}` });
const foreign = await make('/boards', { name: `Errors ${unique}` }, theirs);
const secret = await make('/boards', { name: `Hidden ${unique}`, privacy: 'SECRET' }, theirs);
const section = await make(`/boards/${board}/sections`, { name: 'Section' });
const pin = await make('/pins', { board_id: board, media_source: source });
const foreignPin = await make('/pins', { board_id: foreign, media_source: source }, theirs);
const hiddenPin = await make('/pins', { board_id: secret, media_source: source }, theirs);
const canvas = { document: { canvas: { width: 8, height: 8 } } };
const collage = await make('/v1/collages', canvas);
const foreignCollage = await make('/v1/collages', canvas, theirs);
const edit = { base_revision: 1, operations: [{ type: 'remove_layer', layer_id: 'none' }] };
const today = new Date().toISOString().slice(0, 10);
const days = `start_date=${today}&end_date=${today}`;

/** Every operation of an account, as it would succeed or nearly so. */
const operations: [string, object?][] = [
  ['POST /boards', { name: 'x' }],
  ['GET /boards'],
  [`GET /boards/${board}`],
  [`PATCH /boards/${board}`, { description: 'x' }],
  [`DELETE /boards/${board}`],
  [`GET /boards/${board}/pins`],
  [`POST /boards/${board}/follow`],
  [`DELETE /boards/${board}/follow`],
  [`GET /boards/${board}/sections`],
  [`POST /boards/${board}/sections`, { name: 'x' }],
  [`PATCH /boards/${board}/sections/${section}`, { name: 'x' }],
  [`DELETE /boards/${board}/sections/${section}`],
  [`GET /boards/${board}/sections/${section}/pins`],
  ['POST /pins', { board_id: board, media_source: source }],
  ['GET /pins'],
  [`GET /pins/${pin}`],
  [`PATCH /pins/${pin}`, { title: 'x' }],
  [`DELETE /pins/${pin}`],
  [`POST /pins/${pin}/save`, { board_id: board }],
  ['POST /media', { media_type: 'video' }],
  ['GET /media'],
  [`GET /media/${MISSING}`],
  [`GET /pins/${pin}/analytics?${days}&metric_types=SAVE`],
  [`GET /pins/analytics?pin_ids=${pin}&${days}&metric_types=SAVE`],
  [`GET /user_account/analytics?${days}`],
  [`GET /user_account/analytics/top_pins?${days}&sort_by=SAVE`],
  [`GET /user_account/analytics/top_video_pins?${days}&sort_by=SAVE`],
  ['GET /search/boards'],
  ['GET /search/pins?query=x'],
  ['GET /search/partner/pins?term=x&country_code=US'],
  ['GET /user_account'],
  ['PATCH /user_account', { about: 'x' }],
  ['GET /user_account/followers'],
  ['GET /user_account/following'],
  ['GET /user_account/following/boards'],
  ['POST /user_account/following/somebody', {}],
  ['DELETE /user_account/following/somebody'],
  ['GET /user_account/businesses'],
  ['GET /user_account/websites'],
  ['POST /user_account/websites', { website: 'site.example' }],
  ['DELETE /user_account/websites?website=site.example'],
  ['GET /user_account/websites/verification'],
  ['GET /users/somebody/interests/follow'],
  ['POST /v1/collages', canvas],
  ['POST /v1/collages/import', { ...canvas, format: 'corkboard-collage', version: 1, pictures: {} }],
  ['GET /v1/collages'],
  [`GET /v1/pins/${pin}/collages`],
];
/** Every operation of one collage. */
const ofCollage = (id: string): [string, object?][] => [
  [`GET /v1/collages/${id}`],
  [`PATCH /v1/collages/${id}`, { title: 'x' }],
  [`DELETE /v1/collages/${id}`],
  [`POST /v1/collages/${id}/restore`],
  [`POST /v1/collages/${id}/edits`, edit],
  [`POST /v1/collages/${id}/undo`],
  [`GET /v1/collages/${id}/revisions`],
  [`POST /v1/collages/${id}/revisions/1/restore`],
  [`GET /v1/collages/${id}/events`],
  [`GET /v1/collages/${id}/members`],
  [`PUT /v1/collages/${id}/members/${MISSING}`, { role: 'viewer' }],
  [`DELETE /v1/collages/${id}/members/${MISSING}`],
  [`GET /v1/collages/${id}/render`],
  [`GET /v1/collages/${id}/replay`],
  [`GET /v1/collages/${id}/export`],
  [`POST /v1/collages/${id}/publish`, { board_id: board }],
  [`POST /v1/collages/${id}/unpublish`],
  [`POST /v1/collages/${id}/remix`],
  [`GET /v1/collages/${id}/remixes`],
];
operations.push(...ofCollage(collage));
for (const [operation, body] of operations) await fails(401, operation, body, 'not.a.token');

for (const listing of operations.map(([operation]) => operation)) {
  const paged = /^GET \/(boards|pins|media|v1\/collages|search\/(boards|pins\?.*))$|(sections|pins|followers|following|following\/boards|\d\/collages|revisions|members|remixes)$/;
  if (!listing.startsWith('GET ') || !paged.test(listing)) continue;
  await fails(400, `${listing}${listing.includes('?') ? '&' : '?'}bookmark=nonsense`);
}
await fails(400, 'POST /boards', { name: `errors ${unique}` });
const other = await make('/boards', { name: `Other ${unique}` });
await fails(400, `PATCH /boards/${other}`, { name: `Errors ${unique}` });
await fails(400, 'POST /pins', { board_id: board });
await fails(400, 'POST /pins', { board_id: board, media_source: { ...source, data: 'AAAA' } });
await fails(400, 'POST /pins', {
  board_id: board,
  media_source: { source_type: 'image_url', url: 'http://127.0.0.1/a.png' },
});
await fails(400, `PATCH /pins/${pin}`, { link: 'https:///' });
await fails(400, 'GET /user_account/analytics?start_date=2020-01-01&end_date=2020-01-02');

await fails(403, `PATCH /boards/${foreign}`, { description: 'x' });
await fails(403, `DELETE /boards/${foreign}`);
await fails(403, `POST /boards/${foreign}/sections`, { name: 'x' });
await fails(403, 'POST /pins', { board_id: foreign, media_source: source });
await fails(403, `PATCH /pins/${foreignPin}`, { title: 'x' });
await fails(403, `DELETE /pins/${foreignPin}`);
await fails(403, `POST /pins/${pin}/save`, { board_id: foreign });
await fails(403, 'GET /search/partner/pins?term=x&country_code=US');
await fails(403, 'POST /user_account/websites', { website: 'site.example' });
await fails(403, 'DELETE /user_account/websites?website=site.example');
await fails(403, 'GET /user_account/websites/verification');

for (const id of [MISSING, secret]) {
  await fails(404, `GET /boards/${id}`);
  await fails(404, `PATCH /boards/${id}`, { description: 'x' });
  await fails(404, `DELETE /boards/${id}`);
  await fails(404, `GET /boards/${id}/pins`);
  await fails(404, `POST /boards/${id}/follow`);
  await fails(404, `DELETE /boards/${id}/follow`);
  await fails(404, `GET /boards/${id}/sections`);
  await fails(404, `POST /boards/${id}/sections`, { name: 'x' });
  await fails(404, 'POST /pins', { board_id: id, media_source: source });
  await fails(404, `POST /pins/${pin}/save`, { board_id: id });
}
await fails(404, `PATCH /boards/${board}/sections/${MISSING}`, { name: 'x' });
await fails(404, `DELETE /boards/${board}/sections/${MISSING}`);
await fails(404, `GET /boards/${board}/sections/${MISSING}/pins`);
for (const id of [MISSING, hiddenPin]) {
  await fails(404, `GET /pins/${id}`);
  await fails(404, `PATCH /pins/${id}`, { title: 'x' });
  await fails(404, `DELETE /pins/${id}`);
  await fails(404, `POST /pins/${id}/save`, { board_id: board });
  await fails(404, `GET /pins/${id}/analytics?${days}&metric_types=SAVE`);
}
await fails(404, `GET /media/${MISSING}`);
await fails(404, 'POST /pins', {
  board_id: board,
  media_source: { source_type: 'video_id', media_id: MISSING, cover_image_key_frame_time: 0 },
});
await fails(404, `POST /user_account/following/nobody_${unique}`, {});
await fails(404, `DELETE /user_account/following/nobody_${unique}`);
await fails(404, `GET /users/nobody_${unique}/interests/follow`);
for (const id of [MISSING, foreignCollage]) {
  for (const [operation, body] of ofCollage(id)) await fails(404, operation, body);
}
await fails(404, `GET /v1/pins/${hiddenPin}/collages`);
await fails(404, `POST /v1/collages/${collage}/publish`, { board_id: MISSING });
await fails(403, `POST /v1/collages/${collage}/publish`, { board_id: foreign });
await fails(409, `POST /v1/collages/${collage}/undo`);
await fails(412, `POST /v1/collages/${collage}/publish`, { board_id: board, revision: 9 });

for (const mineToo of [board, other]) equal((await send('DELETE', `/boards/${mineToo}`)).status, 204);
for (const not of [foreign, secret]) {
  equal((await send('DELETE', `/boards/${not}`, undefined, theirs)).status, 204);
}
const counts = [...answered].map(([status, asked]) => `${status} by ${asked.size}`).sort();
console.log(
  `errors as documented: ${counts.join(', ')} operations, ${proxied.size} paths through the proxy`,
);
