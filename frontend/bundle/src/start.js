// The sound of a recording's page plays and pauses already, from where it was left and as loud and fast as was chosen; the player
// goes on with it as it is, and tells why it does not play.
const html = document.documentElement;
const sound = document.querySelector("[data-player]");
const box = document.querySelector(".playback");
const asleep = () => !html.hasAttribute("data-hydrated");
const kept = (name) => {
  try {
    return localStorage.getItem(name) ?? "";
  } catch {
    return "";
  }
};
const load = () => {
  const address = box.dataset.sound;
  const [speed, volume] = kept("hark-player").split(" ");
  sound.src = address;
  if (volume) [sound.defaultPlaybackRate, sound.playbackRate, sound.volume] = [speed / 100, speed / 100, volume / 100];
  const place = new RegExp(`\\b${address.split("/").at(-1)}:(\\d+)`).exec(kept("hark-places"));
  if (place) sound.currentTime = place[1] / 1000;
};
const show = () => {
  if (!asleep()) return;
  const button = box.querySelector("[data-kind=play]");
  const deed = sound.paused || sound.error ? "play" : "pause";
  button.setAttribute("aria-label", box.dataset[deed]);
  const use = button.querySelector("use");
  use.setAttribute("href", use.getAttribute("href").replace(/\w+$/, deed));
};
if (box) {
  for (const event of ["play", "pause", "ended", "error"]) sound.addEventListener(event, show);
  addEventListener("click", ({ target }) => {
    if (!asleep() || !target.closest(".playback [data-kind=play]")) return;
    if (!sound.src || sound.error) load();
    if (sound.paused) sound.play().catch(() => {});
    else sound.pause();
  });
}
html.dataset.started = "";

// What one fills in meanwhile, and what a form was sent back with, the compiled half would overwrite with what it knows: it is
// remembered, put back, and told once more in its order, as if it were filled in then; before the page sees to what one does,
// where that comes first.
const early = new Map();
const remember = ({ target }) => {
  early.delete(target);
  early.set(target, [target.value, target.checked]);
};
for (const target of document.querySelectorAll("[data-back]")) remember({ target });
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

// The page is whole without the compiled half, which comes once it has been seen: a narrow line carries what is looked at first.
if (!document.hidden) await new Promise((seen) => requestAnimationFrame(() => setTimeout(seen)));
try {
  const wasm = fetch(new URL("./WASM", import.meta.url));
  wasm.catch(() => {});
  const [{ default: init, hydrate, initSync }, { lend }] = await Promise.all([import("./GLUE"), import("./FETCHER")]);
  lend(initSync);
  await init({ module_or_path: wasm });
  await hydrate(() => queueMicrotask(putBack));
} catch (error) {
  // What is there for where no script runs is of use here too, and goes on with what sounds.
  for (const plain of document.querySelectorAll("noscript")) plain.outerHTML = plain.textContent;
  const own = document.querySelector(".fallback");
  if (own && sound.src) {
    own.src = sound.src;
    own.currentTime = sound.currentTime;
    if (!sound.paused) own.play();
    sound.removeAttribute("src");
    sound.load();
  }
  throw error;
}
await new Promise((settled) => setTimeout(settled));
putBack();
