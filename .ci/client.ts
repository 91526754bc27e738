// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
//
// Calls every operation through the client that a generator made from the description of the API, against a
// running suite: node client.js READY_JSON [PROXY [OFFICIAL]], see proxy.ts.
import axios, { AxiosError } from 'axios';
import { deepEqual, equal, ok } from 'node:assert/strict';
import {
  AccountsApi,
  AnalyticsApi,
  BoardsApi,
  CollageEditsApi,
  CollagesApi,
  Configuration,
  MediaApi,
  OauthApi,
  PinsApi,
  SearchApi,
  ServiceApi,
} from './api/index.js';
import { pattern, proxied, ready, route } from './proxy.js';

const base: string = ready.edge;
const called = new Set<string>();
const http = axios.create();
http.interceptors.response.use(undefined, (failure: AxiosError) => {
  failure.message += `: ${failure.config?.url} ${JSON.stringify(failure.response?.data)}`;
  throw failure;
});
http.interceptors.request.use((request) => {
  const url = new URL(request.url!);
  called.add(`${request.method!.toUpperCase()} ${url.pathname}`);
  request.url = route(request.method!, request.url!);
  return request;
});
const configuration = new Configuration({ basePath: base, accessToken: ready.tokens['demo']! });
const make = <T>(api: new (c: Configuration, base: string, http: typeof axios) => T): T =>
  new api(configuration, base, http as typeof axios);

async function refused(status: number, call: Promise<unknown>): Promise<void> {
  const failure = await call.then(
    () => undefined,
    (e: AxiosError) => e,
  );
  equal(failure?.response?.status, status);
}

/** The headers of a WebM video: EBML elements of an id, a size of four bytes, and content. */
function webm(width: number, height: number): Uint8Array<ArrayBuffer> {
  const element = (id: string, ...content: Buffer[]): Buffer => {
    const size = Buffer.alloc(5);
    size[0] = 0x08;
    size.writeUInt32BE(content.reduce((sum, part) => sum + part.length, 0), 1);
    return Buffer.concat([Buffer.from(id, 'hex'), size, ...content]);
  };
  const number = (value: number): Buffer => Buffer.from([value >> 8, value & 0xff]);
  return new Uint8Array(
    Buffer.concat([
      element('1a45dfa3', element('4282', Buffer.from('webm'))),
      element(
        '18538067',
        element('1549a966', element('2ad7b1', Buffer.from([0x0f, 0x42, 0x40]))),
        element(
          '1654ae6b',
          element(
            'ae',
            element('83', number(1)),
            element('e0', element('b0', number(width)), element('ba', number(height))),
          ),
        ),
        element('1f43b675'),
      ),
    ]),
  );
}

const boards = make(BoardsApi);
const collages = make(CollagesApi);
const edits = make(CollageEditsApi);
const pins = make(PinsApi);
const media = make(MediaApi);
const search = make(SearchApi);
const accounts = make(AccountsApi);
const analytics = make(AnalyticsApi);
const oauth = make(OauthApi);
const service = make(ServiceApi);

const unique = Date.now().toString();
const board = (await boards.createBoard({ name: `Typed ${unique}`, privacy: 'SECRET' })).data;
await boards.updateBoard(board.id, { privacy: 'PUBLIC' });
equal((await boards.getBoard(board.id)).data.privacy, 'PUBLIC');
ok((await boards.listBoards(250)).data.items.some((b) => b.id === board.id));
deepEqual(
  (await search.searchBoards(25, undefined, unique)).data.items.map((b) => b.id),
  [board.id],
);
await boards.followBoard(board.id);
ok((await boards.listFollowedBoards()).data.items.some((b) => b.id === board.id));
await boards.unfollowBoard(board.id);
const section = (await boards.createSection(board.id, { name: 'Section' })).data;
await boards.updateSection(board.id, section.id, { name: 'Other' });
equal((await boards.listSections(board.id)).data.items[0]?.name, 'Other');

const picture =
  'iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAEElEQVR42mPQq80GIgYIBQAdggRZCR3GlwAAAABJRU5ErkJggg==';
const pin = (
  await pins.createPin(
    {
      board_id: board.id,
      board_section_id: section.id,
      title: `Word${unique}`,
      media_source: { source_type: 'image_base64', content_type: 'image/png', data: picture },
    },
    `key-${unique}`,
  )
).data;
equal((await pins.updatePin(pin.id, { description: 'changed' })).data.description, 'changed');
equal((await pins.getPin(pin.id)).data.board_section_id, section.id);
equal((await pins.listSectionPins(board.id, section.id)).data.items.length, 1);
equal((await pins.listBoardPins(board.id, 1)).data.items.length, 1);
equal((await pins.listPins(1)).data.items[0]?.id, pin.id);
equal((await search.searchPins(`word${unique}`)).data.items[0]?.id, pin.id);
await refused(403, search.searchEverywhere('x', 'US'));
const saved = (await pins.savePin(pin.id, { board_id: board.id })).data;
equal(saved.parent_pin_id, pin.id);

const upload = (await media.createMedia({ media_type: 'video' })).data;
equal((await media.listMedia(1)).data.items[0]?.media_id, upload.media_id);
await media.uploadVideo(upload.upload_parameters['key']!, new File([webm(64, 48)], 'a.webm'));
equal((await media.findMedia(upload.media_id)).data.status, 'succeeded');
const film = (
  await pins.createPin({
    board_id: board.id,
    media_source: {
      source_type: 'video_id',
      media_id: upload.media_id,
      cover_image_content_type: 'image/png',
      cover_image_data: picture,
    },
  })
).data;
equal(film.media.media_type, 'video');
await refused(404, media.findMedia('1'));

const today = new Date().toISOString().slice(0, 10);
const one = await analytics.getPinAnalytics(pin.id, today, today, ['SAVE']);
equal(one.data.all?.summary_metrics?.['SAVE'], 1);
ok((await analytics.getPinsAnalytics([pin.id], today, today, ['SAVE'])).data[pin.id]);
ok((await analytics.getAccountAnalytics(today, today)).data.all);
await analytics.getTopPins(today, today, 'SAVE');
await analytics.getTopVideoPins(today, today, 'SAVE');

const me = (await accounts.getAccount()).data;
equal((await accounts.updateAccount({ about: unique })).data.about, unique);
await refused(400, accounts.followAccount(me.username, {}));
await refused(404, accounts.unfollowAccount(`nobody_${unique}`));
await accounts.listFollowers();
await accounts.listFollowing();
deepEqual((await accounts.listBusinesses()).data, []);
deepEqual((await accounts.listWebsites()).data.items, []);
deepEqual((await accounts.listInterests(me.username)).data.items, []);
await refused(403, accounts.getWebsiteVerification());
await refused(403, accounts.verifyWebsite({}));
await refused(403, accounts.unverifyWebsite('site.example'));
await refused(401, oauth.issueToken('client_credentials'));
await refused(401, oauth.revokeToken('token'));

const bytes = new Uint8Array(Buffer.from(picture, 'base64'));
const uploaded = (await media.uploadPicture(new File([bytes], 'a.png', { type: 'image/png' }))).data;
const drawn = (
  await collages.createCollage({
    title: `Collage ${unique}`,
    document: {
      canvas: { width: 40, height: 30, background: { type: 'color', color: '#FFEEDD' } },
      layers: [
        {
          id: 'picture',
          placement: { center_x: 10, center_y: 10, width: 10, height: 10 },
          content: { type: 'image', picture: { asset_key: uploaded.asset_key } },
        },
      ],
    },
  })
).data;
const stream = await edits.watchCollage(drawn.id, undefined, undefined, { responseType: 'stream' });
const events = stream.data as unknown as AsyncIterable<Buffer>;
const edit = (
  await edits.editCollage(drawn.id, {
    base_revision: drawn.revision,
    operations: [
      { type: 'update_layer', layer: { id: 'picture', opacity: 0.5 }, update_mask: ['opacity'] },
      {
        type: 'add_layer',
        layer: {
          id: 'words',
          placement: { center_x: 20, center_y: 20, width: 20, height: 10 },
          content: { type: 'text', text: 'Words', font_family: 'Noto Sans', font_size: 8, color: '#000000' },
        },
      },
    ],
  })
).data;
let told = '';
for await (const chunk of events) {
  told += chunk.toString();
  if (told.includes(`"revision":${edit.revision}`)) break;
}
ok(told.startsWith('id: ') && told.includes('event: edit'), told);
equal((await edits.undoEdit(drawn.id)).data.undone_revision, edit.revision);
await edits.restoreRevision(drawn.id, edit.revision);
equal((await edits.listRevisions(drawn.id, 1)).data.items[0]?.restored_revision, edit.revision);
const words = (await collages.updateCollage(drawn.id, { description: 'words' })).data;
equal((await collages.getCollage(drawn.id)).data.document.layers?.length, 2);
equal((await collages.listCollages(1)).data.items[0]?.id, drawn.id);
await refused(404, collages.setCollageMember(drawn.id, '999', { role: 'viewer' }));
await collages.removeCollageMember(drawn.id, '999');
equal((await collages.listCollageMembers(drawn.id)).data.items.length, 1);
await collages.renderCollage(drawn.id, undefined, 'svg');
await collages.replayCollage(drawn.id);
const shown = (await collages.publishCollage(drawn.id, { board_id: board.id })).data.publication!;
equal((await pins.getPin(shown.pin_id)).data.creative_type, 'COLLAGE');
const file = (await collages.exportCollage(drawn.id)).data;
equal((await collages.importCollage(file)).data.document.layers?.length, 2);
const remix = (await collages.remixCollage(drawn.id)).data;
equal((await collages.listRemixes(drawn.id)).data.items[0]?.id, remix.id);
deepEqual((await collages.listPinCollages(shown.pin_id)).data.items, []);
await collages.unpublishCollage(drawn.id);
await collages.deleteCollage(drawn.id, `"${words.etag}"`);
equal((await collages.restoreCollage(drawn.id)).data.state, 'draft');

ok((await service.listKeys()).data.keys.length > 0);
const description = (await service.getDescription()).data as {
  paths: Record<string, Record<string, unknown>>;
};
await service.getDocs();
await service.getDocsFile('swagger-ui.css');
await service.getHealth();
if (pin.media.media_type === 'image') {
  const [, , key, rendition] = new URL(pin.media.images['originals']!.url).pathname.split('/');
  await service.getMedia(key!, rendition!);
  await service.headMedia(key!, rendition!);
}

await boards.deleteSection(board.id, section.id);
await pins.deletePin(pin.id);
await boards.deleteBoard(board.id);
await refused(404, boards.getBoard(board.id));

const uncalled = Object.entries(description.paths)
  .flatMap(([path, operations]) =>
    Object.keys(operations)
      .filter((method) => ['get', 'head', 'post', 'put', 'patch', 'delete'].includes(method))
      .map((method) => `${method.toUpperCase()} ${path}`),
  )
  .filter((operation) => !operation.includes(' /oauth'))
  .filter((operation) => {
    const [method, template] = operation.split(' ') as [string, string];
    return ![...called].some(
      (call) => call.startsWith(`${method} `) && pattern(template).test(call.split(' ')[1]!),
    );
  });
deepEqual(uncalled, []);
console.log(
  `the TypeScript client called ${called.size} paths, every operation among them, ${proxied.size} through the proxy`,
);
