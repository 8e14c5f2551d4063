// What travels before a list is fully alive: every file that its page names, and what its script fetches, as the server sends it to who takes brotli.
import { get } from "node:http";

/** Bytes by the files' names without their hash: `hark_bg.wasm`, `hark.js`, `split.js`, `start.js`, `main.css`. */
export async function weights({ hark, cookie, list }) {
  const page = (await bytes(list, { cookie })).body.toString();
  const paths = new Set([...page.matchAll(/(?:href|src)="(\/assets\/[^"]+\.(?:wasm|js|css))"/g)].map(([, path]) => path));
  for (const path of paths) {
    if (!path.includes("/start-")) continue;
    const script = (await bytes(hark + path, {})).body.toString();
    for (const [, name] of script.matchAll(/"\.\/([^"]+\.(?:wasm|js))"/g)) paths.add(`/assets/${name}`);
  }
  const weighed = {};
  for (const path of paths) {
    const { coding, body } = await bytes(hark + path, { "accept-encoding": "br" });
    if (coding !== "br") throw new Error(`${path} is not served in brotli`);
    weighed[path.replace(/^.*\/(.*)-[0-9a-f]{8}\./, "$1.")] = body.length;
  }
  return weighed;
}

/** The body as it travels. Not `fetch`, which unpacks it. */
function bytes(address, headers) {
  return new Promise((done, fails) => {
    const asked = get(address, { headers }, async (answer) => {
      if (answer.statusCode !== 200) fails(new Error(`${address} answers ${answer.statusCode}`));
      const pieces = [];
      for await (const piece of answer) pieces.push(piece);
      done({ coding: answer.headers["content-encoding"], body: Buffer.concat(pieces) });
    });
    asked.on("error", fails);
  });
}
