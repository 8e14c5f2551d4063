import { writeFileSync } from "node:fs";
import { join } from "node:path";

import type { Hark } from "./house.ts";

/** So many seconds in which the recorded person speaks, or the other, or nobody. */
export type Stretch = [seconds: number, recorded: boolean, other: boolean];

/** Writes an A-law file with the two sides of a call, hands it over, and gives the recording's number. */
export function call(hark: Hark, name: string, stretches: Stretch[]): string {
  const file = join(hark.folder, `${name}.wav`);
  writeFileSync(file, wav(Buffer.concat(stretches.map(stretch))));
  const facts = ["--call-id", name, "--direction", "incoming", "--start", "2020-03-16T10:07:18", "--extension", "a166947070"];
  return /\d{6,}/.exec(hark.run(["push", file, ...facts, "--other-number", "+46709214080"]))![0];
}

/** Speech is noise here: every sign of A-law, none of them silent for long. */
function stretch([seconds, recorded, other]: Stretch): Buffer {
  const second = Buffer.alloc(16_000, 0xd5);
  let state = 1;
  for (let at = 0; at < second.length; at++) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    if (at % 2 ? other : recorded) second[at] = (state >> 8) & 0xff;
  }
  return Buffer.alloc(seconds * second.length, second);
}

function wav(sound: Buffer): Buffer {
  const head = Buffer.alloc(44);
  head.write("RIFF", 0);
  head.writeUInt32LE(36 + sound.length, 4);
  head.write("WAVEfmt ", 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(6, 20);
  head.writeUInt16LE(2, 22);
  head.writeUInt32LE(8_000, 24);
  head.writeUInt32LE(16_000, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(8, 34);
  head.write("data", 36);
  head.writeUInt32LE(sound.length, 40);
  return Buffer.concat([head, sound]);
}
