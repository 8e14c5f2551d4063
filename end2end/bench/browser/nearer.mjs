// Looks at one place of a wave nearer and nearer, as near as can be, and sees which tiles are fetched for it.

const CLOSER = ".detail .wave-labels .end button:last-of-type";

/** Goes nearer until it ends. Gives how many tiles came, their weight, and how many of them show nothing that is in sight. */
export async function nearer(page) {
  let sight = await inSight(page);
  const tiles = { tiles: 0, bytes: 0, outside: 0 };
  const judged = [];
  const take = (answer) => {
    if (new URL(answer.url()).pathname.endsWith("/peaks")) judged.push(judge(answer));
  };
  const judge = async (answer) => {
    const asked = new URL(answer.url()).searchParams;
    const [from, to] = ["from", "to"].map((name) => Number(asked.get(name)) / 1000);
    tiles.tiles += 1;
    tiles.bytes += (await answer.buffer()).length;
    if (to <= sight.from || from >= sight.to) tiles.outside += 1;
  };
  page.on("response", take);
  while (await page.$(`${CLOSER}:not([aria-disabled=true])`)) {
    await page.click(CLOSER);
    sight = await inSight(page);
    // A look must last before anything is fetched for it.
    await page.waitForNetworkIdle({ idleTime: 300 });
    await Promise.all(judged);
  }
  page.off("response", take);
  return Object.fromEntries(Object.entries(tiles).map(([name, count]) => [`nearer/${name}`, [count]]));
}

/** The seconds that the wave shows. */
function inSight(page) {
  return page.$eval(".detail .wave-range", ({ min, max }) => ({ from: Number(min), to: Number(max) }));
}
