// Watches a page from its very beginning, whoever has made it: when the frame with its wave is painted, and when its sound has moved.

/** How a listener begins: as soon as there is something to press, once the page is awake, or in a list. A peer begins itself. */
const presses = {
  // Who presses too early presses again.
  first: () =>
    whenThere(".transport [data-kind=play]", function press(button) {
      if (document.querySelector("[data-player]")?.src) return;
      button.click();
      requestAnimationFrame(() => press(button));
    }),
  awake: () => whenThere("html[data-hydrated] .transport [data-kind=play]", (button) => button.click()),
  // In a list in which nothing is left to do.
  row: (id) => whenThere(`html[data-hydrated] .calls .play [href*="/${id}"]`, (link) => requestIdleCallback(() => press(link))),
  itself: () => {},
};

/** What `seen` of the page holds in the end: milliseconds since the navigation began. */
export async function watch(page, press, id) {
  await page.evaluateOnNewDocument(stopwatch);
  await page.evaluateOnNewDocument(presses[press], id);
}

/** Runs in the page, before anything of its own. */
function stopwatch() {
  const seen = (window.seen = {});
  window.whenThere = (selector, then) => {
    const look = () => {
      const found = document.querySelector(selector);
      if (found) then(found);
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  };
  window.press = (link) => {
    performance.mark("asked");
    link.click();
  };
  // What observes a size is called when a frame has been laid out, just before it is painted.
  const painted = (wave) => new ResizeObserver(() => (seen.painted ??= performance.now())).observe(wave);
  window.whenThere(".detail .wave-svg:has(path[d*=M]), [data-drawn]", painted);
  // A sound may play that is in no document.
  const { play } = HTMLMediaElement.prototype;
  HTMLMediaElement.prototype.play = function () {
    const look = () => {
      if (this.currentTime > 0 && this.readyState >= HTMLMediaElement.HAVE_FUTURE_DATA) {
        seen.sounds ??= performance.now();
        seen.audio = this;
      } else requestAnimationFrame(look);
    };
    look();
    return play.call(this);
  };
}
