import AxeBuilder from "@axe-core/playwright";
import { type BrowserContext, type BrowserContextOptions, type Locator, type Page, expect, test as base } from "@playwright/test";
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

export const PASSWORD = "Lingon-2026!";
export const EVERYONE = "erik.almhojd@lingonkullen.example";
export const OWN = "pelle.persson@lingonkullen.example";
export const SOME = "karin.lindqvist@lingonkullen.example";

/** Every walk fails when the browser's console has complained. */
export const test = base.extend<{ quiet: void }>({
  quiet: [
    async ({ page }, use) => {
      const complaints: string[] = [];
      listen(page, complaints);
      await use();
      expect(complaints, "the console complains").toEqual([]);
    },
    { auto: true },
  ],
});

function listen(page: Page, complaints: string[]): void {
  page.on("console", (message) => {
    // What the walk provokes on purpose is the browser's own note of an answer's status.
    const own = /Failed to load resource: the server responded with a status of 4\d\d/.test(message.text());
    if (["error", "warning"].includes(message.type()) && !own) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
}

export { expect };

/** The browsers in which no code runs: there a page is all it will be as soon as it is there. */
const plain = new WeakSet<BrowserContext>();

/** The page has been taken over by the compiled code. */
export async function awake(page: Page): Promise<void> {
  if (plain.has(page.context())) return page.waitForLoadState();
  await page.locator("html[data-hydrated]").waitFor({ state: "attached", timeout: 20_000 });
}

export const LANGUAGES = ["sv", "en"] as const;
export type Language = (typeof LANGUAGES)[number];

/** The product's own words: what a test clicks is what a person reads. */
export function words(language: Language, file: string): Record<string, string> {
  return JSON.parse(readFileSync(join(import.meta.dirname, "../../app/locales", language, `${file}.json`), "utf8"));
}

/** A phrase with its gaps filled. */
export function fill(phrase: string, values: Record<string, string> = {}): string {
  return phrase.replace(/\{\{ (\w+) \}\}/g, (gap, name) => values[name] ?? gap);
}

export async function speak(page: Page, language: Language): Promise<void> {
  await page.context().addCookies([{ name: "locale", value: language, domain: "127.0.0.1", path: "/" }]);
}

export async function signIn(page: Page, email: string, path = "/recordings", language: Language = "sv"): Promise<void> {
  await speak(page, language);
  await page.goto(`/signin?next=${encodeURIComponent(path)}`);
  await awake(page);
  await enter(page, email, PASSWORD, language);
  await page.waitForURL((url) => url.pathname + url.search === path);
  await awake(page);
}

/** Opens a page that does not wake before it is let to, since something that it fetches is held. Returns what lets it. */
export async function asleep(page: Page, path: string, lacking = "**/start-*.js"): Promise<() => Promise<void>> {
  let wake = (): void => undefined;
  const held = new Promise<void>((resolve) => (wake = resolve));
  await page.route(lacking, async (route) => {
    await held;
    await route.continue();
  });
  await page.goto(path, { waitUntil: "commit" });
  return () => {
    wake();
    return awake(page);
  };
}

/** Fills in the form at the door and sends it. */
export async function enter(page: Page, email: string, password: string, language: Language): Promise<void> {
  const field = words(language, "fields");
  await page.getByLabel(field.email).fill(email);
  await page.getByLabel(field.password, { exact: true }).fill(password);
  await page.getByRole("button", { name: words(language, "account").submit, exact: true }).click();
}

/**
 * How a walk ends: the page is what it was, as those hear it who do not see it, and nothing in it is out of reach.
 * `make snapshots` writes them anew.
 */
export async function ends(page: Page, name: string, language: Language, where: Locator = page.locator("main")): Promise<void> {
  await expect(where).toMatchAriaSnapshot({ name: `${name}.${language}.aria.yml` });
  await accessible(page);
}

/** No violation of WCAG 2.2 A and AA nor of best practice, contrast included. */
export async function accessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const told = violations.map((v) => `${v.id}: ${v.help}\n  ${v.nodes.map((n) => n.html + "\n    " + n.failureSummary).join("\n  ")}`);
  expect(told, `${page.url()}`).toEqual([]);
}

/** A walk that changes things has a Hark of its own, and as many browsers as it likes. */
export const own = test.extend<
  { demo: boolean; hark: Hark; another: (options?: BrowserContextOptions) => Promise<Page> },
  { company: () => string }
>({
  /** The demo company's folder, made once and copied for each walk. */
  company: [
    async ({}, use) => {
      const folder = mkdtempSync(join(tmpdir(), "hark-company-"));
      let loaded = false;
      await use(() => {
        if (!loaded) execFileSync(Hark.binary, ["--data-dir", folder, "demo", "load"]);
        loaded = true;
        return folder;
      });
      rmSync(folder, { recursive: true });
    },
    { scope: "worker" },
  ],
  /** Whether the demo company works there; else nobody has taken it into use yet. */
  demo: [true, { option: true }],
  hark: async ({ demo, company }, use, info) => {
    const folder = mkdtempSync(join(tmpdir(), "hark-walk-"));
    if (demo) cpSync(company(), folder, { recursive: true });
    const hark = await Hark.start(folder);
    await use(hark);
    await hark.stop();
    if (info.status !== info.expectedStatus) await info.attach("server", { body: hark.said });
    rmSync(folder, { recursive: true });
  },
  baseURL: async ({ hark }, use) => use(hark.url),
  context: async ({ context, javaScriptEnabled }, use) => {
    if (!javaScriptEnabled) plain.add(context);
    await use(context);
  },
  another: async ({ browser, javaScriptEnabled }, use) => {
    const contexts: BrowserContext[] = [];
    const complaints: string[] = [];
    await use(async (options = {}) => {
      const context = await browser.newContext(options);
      contexts.push(context);
      if (!(options.javaScriptEnabled ?? javaScriptEnabled)) plain.add(context);
      const page = await context.newPage();
      listen(page, complaints);
      return page;
    });
    for (const context of contexts) await context.close();
    expect(complaints, "the console of another browser complains").toEqual([]);
  },
});

/** A letter that has left the house. */
export interface Letter {
  to: string;
  subject: string;
  text: string;
  html: string;
}

/** A Hark of a walk's own. */
export class Hark {
  static readonly binary = join(process.env.CARGO_TARGET_DIR ?? join(import.meta.dirname, "../../target"), "debug", "hark");
  /** What the server has said; worth reading when a walk has failed. */
  said = "";

  private constructor(
    readonly folder: string,
    readonly url: string,
    private server: ChildProcess,
  ) {
    for (const voice of [server.stdout!, server.stderr!]) voice.on("data", (words) => (this.said += words));
  }

  static async start(folder: string, port?: number): Promise<Hark> {
    const listen = `127.0.0.1:${port ?? (await freePort())}`;
    const server = spawn(Hark.binary, ["--data-dir", folder, "serve", "--listen", listen]);
    const hark = new Hark(folder, `http://${listen}`, server);
    await new Promise<void>((listens, fails) => {
      server.on("exit", () => fails(new Error(`Hark has ended: ${hark.said}`)));
      server.stdout.on("data", () => hark.said.includes(`Hark listens on ${hark.url}`) && listens());
    });
    return hark;
  }

  async stop(): Promise<void> {
    const ended = new Promise((done) => this.server.on("exit", done));
    if (this.server.exitCode === null) {
      this.server.kill("SIGKILL");
      await ended;
    }
  }

  /** Ends at once, as when the power goes, and starts again at the same address. */
  async restart(): Promise<void> {
    await this.stop();
    this.server = (await Hark.start(this.folder, Number(new URL(this.url).port))).server;
  }

  /** Runs a command beside the server. Returns what it prints. */
  run(words: string[], input = ""): string {
    return execFileSync(Hark.binary, ["--data-dir", this.folder, ...words], { input, encoding: "utf8" }).trim();
  }

  /** Makes all links so many hours older, which to them is as if the clock were moved. */
  letLinksAge(hours: number): void {
    const age = "update share set created_at = created_at - :ms, until = until - :ms";
    const script = `import sqlite3, sys
with sqlite3.connect(sys.argv[1], timeout=10) as db: db.execute("${age}", {"ms": int(sys.argv[2])})`;
    execFileSync("python3", ["-c", script, join(this.folder, "hark.db"), String(hours * 3_600_000)]);
  }

  /** The letters that lie in the folder, oldest first; to one address where one is named. */
  letters(to?: string): Letter[] {
    const found = this.files().map((file) => parse(readFileSync(file)));
    return found.filter((letter) => !to || letter.to === to);
  }

  /** Waits for a letter and takes it out of the folder, so that the next of its kind is another one. */
  async letter(to: string, subject: string): Promise<Letter> {
    await expect.poll(() => this.letters(to).map((letter) => letter.subject), { timeout: 15_000 }).toContain(subject);
    for (const file of this.files()) {
      const letter = parse(readFileSync(file));
      if (letter.to === to && letter.subject === subject) {
        rmSync(file);
        return letter;
      }
    }
    throw new Error(`nobody but this walk takes letters: ${subject}`);
  }

  private files(): string[] {
    const box = join(this.folder, "mail");
    // A letter that is not whole yet has a dot before its name.
    const names = existsSync(box) ? readdirSync(box).filter((name) => !name.startsWith(".")) : [];
    return names.sort().map((name) => join(box, name));
  }
}

function freePort(): Promise<number> {
  return new Promise((done, fails) => {
    const probe = createServer();
    probe.on("error", fails);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => done(port));
    });
  });
}

/** The link to a page of ours on which a password is chosen, as it stands in the text and in the HTML. */
export function passwordLink(letter: Letter): string {
  const link = letter.text.match(/^http:\S+\/set-password\/\S+$/m)![0];
  expect(letter.html).toContain(`href="${link}"`);
  return link;
}

/** What Hark's letters need of MIME: folded headers, words in UTF-8, parts in quoted-printable. */
function parse(bytes: Buffer): Letter {
  const [head, body] = halves(bytes.toString("latin1"));
  const parts = body.split(`--${/boundary="?([^";\r\n]+)/.exec(head)![1]}`).map((part) => halves(part.trimStart()));
  const part = (kind: string) => unquoted(parts.find(([about]) => about.includes(kind))![1]);
  return { to: header(head, "To"), subject: header(head, "Subject"), text: part("text/plain"), html: part("text/html") };
}

function halves(text: string): [string, string] {
  const at = text.indexOf("\r\n\r\n");
  return [text.slice(0, at), text.slice(at + 4)];
}

function header(head: string, name: string): string {
  const line = new RegExp(`^${name}: (.*(?:\r\n[ \t].*)*)`, "im").exec(head)![1];
  return line
    .replace(/\r\n[ \t]/g, " ")
    .replace(/\?= +=\?/g, "?==?")
    .replace(/=\?utf-8\?([bq])\?(.*?)\?=/gi, (_, kind, word) =>
      kind.toLowerCase() === "b" ? Buffer.from(word, "base64").toString() : unquoted(word.replaceAll("_", " ")),
    );
}

function unquoted(text: string): string {
  const bytes = text.replace(/=\r\n/g, "").replace(/=([0-9A-F]{2})/g, (_, code) => String.fromCharCode(parseInt(code, 16)));
  return Buffer.from(bytes, "latin1").toString().replaceAll("\r\n", "\n");
}
