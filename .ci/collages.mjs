// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
//
// Whether a browser draws the SVG of a collage as the server draws its PNG, and finds nothing in it to run or to load.
import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";

/** The collages of `./run --demo`, by whose they are. */
const TITLES = { demo: "Golden hour", guest: "Blue hour" };

/**
 * Of 255, in each channel: pictures in the SVG are JPEG, and gradients are rounded in another way. 0.7 was measured; a
 * layer without its shadow makes it 1.7.
 */
const MEAN_DIFFERENCE = 1.2;
/** A pixel stands out when a channel differs by more than this. */
const STANDS_OUT = 64;
/** None was measured, and edges may be smoothed in another way; a line of text that is missing makes it 0.0022. */
const SHARE_STANDING_OUT = 0.001;

/** Compares both collages of the demo; leaves `TITLE.png` and `TITLE-browser.png` in the folder of pictures. */
export async function compareCollages(browser, ready, pictures) {
  for (const [username, title] of Object.entries(TITLES)) {
    const headers = { authorization: `Bearer ${ready.tokens[username]}` };
    const listed = await answer(`${ready.edge}/v1/collages?filter=owned`, headers);
    const collage = (await listed.json()).items.find((item) => item.title === title);
    assert.equal(collage?.state, "published", `${title} is published`);
    const url = `${ready.edge}/v1/collages/${collage.id}/render`;
    refuseForeign(await (await answer(`${url}?format=svg`, headers)).text());
    const png = Buffer.from(await (await answer(url, headers)).arrayBuffer());
    const drawn = await draw(browser, headers, `${url}?format=svg`, size(png));
    const file = `${pictures}/${title.toLowerCase().replace(" ", "-")}`;
    await writeFile(`${file}.png`, png);
    await writeFile(`${file}-browser.png`, drawn);
    const { means, share } = await difference(browser, png, drawn);
    console.log(
      `collages: the SVG of ${title} differs from its PNG by ${means.map((mean) => mean.toFixed(2)).join(", ")}` +
        ` in red, green, blue; ${(share * 100).toFixed(3)} % of its pixels stand out`,
    );
    assert.ok(Math.max(...means) <= MEAN_DIFFERENCE, `${title}: more than ${MEAN_DIFFERENCE} in a channel`);
    assert.ok(share <= SHARE_STANDING_OUT, `${title}: too many pixels stand out`);
  }
}

async function answer(url, headers) {
  const response = await fetch(url, { headers });
  assert.equal(response.status, 200, url);
  return response;
}

/** Words are paths, pictures are inside, and nothing runs. */
function refuseForeign(svg) {
  assert.match(svg, /<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
  assert.doesNotMatch(svg, /<(script|text|foreignObject|style|a)[\s>/]|\son\w+\s*=|<!/i);
  assert.doesNotMatch(svg.replace(/ xmlns(:\w+)?="[^"]*"/g, ""), /(https?|file|javascript):|@import/i);
  for (const [, target] of svg.matchAll(/href\s*=\s*["']([^"']{0,40})/g)) {
    assert.match(target, /^(#|data:image\/(png|jpeg);base64,)/);
  }
  for (const [, target] of svg.matchAll(/url\(["']?([^)]{0,40})/g)) assert.match(target, /^#/);
}

/** Of a PNG, from its header. */
function size(png) {
  return { width: png.readUInt32BE(16), height: png.readUInt32BE(20) };
}

/** What the browser makes of the SVG at this address. */
async function draw(browser, headers, url, viewport) {
  const context = await browser.newContext({ viewport, extraHTTPHeaders: headers });
  const page = await context.newPage();
  const loaded = [];
  page.on("request", (request) => loaded.push(request.url()));
  assert.equal((await page.goto(url)).status(), 200);
  const screenshot = await page.screenshot();
  await context.close();
  assert.deepEqual(loaded.filter((one) => !one.startsWith("data:")), [url]);
  return screenshot;
}

/** The mean difference in each channel, and the share of pixels that stand out. */
async function difference(browser, png, other) {
  const page = await browser.newPage();
  const result = await page.evaluate(
    async ({ files, standsOut }) => {
      const [first, second] = await Promise.all(
        files.map(async (base64) => {
          const image = new Image();
          image.src = `data:image/png;base64,${base64}`;
          await image.decode();
          const canvas = new OffscreenCanvas(image.naturalWidth, image.naturalHeight);
          const pen = canvas.getContext("2d");
          pen.drawImage(image, 0, 0);
          return pen.getImageData(0, 0, canvas.width, canvas.height);
        }),
      );
      if (first.width !== second.width || first.height !== second.height) throw new Error("their sizes differ");
      const sums = [0, 0, 0];
      let standing = 0;
      for (let pixel = 0; pixel < first.data.length; pixel += 4) {
        const by = sums.map((sum, channel) => Math.abs(first.data[pixel + channel] - second.data[pixel + channel]));
        by.forEach((amount, channel) => (sums[channel] += amount));
        if (Math.max(...by) > standsOut) standing++;
      }
      const pixels = first.width * first.height;
      return { means: sums.map((sum) => sum / pixels), share: standing / pixels };
    },
    { files: [png, other].map((file) => file.toString("base64")), standsOut: STANDS_OUT },
  );
  await page.close();
  return result;
}
