"""Runs what `onrecord init --ci HOST` writes, as the host would, and looks at what is then served below a path."""

import functools
import http.server
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import tomllib
import urllib.error
import urllib.request

import ruamel.yaml

BINARY, LINTER = pathlib.Path(sys.argv[1]), sys.argv[2]
STORY = """Harbour

Quay reopens after storm

Friday 14 November 2031, 5.20pm

PORT ANSEL — The quay reopened. “It will hold,” said Ingrid Marsh, the Harbour Minister.
"""


def run(command, folder, **environment):
    """A step in a shell of its own; onrecord is on the path, nothing of this machine's own settings is set."""
    path = f"{BINARY.parent}:{os.environ['PATH']}"
    given = {"PATH": path, "HOME": str(folder), "SOURCE_DATE_EPOCH": "1957000000", **environment}
    done = subprocess.run(["bash", "-euc", command], cwd=folder, env=given, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"FAILED: {command}\n{done.stdout}{done.stderr}")
    return done.stdout


def begin(folder, host):
    story = folder / "content/2031/11/14-quay.txt"
    story.parent.mkdir(parents=True)
    story.write_text(STORY)
    run(f"onrecord init --yes --ci {host} --base-url https://calder.example/", folder)


def read_yaml(path):
    return ruamel.yaml.YAML(typ="safe").load(path)


def lint(schema, path):
    done = subprocess.run([LINTER, "--builtin-schema", schema, str(path)], capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"FAILED: {path} is no {schema}\n{done.stdout}{done.stderr}")


def github(folder, address):
    """The steps of the build, in order, with the address that GitHub would give."""
    path = folder / ".github/workflows/publish.yml"
    lint("vendor.github-workflows", path)
    workflow = read_yaml(path)
    build = workflow["jobs"]["build"]
    for step in build["steps"]:
        # Every action is pinned to a version of its own.
        assert re.fullmatch(r"[\w-]+/[\w-]+@v\d+", step.get("uses", "a/b@v1")), step
        if "run" in step and "cargo install" not in step["run"]:
            given = {
                name: value.replace("${{ steps.pages.outputs.base_url }}", address.rstrip("/"))
                for name, value in step.get("env", {}).items()
            }
            run(step["run"], folder, **given)
    assert workflow["permissions"] == {"contents": "read"}
    assert workflow["jobs"]["deploy"]["needs"] == "build"


def gitlab(folder, address):
    """The job that GitLab publishes."""
    path = folder / ".gitlab-ci.yml"
    lint("vendor.gitlab-ci", path)
    pipeline = read_yaml(path)
    base, job = pipeline[".build"], pipeline["pages"]
    script = "\n".join(base["before_script"] + job["script"])
    run(script, folder, CARGO_HOME=str(folder / ".cargo"), CI_PAGES_URL=address.rstrip("/"))
    assert job["artifacts"]["paths"] == ["public/"]


def netlify(folder, address):
    settings = tomllib.loads((folder / "netlify.toml").read_text())
    run(settings["build"]["command"], folder, URL=address.rstrip("/"))
    run(settings["context"]["deploy-preview"]["command"], folder, DEPLOY_PRIME_URL=address.rstrip("/"))
    assert settings["build"]["publish"] == "public"
    assert (folder / "public/_headers").exists()


def cloudflare(folder, address):
    settings = tomllib.loads((folder / "wrangler.toml").read_text())
    assert settings["pages_build_output_dir"] == "public"
    command = re.search(r"Build command: (.*)", (folder / "wrangler.toml").read_text()).group(1)
    run(command, folder, CF_PAGES_URL=address.rstrip("/"))


def rsync(folder, address):
    """To a folder of this machine; what is gone here goes there, and a second time nothing is sent."""
    there = folder / "server"
    there.mkdir()
    run(f"sh publish/rsync.sh {address} {there}/", folder)
    (there / "stale.html").write_text("old")
    run(f"sh publish/rsync.sh {address} {there}/", folder)
    assert not (there / "stale.html").exists()
    assert (there / "index.html").read_bytes() == (folder / "public/index.html").read_bytes()


def s3(folder, address):
    """With a stand-in for the provider's own program, which takes down what it is asked."""
    stand_in = folder / "bin/aws"
    stand_in.parent.mkdir()
    stand_in.write_text("#!/bin/sh\necho \"$@\" >>asked\n")
    stand_in.chmod(0o755)
    run(f"PATH={stand_in.parent}:$PATH sh publish/s3.sh {address} s3://calder/archive", folder)
    asked = (folder / "asked").read_text().splitlines()
    assert [line.split()[:4] for line in asked] == [["s3", "sync", "public/", "s3://calder/archive"]] * 2, asked
    assert "--delete" not in asked[0] and "--delete" in asked[1]


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


def serve(folder):
    """Serves a folder; gives the port."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server.server_port


def walk(address):
    """Follows every address of the site from its home; says how many there are."""
    root = re.match(r"https?://[^/]+", address).group(0)
    seen, to_see = set(), [address]
    while to_see:
        here = to_see.pop()
        if here in seen:
            continue
        seen.add(here)
        try:
            with urllib.request.urlopen(here) as answer:
                words = answer.read().decode("utf-8", "replace") if "html" in answer.headers["content-type"] else ""
        except urllib.error.HTTPError as error:
            sys.exit(f"FAILED: {here}: {error}")
        for link in re.findall(r'(?:href|src)="([^"#?]+)', words):
            link = link if link.startswith("http") else root + link
            if link.startswith(root):
                if not link.startswith(address):
                    sys.exit(f"FAILED: {here} leads to {link}, which is not below {address}")
                to_see.append(link)
    return len(seen)


def own():
    """The project's own workflows."""
    here = pathlib.Path(__file__).resolve().parents[2]
    for path in sorted((here / ".github/workflows").glob("*.yml")):
        lint("vendor.github-workflows", path)
        print(f"{path.name}: sound")


def main():
    own()
    for host in [github, gitlab, netlify, cloudflare, rsync, s3]:
        with tempfile.TemporaryDirectory() as scratch:
            site, www = pathlib.Path(scratch, "site"), pathlib.Path(scratch, "www")
            site.mkdir()
            www.mkdir()
            address = f"http://127.0.0.1:{serve(www)}/archive/"
            begin(site, host.__name__)
            host(site, address)
            shutil.copytree(site / "public", www / "archive")
            print(f"{host.__name__}: published below a path, {walk(address)} addresses answered", flush=True)


main()
