// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
//
// Makes and reads a board, a Pin with a picture, and a collage, through the edge at EDGE and with the token of the
// suite in DATA: what needs every process, the stores, the volume of media, fonts and temporary files.
import { deepEqual, equal, ok } from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { crc32, deflateSync } from 'node:zlib';

const token = JSON.parse(readFileSync(`${process.env.DATA}/ready.json`, 'utf8')).tokens.demo;
// A picture of one pixel and some bytes that no run had before: known content would not be stored again.
function chunk(type, content) {
  const body = Buffer.concat([Buffer.from(type), content]);
  const number = (value) => Buffer.from([value >>> 24, value >>> 16, value >>> 8, value].map((byte) => byte & 255));
  return Buffer.concat([number(content.length), body, number(crc32(body))]);
}
const picture = Buffer.concat([
  Buffer.from('89504e470d0a1a0a', 'hex'),
  chunk('IHDR', Buffer.from('00000001000000010802000000', 'hex')),
  chunk('tEXt', Buffer.from(`Comment\0${randomBytes(16).toString('hex')}`)),
  chunk('IDAT', deflateSync(Buffer.from([0, 200, 80, 40]))),
  chunk('IEND', Buffer.alloc(0)),
]);

async function call(method, path, body) {
  const answer = await fetch(path.startsWith('http') ? path : process.env.EDGE + path, {
    method,
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    body: body && JSON.stringify(body),
    signal: AbortSignal.timeout(20_000),
  });
  const bytes = Buffer.from(await answer.arrayBuffer());
  ok(answer.ok, `${method} ${path}: ${answer.status} ${bytes}`);
  return answer.headers.get('content-type')?.includes('json') ? JSON.parse(bytes) : bytes;
}

// A service is healthy before it is ready to be called.
for (let tries = 300; ; tries--) {
  try {
    await call('GET', '/v5/boards');
    await call('GET', '/v5/pins');
    await call('GET', '/v1/collages');
    break;
  } catch (notYet) {
    if (!tries) throw notYet;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
const board = await call('POST', '/v5/boards', { name: `From an image ${process.pid}` });
const pin = await call('POST', '/v5/pins', {
  board_id: board.id,
  title: 'One pixel',
  media_source: { source_type: 'image_base64', content_type: 'image/png', data: picture.toString('base64') },
});
equal((await call('GET', `/v5/boards/${board.id}`)).pin_count, 1);
deepEqual((await call('GET', `/v5/boards/${board.id}/pins`)).items.map((item) => item.id), [pin.id]);
const url = (await call('GET', `/v5/pins/${pin.id}`)).media.images.originals.url;
ok(url.startsWith(process.env.EDGE), url);
deepEqual(await call('GET', url), picture);

const words = {
  id: 'words',
  placement: { center_x: 200, center_y: 150, width: 300, height: 100 },
  content: { type: 'text', text: 'Words', font_size: 48, font_family: 'Noto Sans', color: '#000000' },
};
const document = { canvas: { width: 400, height: 300, background: { type: 'color', color: '#FFE9D0' } }, layers: [words] };
const collage = await call('POST', '/v1/collages', { title: 'Words', document });
const drawn = await call('GET', `/v1/collages/${collage.id}/render`);
equal(drawn.subarray(1, 4).toString(), 'PNG');

await call('DELETE', `/v1/collages/${collage.id}`);
await call('DELETE', `/v5/pins/${pin.id}`);
await call('DELETE', `/v5/boards/${board.id}`);
console.log('image: a board, a Pin with its picture and a collage were made and read');
