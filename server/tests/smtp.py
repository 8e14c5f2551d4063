"""A mail server for the tests: real SMTP, and as unhelpful as it is told to be.

smtp.py FOLDER MODE: prints its port and lays what it takes into FOLDER. MODE is `take`, `refuse` (no receiver is good
enough), `greylist` (each receiver is turned away the first time), `hang` (takes a letter in and never says so) or `lose` (keeps
the first letter and never says so).
"""

import asyncio
import sys
from pathlib import Path

from aiosmtpd.smtp import SMTP


class Handler:
    def __init__(self, folder: Path, mode: str) -> None:
        self.folder, self.mode = folder, mode
        self.met: set[str] = set()
        self.count = 0

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.mode == "refuse":
            return "550 5.1.1 nobody of that name here"
        if self.mode == "greylist" and address not in self.met:
            self.met.add(address)
            return "451 4.7.1 come back later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if self.mode == "hang":
            await asyncio.Event().wait()
        self.count += 1
        unfinished = self.folder / f".{self.count}"
        unfinished.write_bytes(envelope.content)
        unfinished.rename(self.folder / f"{self.count:03}.eml")
        if self.mode == "lose" and self.count == 1:
            await asyncio.Event().wait()
        return "250 taken"


async def main() -> None:
    handler = Handler(Path(sys.argv[1]), sys.argv[2])
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(handler, loop=loop), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


asyncio.run(main())
