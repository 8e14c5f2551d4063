// The sound of a recording's page plays and pauses already, from where it was left and as loud and fast as was chosen; the player
// goes on with it as it is, and tells why it does not play.
const html = document.documentElement;
const box = () => document.querySelector(".playback");
const sound = () => document.querySelector("[data-player]");
const asleep = () => !html.hasAttribute("data-hydrated");
const kept = (name) => {
  try {
    return localStorage.getItem(name) ?? "";
  } catch {
    return "";
  }
};
const load = (audio) => {
  const address = box().dataset.sound;
  const [speed, volume] = kept("hark-player").split(" ");
  audio.src = address;
  if (volume) [audio.defaultPlaybackRate, audio.playbackRate, audio.volume] = [speed / 100, speed / 100, volume / 100];
  const place = new RegExp(`\\b${address.split("/").at(-1)}:(\\d+)`).exec(kept("hark-places"));
  if (place) audio.currentTime = place[1] / 1000;
};
const show = ({ target }) => {
  if (!asleep() || target !== sound() || !box()) return;
  const button = box().querySelector("[data-kind=play]");
  const deed = target.paused || target.error ? "play" : "pause";
  button.setAttribute("aria-label", box().dataset[deed]);
  const use = button.querySelector("use");
  use.setAttribute("href", use.getAttribute("href").replace(/\w+$/, deed));
};
for (const event of ["play", "pause", "ended", "error"]) addEventListener(event, show, true);
addEventListener("click", ({ target }) => {
  if (!asleep() || !target.closest(".playback [data-kind=play]")) return;
  const audio = sound();
  if (!audio.src || audio.error) load(audio);
  if (audio.paused) audio.play().catch(() => {});
  else audio.pause();
});
// Waking keeps a browser busy: a sound that is about to begin has its turn first.
const sounding = async () => {
  const audio = sound();
  if (!audio?.src || audio.paused || audio.error || audio.readyState >= audio.HAVE_FUTURE_DATA) return;
  await new Promise((done) => {
    for (const event of ["playing", "pause", "error"]) audio.addEventListener(event, done, { once: true });
    setTimeout(done, 500);
  });
};
html.dataset.started = "";

// What one fills in meanwhile, and what a form was sent back with, the compiled half would overwrite with what it knows: it is
// remembered, put back, and told once more in its order, as if it were filled in then; before the page sees to what one does,
// where that comes first.
const early = new Map();
const remember = ({ target }) => {
  early.delete(target);
  early.set(target, [target.value, target.checked]);
};
addEventListener("input", remember, true);
const putBack = () => {
  removeEventListener("input", remember, true);
  for (const [field, [value, checked]] of early) {
    early.delete(field);
    if (!field.isConnected || field.type === "file") continue;
    field.value = value;
    field.checked = checked;
    for (const name of ["input", "change"]) field.dispatchEvent(new Event(name, { bubbles: true }));
  }
};

if (document.readyState === "loading") await new Promise((there) => addEventListener("DOMContentLoaded", there));
for (const target of document.querySelectorAll("[data-back]")) if (!early.has(target)) remember({ target });
// The page is whole without the compiled half, which comes once it has been seen: a narrow line carries what is looked at first.
if (!document.hidden) await new Promise((seen) => requestAnimationFrame(() => setTimeout(seen)));
await sounding();
try {
  const wasm = fetch(new URL("./WASM", import.meta.url));
  wasm.catch(() => {});
  const [{ default: init, hydrate, initSync }, { lend }] = await Promise.all([import("./GLUE"), import("./FETCHER")]);
  lend(initSync);
  await init({ module_or_path: wasm });
  await sounding();
  await hydrate(() => queueMicrotask(putBack));
} catch (error) {
  // What is there for where no script runs is of use here too, and goes on with what sounds.
  for (const plain of document.querySelectorAll("noscript")) plain.outerHTML = plain.textContent;
  const [own, audio] = [document.querySelector(".fallback"), sound()];
  if (own && audio.src) {
    own.src = audio.src;
    own.currentTime = audio.currentTime;
    if (!audio.paused) own.play();
    audio.removeAttribute("src");
    audio.load();
  }
  throw error;
}
await new Promise((settled) => setTimeout(settled));
putBack();
