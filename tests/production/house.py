"""The services of docker-compose.yml as processes of this machine, each by its own command."""

import json
import os
import re
import shutil
import sys
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta

import psycopg2
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from launcher import packages
from launcher.places import free_port, prepare_data_dir
from launcher.postgres import binaries
from launcher.processes import Child, end
from launcher.services import Services

from tests.production import reading
from tests.production.caller import Caller
from tests.production.processes import HOST, ROOT, environment, run

DEPLOY = ROOT / "deploy"
SECONDS = 60


class House:
    """Made like the first start of an installation; `image` is the folder of the product."""

    def __init__(self, folder, image):
        self.folder = prepare_data_dir(folder)
        self.image = image
        self.services = Services(self.folder, throw_away=True)
        self.web, self.http, self.https = (free_port("127.0.0.1") for _ in range(3))
        self.children = []
        self.seed = {}

    def start(self):
        self.services.start()
        self._make_database()
        self._run("prepare")
        self.seed = self._seeded()
        for name in ("web", "worker", "scheduler"):
            self.start_part(name)
        self._start_front()
        self.until_healthy()

    def stop(self):
        end(self.children, 8)
        for child in self.children:
            sys.stdout.write(f"--- {child.name}\n{child.last_lines(30)}\n")
        self.services.stop()

    def start_part(self, name):
        command = [sys.executable, *self._command(name)[1:]]
        self._start(name, command, self.image, self._env())

    def until_healthy(self):
        """As nginx's own healthcheck asks."""
        deadline = time.monotonic() + SECONDS
        while not self._is_healthy():
            assert time.monotonic() < deadline, "the house did not come to life"
            time.sleep(0.2)

    def caller(self, address="127.0.0.1"):
        """Somebody at another machine, to be told by `address`."""
        return Caller(HOST, self.https, self.tls / "fullchain.pem", address)

    def alive(self, part):
        """The healthcheck of a service, run as it is."""
        check = reading.compose()["services"][part]["healthcheck"]["test"]
        return run(check[1:], self._env(), cwd=self.image).returncode == 0

    def log(self, name):
        return (self.folder / "logs" / f"{name}.log").read_text(errors="replace")

    def events(self):
        """The downloads that were written down, in order."""
        ask = "SELECT details FROM activity_event WHERE verb = 'attachment.download' ORDER BY id"
        with closing(psycopg2.connect(self.database)) as line, line.cursor() as cursor:
            cursor.execute(ask)
            return [details for (details,) in cursor.fetchall()]

    @property
    def tls(self):
        return self.folder / "tls"

    def _make_database(self):
        """By the script that the container runs, which makes an account without power."""
        sockets = str(self.services.postgres.sockets)
        path = f"{binaries()}{os.pathsep}{os.environ['PATH']}"
        env = {"PATH": path, "PGHOST": sockets, "DATABASE_PASSWORD": "a'b\"c"}
        made = run(["sh", str(DEPLOY / "postgres.sh")], env)
        assert made.returncode == 0, made.stderr
        self.database = f"postgresql://office@/office?host={sockets}"

    def _env(self):
        """What compose gives to the product, with the addresses of this machine."""
        given = reading.compose()["services"]["web"]["environment"]
        known = {"SITE_HOST": HOST, "SECRET_KEY": "s" * 60, "DATABASE_PASSWORD": "x"}
        filled = {
            name: re.sub(r"\$\{(\w+)[^}]*\}", lambda found: known[found[1]], value)
            for name, value in given.items()
            if value is not None
        }
        ours = {"DATABASE_URL": self.database, "REDIS_URL": self.services.redis_url}
        ours |= {"DATA_DIR": self.folder, "PYTHONPATH": self.image / "bin"}
        return environment(self.folder, **filled | ours, WEB=f"127.0.0.1:{self.web}")

    def _command(self, name):
        places = {"0.0.0.0:8000": f"127.0.0.1:{self.web}"}
        places["/data/beat/schedule"] = str(self.folder / "schedule")
        command = reading.compose()["services"][name]["command"]
        return [places.get(word, word) for word in command]

    def _run(self, name):
        done = run(self._command(name), self._env(), cwd=self.image)
        assert done.returncode == 0, done.stderr

    def _seeded(self):
        sentence = "from tests.production import seed; seed.main()"
        command = ["python", "manage.py", "shell", "--no-imports", "-c", sentence]
        done = run(command, self._env())
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def _start(self, name, command, cwd, env):
        child = Child(name, self.folder, cwd=cwd)
        child.start(command, env)
        self.children = [*(one for one in self.children if one.name != name), child]

    def _start_front(self):
        nginx = packages.nginx()
        assert nginx, "no nginx: please install it (Debian: apt install nginx)"
        make_certificate(self.tls)
        run_folder = self.folder / "front"
        run_folder.mkdir()
        env = {
            "PATH": f"{os.environ['PATH']}{os.pathsep}{os.path.dirname(nginx)}",
            "SITE_HOST": HOST,
            "UPLOAD_LIMIT_MB": "50",
            "WEB": f"127.0.0.1:{self.web}",
            "DATA_DIR": str(self.folder),
            "TLS": str(self.tls),
            "RUN": str(run_folder),
            "HERE": str(DEPLOY),
            "HTTP_LISTEN": f"127.0.0.1:{self.http}",
            "HTTPS_LISTEN": f"127.0.0.1:{self.https}",
            # Files of these tests can be read by whoever runs them alone.
            "NGINX_GLOBALS": "user root;" if os.geteuid() == 0 else "",
        }
        self._start("nginx", [shutil.which("sh"), str(DEPLOY / "front.sh")], ROOT, env)

    def _is_healthy(self):
        try:
            return self.caller().ask("GET", "/healthz").status == 200
        except OSError:
            return False


def make_certificate(folder):
    """For HOST, signed by itself."""
    folder.mkdir()
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, HOST)])
    now = datetime.now(UTC)
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name)
    made = made.public_key(key.public_key()).serial_number(x509.random_serial_number())
    made = made.not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=2))
    made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
    whole = made.sign(key, hashes.SHA256())
    (folder / "fullchain.pem").write_bytes(whole.public_bytes(serialization.Encoding.PEM))
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    (folder / "privkey.pem").write_bytes(private)
