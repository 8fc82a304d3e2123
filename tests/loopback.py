"""A server on this computer alone that remembers every connection: what opens a file must not call anybody."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def listening() -> Iterator[tuple[str, list[bytes]]]:
    """The address of the server, such as http://127.0.0.1:4711, and what has been asked of it so far."""
    asked: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        is_over = threading.Event()

        def answer() -> None:
            while True:
                connection, _ = server.accept()
                if is_over.is_set():
                    connection.close()
                    return
                with connection:
                    connection.settimeout(2)
                    try:
                        asked.append(connection.recv(500))
                        connection.sendall(b"HTTP/1.0 404 Not Found\r\nContent-Length: 0\r\n\r\n")
                    except OSError:
                        asked.append(b"a connection")

        thread = threading.Thread(target=answer, daemon=True)
        thread.start()
        host, port = server.getsockname()
        try:
            yield f"http://{host}:{port}", asked
        finally:
            is_over.set()
            socket.create_connection((host, port)).close()
            thread.join()
