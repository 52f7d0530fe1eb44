"""What the house looks like: which modules do input and output, and what the code must not know."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
OUTSIDE_WORLD = frozenset(("open", "os", "pathlib", "io", "socket", "sqlalchemy", "flask"))

# Modules and packages of `knowledge` and `bot` that may touch it. All others are core: what they work on are their arguments.
AT_THE_EDGE = (
    *("knowledge.archive", "knowledge.backup", "knowledge.child", "knowledge.database", "knowledge.drafts"),
    *("knowledge.editorial", "knowledge.erasure", "knowledge.folder", "knowledge.formats", "knowledge.index_files"),
    *("knowledge.loaders", "knowledge.locks", "knowledge.manifest", "knowledge.metadata", "knowledge.migrations"),
    *("knowledge.private", "knowledge.sandbox", "knowledge.schema", "knowledge.stamps", "knowledge.store"),
    *("knowledge.transactions", "knowledge.triage"),
    *("bot.edition", "bot.evaluation.packs", "bot.judges", "bot.publishing", "bot.resources", "bot.transcript"),
    *("bot.retrieval.embedded", "bot.retrieval.index", "bot.retrieval.neural"),
)

# What the sample and the documents it was developed with are about; the code works as well for any other subject.
SUBJECT = re.compile(
    r"\b(?:(?:micro-?)?needl\w*|skin|skincare|clinics?|collagen|elastin|derma\w*|facial|acne|wrinkles?|scar(?:s|ring)?|"
    r"an?aesthetics?|serums?|retinol|sunscreen|bikes?|bicycles?|cycling|helmets?|e-bikes?|kittiwake|docking)\b",
    re.IGNORECASE,
)
SOURCES = (".py", ".js", ".html", ".css", ".mako", ".toml")


def modules() -> Iterator[tuple[str, Path]]:
    for path in sorted([*ROOT.glob("knowledge/**/*.py"), *ROOT.glob("bot/**/*.py")]):
        yield ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"), path


def names_used(path: Path) -> set[str]:
    """Top-level packages that are imported and functions that are called by their bare name."""
    used = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            used |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            used.add((node.module or "").split(".")[0])
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            used.add(node.func.id)
    return used


def is_at_the_edge(module: str) -> bool:
    return any(module == edge or module.startswith(f"{edge}.") for edge in AT_THE_EDGE)


def test_the_core_touches_nothing_outside() -> None:
    touching = {name: names_used(path) & OUTSIDE_WORLD for name, path in modules() if not is_at_the_edge(name)}
    assert {name: names for name, names in touching.items() if names} == {}


def test_what_is_listed_is_there() -> None:
    names = [name for name, _ in modules()]
    assert [edge for edge in AT_THE_EDGE if edge not in names] == []


def test_the_import_contract_names_core_modules_that_are_there() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    (forbidding,) = (contract for contract in contracts if contract["type"] == "forbidden")
    names = [name for name, _ in modules()]
    assert [name for name in forbidding["source_modules"] if name not in names or is_at_the_edge(name)] == []


def test_the_code_knows_no_subject() -> None:
    sources = [path for folder in ("bot", "knowledge", "web") for path in (ROOT / folder).rglob("*") if path.suffix in SOURCES]
    code = [path for path in sources if "sample" not in path.relative_to(ROOT).parts]
    assert len(code) > len(AT_THE_EDGE)
    told = [f"{path.relative_to(ROOT)}: {found[0]}" for path in code for found in SUBJECT.finditer(path.read_text("utf-8"))]
    assert told == []


def test_the_sample_is_about_what_the_code_does_not_know() -> None:
    texts = [path.read_text("utf-8") for path in (ROOT / "knowledge" / "sample").glob("*.*")]
    assert len(texts) >= 5
    assert all(SUBJECT.search(text) for text in texts)
