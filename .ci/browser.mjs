// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
//
// A person with a browser, and an app: signs in, lets the app in, says no, reads the API's page, and looks at collages.
// The app's part is played here. Usage: node browser.mjs READY_JSON CHROMIUM PICTURES_FOLDER
import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { once } from "node:events";
import { chromium } from "playwright-core";
import { compareCollages } from "./collages.mjs";

const [readyFile, executablePath, pictures] = process.argv.slice(2);
const ready = JSON.parse(await readFile(readyFile, "utf8"));
const redirectUri = "http://localhost:8085/";

/** The app's own page, which people come back to. */
const visits = [];
const app = createServer((request, response) => {
  const url = new URL(request.url, redirectUri);
  if (url.pathname === "/") visits.push(url.searchParams);
  response.setHeader("content-type", "text/html").end("<title>The app</title>back");
});
app.listen(8085, "localhost");
await once(app, "listening");

const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
const problems = [];

async function newPage(options) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  page.on("pageerror", (error) => problems.push(`${page.url()}: ${error}`));
  page.on("console", (message) => {
    const expected = /status of 40[01]/.test(message.text());
    if (message.type() === "error" && !expected) problems.push(`${page.url()}: ${message.text()}`);
  });
  page.on("request", (request) => {
    const { origin, protocol } = new URL(request.url());
    const own = [new URL(ready.edge).origin, new URL(redirectUri).origin];
    if (protocol !== "data:" && !own.includes(origin)) problems.push(`asked for ${request.url()}`);
  });
  return page;
}

function authorizeUrl(parameters) {
  return `${ready.edge}/oauth/?${new URLSearchParams({
    client_id: ready.client.id,
    redirect_uri: redirectUri,
    response_type: "code",
    ...parameters,
  })}`;
}

function post(path, form) {
  const basic = Buffer.from(`${ready.client.id}:${ready.client.secret}`).toString("base64");
  return fetch(`${ready.edge}${path}`, {
    method: "POST",
    headers: { authorization: `Basic ${basic}` },
    body: new URLSearchParams(form),
  });
}

function token(form) {
  return post("/v5/oauth/token", form);
}

async function boards(accessToken) {
  const headers = { authorization: `Bearer ${accessToken}` };
  return (await fetch(`${ready.edge}/v5/boards`, { headers })).status;
}

try {
  // A wrong password, then the right one; the app asks with PKCE.
  const verifier = randomBytes(32).toString("base64url");
  const page = await newPage({ viewport: { width: 1000, height: 700 } });
  await page.goto(
    authorizeUrl({
      scope: "boards:read,pins:read",
      state: "s 1",
      code_challenge: createHash("sha256").update(verifier).digest("base64url"),
      code_challenge_method: "S256",
    }),
  );
  assert.equal(await page.evaluate(() => document.activeElement.id), "username");
  await page.screenshot({ path: `${pictures}/sign-in.png` });
  await page.getByLabel("Username").fill("demo");
  await page.getByLabel("Password").fill("not this");
  await page.getByRole("button", { name: "Sign in" }).click();
  assert.ok(await page.getByRole("alert").isVisible());
  await page.screenshot({ path: `${pictures}/sign-in-wrong.png` });
  await page.getByLabel("Username").fill("demo");
  await page.getByLabel("Password").fill(ready.passwords.demo);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Allow Corkboard demo" }).waitFor();
  assert.deepEqual(await page.getByRole("listitem").allTextContents(), [
    "See your public and protected boards",
    "See your Pins",
  ]);
  await page.screenshot({ path: `${pictures}/consent.png` });
  await page.getByRole("button", { name: "Allow" }).click();
  await page.waitForURL(`${redirectUri}**`);
  const granted = visits.pop();
  assert.equal(granted.get("state"), "s 1");

  // What the app does with the code: once, and with the verifier.
  const exchange = {
    grant_type: "authorization_code",
    code: granted.get("code"),
    redirect_uri: redirectUri,
    code_verifier: verifier,
  };
  const answer = await token(exchange);
  assert.equal(answer.status, 200);
  const tokens = await answer.json();
  assert.equal(tokens.scope, "boards:read,pins:read");
  assert.equal(await boards(tokens.access_token), 200);
  const refreshed = await token({ grant_type: "refresh_token", refresh_token: tokens.refresh_token });
  assert.equal(refreshed.status, 200);
  const next = await refreshed.json();
  assert.equal(await boards(next.access_token), 200);
  assert.equal((await post("/v5/oauth/token/revoke", { token: next.access_token })).status, 200);
  const revoked = Date.now();
  while ((await boards(next.access_token)) !== 401) {
    assert.ok(Date.now() - revoked < 5000, "a revoked token is refused within five seconds");
  }
  assert.equal((await token(exchange)).status, 400, "a code is good once");

  // Still signed in; says no this time.
  await page.goto(authorizeUrl({ scope: "boards:read", state: "2" }));
  await page.getByRole("button", { name: "Cancel" }).click();
  await page.waitForURL(`${redirectUri}**`);
  assert.equal(visits.pop().get("error"), "access_denied");

  // Somebody else's turn, on a phone at night.
  await page.goto(authorizeUrl({ scope: "boards:read", state: "3" }));
  await page.getByRole("button", { name: "Use another account" }).click();
  await page.getByLabel("Username").waitFor();
  const phone = await newPage({ viewport: { width: 360, height: 640 }, colorScheme: "dark" });
  await phone.goto(authorizeUrl({ scope: "boards:read", state: "4" }));
  const width = await phone.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(width <= 360, `${width} px wide on a phone`);
  await phone.screenshot({ path: `${pictures}/sign-in-phone.png` });

  // A link that was tampered with says so, and leads nowhere.
  await phone.goto(authorizeUrl({ scope: "boards:read", redirect_uri: `${redirectUri}other` }));
  assert.ok(await phone.getByRole("alert").isVisible());
  assert.equal(new URL(phone.url()).origin, new URL(ready.edge).origin);

  // The API's page.
  const docs = await newPage({ viewport: { width: 1200, height: 1400 } });
  await docs.goto(`${ready.edge}/docs`);
  await docs.getByText("Make a board").waitFor();
  assert.ok((await docs.locator(".opblock").count()) > 20);
  await docs.screenshot({ path: `${pictures}/docs.png` });

  await compareCollages(browser, ready, pictures);

  assert.deepEqual(problems, []);
  console.log("browser: signed in, let the app in, said no, read the API's page");
} finally {
  await browser.close();
  app.close();
}
