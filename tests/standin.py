"""A stand-in for the Python that runs trainings: the real job, but steps that take no time and need no Rasa.

What a step does stands in the content, in the file `plan.json`: `{train: fine|broken|hangs|dies, answers: {ht: [intents]}}`.
"""

from __future__ import annotations

import sys
from pathlib import Path

_PROGRAM = '''#!{python}
import json, os, sys, time
sys.executable = __file__
sys.path.insert(0, {root!r})
module, arguments = sys.argv[2], sys.argv[3:]
if module == "bot.learning.retraining":
    from bot.learning.retraining import main
    sys.exit(main(arguments))
def option(name):
    return arguments[arguments.index(name) + 1]
plan = json.loads(open(os.environ["CONFIANZA_ROOT"] + "/plan.json").read())
out = os.fdopen(int(option("--report")), "w")
def say(**line):
    print(json.dumps(line), file=out, flush=True)
if arguments[0] == "train":
    say(done=1, word="topics")
    if plan["train"] == "hangs":
        open(os.environ["TMPDIR"] + "/half", "w").close()
        while os.read(0, 1):
            pass
    if plan["train"] == "broken":
        say(error="no model came of the training")
        sys.exit(1)
    if plan["train"] == "dies":
        os.kill(os.getpid(), 9)
    open(option("--model"), "w").write("new model")
else:
    tables = arguments[arguments.index("--tables") + 1:arguments.index("--report")]
    for done, table in enumerate(tables, 1):
        language = os.path.basename(table).split(".")[0]
        rows = [dict(language=language, intent="greet", register="plain", text=str(n), heard=language, best=given, given=given)
                for n, given in enumerate(plan["answers"][language])]
        say(done=done, rows=rows)
'''


def stand_in(folder: Path, root: Path) -> Path:
    """Writes the program and returns its path: what `sys.executable` is to be."""
    path = folder / "python"
    path.write_text(_PROGRAM.format(python=sys.executable, root=str(root)), encoding="utf-8")
    path.chmod(0o755)
    return path
