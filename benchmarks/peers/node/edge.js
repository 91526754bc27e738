// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
//
// The same behind fastify, with @grpc/grpc-js; serves on PORT until killed.
'use strict';
const fs = require('node:fs');
const fastify = require('fastify');
const grpc = require('@grpc/grpc-js');
const loader = require('@grpc/proto-loader');

const { PORT, PIN_TARGET, MEDIA_URL, USERNAME, CALLER_ID, PROTOSET } = process.env;
const DEADLINE_MILLIS = 8000;

const definitions = loader.loadFileDescriptorSetFromBuffer(fs.readFileSync(PROTOSET), {
  longs: String,
  enums: String,
  defaults: true,
});
const { PinService } = grpc.loadPackageDefinition(definitions).corkboard.pin.v1;
const pins = new PinService(PIN_TARGET, grpc.credentials.createInsecure());

function call(method, request, authorization) {
  const metadata = new grpc.Metadata();
  metadata.set('authorization', authorization);
  return new Promise((resolve, reject) => {
    pins[method](request, metadata, { deadline: Date.now() + DEADLINE_MILLIS }, (failure, answer) =>
      failure ? reject(failure) : resolve(answer),
    );
  });
}

/** RFC 3339 as the edge writes it: no fraction, or three, six or nine digits of it. */
function time({ seconds, nanos }) {
  const whole = new Date(Number(seconds) * 1000).toISOString().slice(0, 19);
  if (nanos === 0) return `${whole}Z`;
  const digits = String(nanos).padStart(9, '0');
  return `${whole}.${digits.replace(/(000){1,2}$/, '')}Z`;
}

function pinJson(pin) {
  const { asset_key, renditions } = pin.images[0].image;
  const images = {};
  for (const { name, width, height } of renditions) {
    images[name] = { width, height, url: `${MEDIA_URL}/media/${asset_key}/${name}` };
  }
  return {
    id: pin.id,
    created_at: time(pin.create_time),
    link: pin.link || null,
    title: pin.title || null,
    description: pin.description || null,
    alt_text: pin.alt_text || null,
    dominant_color: pin.dominant_color || null,
    board_id: pin.board_id,
    board_section_id: pin.section_id || null,
    board_owner: { username: USERNAME },
    parent_pin_id: pin.parent_pin_id || null,
    creative_type: 'REGULAR',
    is_owner: pin.owner_id === CALLER_ID,
    is_standard: true,
    has_been_promoted: false,
    pin_metrics: null,
    media: { media_type: 'image', images },
  };
}

const app = fastify();

function json(reply, value) {
  reply.type('application/json');
  return JSON.stringify(value);
}

app.get('/v5/pins/:id', async (request, reply) => {
  const pin = await call('getPin', { pin_id: request.params.id }, request.headers.authorization);
  return json(reply, pinJson(pin));
});

app.get('/v5/boards/:id/pins', async (request, reply) => {
  const { page_size: pageSize = '25', bookmark = '' } = request.query;
  const page = await call(
    'listBoardPins',
    { board_id: request.params.id, page_size: Number(pageSize), page_token: bookmark },
    request.headers.authorization,
  );
  return json(reply, { items: page.pins.map(pinJson), bookmark: page.next_page_token || null });
});

app.listen({ port: Number(PORT), host: '127.0.0.1' });
