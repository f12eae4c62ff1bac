"""A sign-in provider of our own (OpenID Connect), on loopback, for tests: whoever asks is let in as the person who was named last."""

from __future__ import annotations

import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT = "regulars-tests"


class Provider:
    """The provider: where it is, and who comes next."""

    def __init__(self, address: str) -> None:
        self.address, self.next_person = address, ""
        self.key = RSAKey.generate_key(2048, {"kid": "1", "use": "sig", "alg": "RS256"})
        self.granted: dict[str, tuple[str, str]] = {}

    def configuration(self) -> dict:
        return {
            "issuer": self.address,
            "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token",
            "jwks_uri": f"{self.address}/jwks",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
        }

    def let_in(self, asked: dict[str, list[str]]) -> str:
        """Where the browser goes on to."""
        code = secrets.token_urlsafe(8)
        self.granted[code] = (self.next_person, asked.get("nonce", [""])[0])
        return f"{asked['redirect_uri'][0]}?{urlencode({'code': code, 'state': asked['state'][0]})}"

    def token(self, code: str) -> dict:
        person, nonce = self.granted.pop(code)
        now = int(time.time())
        claims = {
            "iss": self.address, "aud": CLIENT, "sub": person, "email": f"{person}@example.com", "nonce": nonce, "iat": now, "exp": now + 600,
        }  # fmt: skip
        signed = jwt.encode({"alg": "RS256", "kid": "1"}, claims, self.key)
        return {"access_token": "x", "token_type": "Bearer", "expires_in": 600, "id_token": signed}


@contextmanager
def provider() -> Iterator[Provider]:
    """A provider for the time of the block."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path, asked = urlsplit(self.path).path, parse_qs(urlsplit(self.path).query)
            if path == "/authorize":
                self.send_response(302)
                self.send_header("Location", serving.let_in(asked))
                self.end_headers()
            else:
                known = {
                    "/.well-known/openid-configuration": serving.configuration,
                    "/jwks": lambda: {"keys": [serving.key.as_dict(private=False)]},
                }
                self._answer(known[path]())

        def do_POST(self) -> None:
            told = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            self._answer(serving.token(told["code"][0]))

        def _answer(self, told: dict) -> None:
            body = json.dumps(told).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    serving = Provider(f"http://127.0.0.1:{server.server_port}")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield serving
    finally:
        server.shutdown()
        server.server_close()


def secrets_toml(at: Provider, app: str) -> str:
    """The secrets of a server at this address that lets people in by this provider."""
    return (
        f'[auth]\nredirect_uri = "{app}/oauth2callback"\ncookie_secret = "{secrets.token_hex(32)}"\n'
        f'client_id = "{CLIENT}"\nclient_secret = "secret"\n'
        f'server_metadata_url = "{at.address}/.well-known/openid-configuration"\n'
    )
