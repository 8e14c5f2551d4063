import { defineConfig } from "@playwright/test";
import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const port = Number(process.env.HARK_TEST_PORT ?? 3977);
const target = process.env.CARGO_TARGET_DIR ?? join(import.meta.dirname, "..", "target");
const hark = join(target, "debug", "hark");
if (!existsSync(hark)) throw new Error(`${hark} is not there: run make test-browser`);

/** One demo company for all walks: they look and listen, and change nothing of it. */
const data = join(tmpdir(), `hark-end2end-${port}`);

export default defineConfig({
  testDir: "walks",
  outputDir: "test-results",
  snapshotPathTemplate: "{testDir}/{testFileName}-snapshots/{arg}{ext}",
  fullyParallel: true,
  workers: 2,
  forbidOnly: !!process.env.CI,
  retries: 0,
  timeout: 60_000,
  reporter: process.env.CI ? [["list"]] : [["list"], ["html", { open: "never" }]],
  use: {
    baseURL: `http://127.0.0.1:${port}`,
    viewport: { width: 1440, height: 900 },
    locale: "sv-SE",
    timezoneId: "Europe/Stockholm",
    // It slows each walk by a third, and nobody opens one that lies on another machine.
    trace: process.env.CI ? "off" : "retain-on-failure",
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
      args: [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync", "--autoplay-policy=no-user-gesture-required",
      ],
    },
  },
  webServer: {
    command: `rm -rf ${data} && ${hark} --data-dir ${data} demo load && exec ${hark} --data-dir ${data} serve --listen 127.0.0.1:${port}`,
    url: `http://127.0.0.1:${port}/healthz`,
    reuseExistingServer: false,
    timeout: 60_000,
    stdout: "pipe",
  },
});
