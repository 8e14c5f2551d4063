// A Hark of its own, with the demo company, and someone who hears everything signed in.
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

const WHO = { email: "erik.almhojd@lingonkullen.example", password: "Lingon-2026!" };

/** Does something with it; ends it whatever comes of that. */
export async function withHark(program, does) {
  const data = mkdtempSync(join(tmpdir(), "hark-shipped-"));
  execFileSync(program, ["--data-dir", data, "demo", "load"]);
  const listen = `127.0.0.1:${await freePort()}`;
  const log = openSync(join(data, "log"), "w");
  const server = spawn(program, ["--data-dir", data, "serve", "--listen", listen], { stdio: ["ignore", "pipe", log] });
  const ended = once(server, "exit");
  try {
    // Its first line says where it listens.
    const [line] = await Promise.race([once(createInterface(server.stdout), "line"), ended]);
    if (!String(line).includes(listen)) throw new Error(`Hark did not start: ${readFileSync(join(data, "log"))}`);
    const hark = `http://${listen}`;
    return await does(await place(hark, await signIn(hark)));
  } finally {
    server.kill();
    await ended;
    rmSync(data, { recursive: true });
  }
}

/** The pages that are looked at, by name. */
export async function place(hark, cookie) {
  const list = `${hark}/recordings?period=all`;
  const page = await (await fetch(list, { headers: { cookie } })).text();
  const [path] = /\/recordings\/\d+/.exec(page) ?? [];
  if (!path) throw new Error(`${list} shows no recording`);
  return { hark, cookie, list, recording: hark + path };
}

async function signIn(hark) {
  const answer = await fetch(`${hark}/fn/account/sign-in`, {
    method: "POST",
    headers: { origin: hark },
    body: new URLSearchParams(WHO),
    redirect: "manual",
  });
  const [cookie] = answer.headers.getSetCookie();
  if (!cookie) throw new Error(`signing in gave no cookie: ${answer.status}`);
  return cookie.split(";")[0];
}

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  return port;
}
