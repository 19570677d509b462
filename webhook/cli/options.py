"""The options that several commands share: said once, spelled the same everywhere."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from webhook.core.version import DEFAULT_MINOR

HELP_OPTIONS = {"help_option_names": ["-h", "--help"]}

Files = Annotated[
    list[str],
    typer.Argument(metavar="FILE…", help="Manifests: YAML or JSON files, folders of them, or - for standard input."),
]
Policies = Annotated[
    list[Path] | None,
    typer.Option("--policy", metavar="PATH", envvar="PROLOGUE_POLICY", help="Policy file or folder; may be repeated."),
]
KubernetesVersion = Annotated[
    str | None,
    typer.Option(
        "--kubernetes-version",
        metavar="1.N",
        envvar="PROLOGUE_KUBERNETES_VERSION",
        help=f"The Kubernetes version whose verdict is asked for. [default: 1.{DEFAULT_MINOR}, or the policy's]",
        show_default=False,
    ),
]
Namespace = Annotated[
    str,
    typer.Option("--namespace", "-n", metavar="NAME", help="The namespace of manifests that name none, as kubectl -n."),
]
Output = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar="FILE", help="Write the result to a file instead of standard output."),
]
Select = Annotated[
    list[str] | None,
    typer.Option(
        "--select",
        metavar="CODE",
        help="Show only these codes, families or prefixes (IC103, IC3); or bring in the tier recommended or strict. May repeat.",
    ),
]
Ignore = Annotated[
    list[str] | None,
    typer.Option("--ignore", metavar="CODE", help="Leave out these codes, families or prefixes. May repeat."),
]
Jobs = Annotated[
    int | None,
    typer.Option(
        "--jobs",
        "-j",
        metavar="N",
        min=1,
        envvar="PROLOGUE_JOBS",
        help="How many processes share the work. [default: one a core, where there is enough of it]",
        show_default=False,
    ),
]
CatalogueFormat = Annotated[
    Literal["text", "json", "markdown"], typer.Option("--format", "-f", help="How the catalogue is written.")
]
