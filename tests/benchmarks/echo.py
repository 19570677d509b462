"""The reference: a bare ASGI application on the same uvicorn, the same loop and the same TLS, that echoes the body.

echo.py PORT CERT_FILE KEY_FILE
"""

import asyncio
import sys

import uvicorn
import uvloop


async def echo(_scope, receive, send):
    body = b""
    while True:
        message = await receive()
        body += message.get("body", b"")
        if not message.get("more_body"):
            break
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def main():
    port, cert, key = sys.argv[1:]
    config = uvicorn.Config(
        echo,
        port=int(port),
        ssl_certfile=cert,
        ssl_keyfile=key,
        ssl_ciphers="DEFAULT",
        http="httptools",
        loop="none",
        lifespan="off",
        access_log=False,
        log_level="error",
        server_header=False,
    )
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(uvicorn.Server(config).serve())


if __name__ == "__main__":
    main()
