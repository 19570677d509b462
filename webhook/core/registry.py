"""The folder is the registry: whatever module of a package defines the named constant is in it.

No list to edit and no decorator to remember; a rule or a recipe is found because its file is there.
"""

import importlib
import pkgutil
from collections.abc import Iterator
from types import ModuleType
from typing import TypeVar

Found = TypeVar("Found")


def modules_below(package: ModuleType) -> Iterator[ModuleType]:
    """Import and give every module below a package, in the order of their full names."""
    names = sorted(info.name for info in pkgutil.walk_packages(package.__path__, f"{package.__name__}."))
    for name in names:
        yield importlib.import_module(name)


def constants_below(package: ModuleType, name: str, kind: type[Found]) -> list[Found]:
    """Give the constant `name` of every module below a package that defines one of this kind."""
    found = (vars(module).get(name) for module in modules_below(package))
    return [constant for constant in found if isinstance(constant, kind)]


def text_beside(package: str, name: str) -> str:
    """Give the text of a file that lies beside a module, as a shell script beside its recipe does."""
    data = pkgutil.get_data(package, name)
    if data is None:
        raise ModuleNotFoundError(f"{name} is not installed beside {package}")
    return data.decode()
