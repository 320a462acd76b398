"""A push service that costs as little as can be: takes every message with 201 and keeps the last one of each address.

`POST /p/<n>` takes one, `GET /p/<n>` hands it back. It prints its port and runs until it is ended.
"""

import asyncio

import httptools
import uvloop

TAKEN = b"HTTP/1.1 201 Created\r\nLocation: /m/1\r\nContent-Length: 0\r\n\r\n"


class Service(asyncio.Protocol):
    kept: dict[bytes, bytes] = {}  # noqa: RUF012 — of all connections

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport
        self._parser = httptools.HttpRequestParser(self)

    def data_received(self, data: bytes) -> None:
        self._parser.feed_data(data)

    def on_message_begin(self) -> None:
        self._url, self._body = b"", b""

    def on_url(self, url: bytes) -> None:
        self._url += url

    def on_body(self, body: bytes) -> None:
        self._body += body

    def on_message_complete(self) -> None:
        if self._parser.get_method() == b"POST":
            self.kept[self._url] = self._body
            self._transport.write(TAKEN)
        else:
            body = self.kept.get(self._url, b"")
            self._transport.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body))


async def main() -> None:
    server = await asyncio.get_running_loop().create_server(Service, "127.0.0.1", 0, backlog=2048)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    uvloop.run(main())
