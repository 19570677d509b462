"""What the documents say is so."""

import re
import subprocess
from pathlib import Path

import pytest

from webhook.cli.main import main
from webhook.policy.catalogue import recipes, rules

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("deploy/**/*.md")])


@pytest.mark.parametrize("name", ["rules", "recipes"])
def test_the_generated_page_is_fresh(name, capsys):
    main([name, "--format", "markdown"])

    assert capsys.readouterr().out == (ROOT / "docs" / f"{name}.md").read_text(), "say make docs"


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_inside_the_repository_leads_somewhere(document):
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", document.read_text())

    assert [] == [link for link in links if not (document.parent / link).exists()]


def test_every_make_target_that_a_document_names_exists():
    makefile = (ROOT / "Makefile").read_text()
    targets = set(re.findall(r"^([a-z0-9-]+):", makefile, re.MULTILINE))

    named = {
        target
        for one in DOCUMENTS
        for target in re.findall(r"(?:^ {4}|`)make ([a-z0-9-]+)", one.read_text(), re.MULTILINE)
    }

    assert named
    assert named <= targets


def test_the_readme_names_codes_and_recipes_that_exist():
    readme = (ROOT / "README.md").read_text()

    codes = set(re.findall(r"IC\d{3}", readme)) - {"IC400"}

    assert codes <= set(rules())
    assert all(f"`{name}`" in readme for name in recipes())


def test_make_alone_prints_every_target_with_what_it_does():
    printed = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True).stdout

    for target in ("setup", "demo", "test", "check", "e2e", "bench", "docs"):
        assert re.search(rf"make {target} +\S", printed)


def test_no_requirement_names_where_it_comes_from():
    for file in (ROOT / "requirements").glob("*.txt"):
        text = file.read_text()

        assert "://" not in text
        assert "--hash=sha256:" in text
