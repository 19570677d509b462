"""What was found out of a script, kept: Pods of one workload bring the same script again and again."""

import functools
from collections.abc import Callable
from typing import TypeVar

from webhook.shell.cache import Cache
from webhook.shell.program import Program
from webhook.shell.script import parse_script

T = TypeVar("T")

# Characters of script whose verdicts are kept, for each question.
_CAPACITY = 256 * 1024


def remembered(judge: Callable[[Program], T]) -> Callable[[Program], T]:
    """Keep what a function finds out of a program that is a script; it must look at nothing but the program."""
    cache: Cache[T] = Cache(_CAPACITY)

    @functools.wraps(judge)
    def recall(program: Program) -> T:
        script = program.script
        # With Kubernetes' references filled in, one text may stand for several trees.
        if script is None or parse_script(script.text) is not script:
            return judge(program)
        key = f"{program.errexit:d}{','.join(program.starters)}\0{script.text}"
        return cache.get(key, lambda _: judge(program))

    return recall
