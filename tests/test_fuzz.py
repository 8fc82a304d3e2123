"""200 hostile and broken files through the commands that read them: none runs, hangs, fetches, writes elsewhere or ends
in a traceback.

On its own: make test TESTS=tests/test_fuzz.py. The long form, with a table of what happened: make fuzz.
"""

import json
import subprocess
import sys

CASES, SEED = 200, 0
GOOD = ("clear error", "works")


def test_a_hostile_file_is_refused_or_works():
    words = ["-n", CASES, "--seed", SEED, "--json"]
    command = [sys.executable, "-m", "tiletriage.tests.tools.fuzz", *map(str, words)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    cases = [json.loads(line) for line in run.stdout.splitlines()]
    assert len(cases) == CASES, run.stderr
    failed = [case for case in cases if case["verdict"]["outcome"] not in GOOD]
    assert not failed, "\n".join(map(told, failed))


def told(case):
    """A failure in one line, and how to see it again."""
    verdict, again = case["verdict"], f"make fuzz CASE={case['seed']}:{case['number']}"
    return f"{case['kind']}: {verdict['outcome']}: {verdict['signature']}: {verdict['message'][:200]!r}: {again}"
