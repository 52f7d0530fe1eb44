"""The templates of docs/deploy.md are what systemd, nginx and Caddy read; and a question gets through nginx."""

import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.web.processes import PATIENCE, ROOT, Running, running

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
TEMPLATES: list[str] = re.findall(r"```\w*\n(.*?)```", (ROOT / "docs" / "deploy.md").read_text(encoding="utf-8"), re.DOTALL)


def template(words: str) -> str:
    [found] = [text for text in TEMPLATES if words in text]
    return found


def accepted(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd here")
def test_systemd_takes_the_unit(tmp_path: Path) -> None:
    unit = tmp_path / "faqtual@8001.service"
    unit.write_text(template("[Service]").replace("/opt/faqtual/.venv/bin/faqtual", sys.executable), encoding="utf-8")
    accepted("systemd-analyze", "verify", str(unit))


@pytest.mark.skipif(shutil.which("caddy") is None, reason="there is no Caddy here")
def test_caddy_takes_its_file(tmp_path: Path) -> None:
    file = tmp_path / "Caddyfile"
    file.write_text(template("reverse_proxy"), encoding="utf-8")
    accepted("caddy", "validate", "--adapter", "caddyfile", "--config", str(file))


@pytest.mark.skipif(NGINX is None, reason="there is no nginx here")
def test_a_question_gets_through_nginx(tmp_path: Path) -> None:
    limited = {"FAQTUAL_PROXIES": "1", "FAQTUAL_RATE_LIMIT": "1/minute"}
    command = ("web.commands", "serve", "--port", "0", "--data", str(tmp_path / "data"))
    with running(*command, cwd=tmp_path, **limited) as server, nginx(tmp_path, server.port) as port:
        proxied = Running(server.process, port, server.opened)
        assert proxied.ask("hello")["outcome"] == "small_talk"
        assert proxied.ask("hello")["status"] == 429
        assert proxied.get("/metrics")[0] == 403


@contextmanager
def nginx(folder: Path, behind: int) -> Iterator[int]:
    """The port at which nginx passes on, without HTTPS, what comes for a server at `behind`."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    site = re.sub(r"\n *ssl_certificate\w* [^\n]*", "", template("proxy_pass"))
    site = site.replace("listen 443 ssl", f"listen 127.0.0.1:{port}").replace("    server 127.0.0.1:8002;\n", "")
    site = site.replace("127.0.0.1:8001", f"127.0.0.1:{behind}")
    config = folder / "nginx.conf"
    log = f"pid {folder}/pid;\nerror_log {folder}/log;\nevents {{}}\n"
    config.write_text(f"{log}http {{\naccess_log off;\n{site}}}\n", encoding="utf-8")
    process = subprocess.Popen([NGINX or "", "-c", str(config), "-g", "daemon off;"], stderr=subprocess.DEVNULL)
    try:
        _until_listening(port)
        yield port
    finally:
        process.terminate()
        process.wait(PATIENCE)


def _until_listening(port: int) -> None:
    end = time.monotonic() + PATIENCE
    while True:
        with socket.socket() as client:
            if client.connect_ex(("127.0.0.1", port)) == 0:
                return
        assert time.monotonic() < end
        time.sleep(0.05)
