"""A ``millrace`` command that answers as a test has told it, and remembers how it was called."""

from __future__ import annotations

import json
import os
import stat
import sys
from pathlib import Path

PROGRAM = f"""#!{sys.executable}
import json, os, signal, sys
from pathlib import Path
directory = Path(__file__).parent
with open(directory / "calls", "a") as calls:
    calls.write(json.dumps([sys.argv[1:], os.environ.get("HADOOP_CONF_DIR")]) + "\\n")
answers = directory / (sys.argv[1] + ".answers")
lines = answers.read_text().splitlines() if answers.exists() else []
if not lines:
    sys.exit("no answer to " + " ".join(sys.argv[1:]))
if len(lines) > 1:
    answers.write_text("\\n".join(lines[1:]) + "\\n")
answer = json.loads(lines[0])
print(answer["err"], file=sys.stderr, flush=True)
if answer["hangs"]:
    (directory / "hangs").touch()
    signal.pause()
print(json.dumps(answer["result"]))
sys.exit(answer["exit_code"])
"""

APPLICATION = "application_1_0001"


class FakeMillrace:
    """The last answer to a command stays, as a state does."""

    def __init__(self, directory: str):
        self.directory = Path(directory)
        self.binary = self.directory / "millrace"
        self.binary.write_text(PROGRAM)
        self.binary.chmod(self.binary.stat().st_mode | stat.S_IXUSR)

    def answers(self, command, result=None, exit_code=0, err="", hangs=False):
        answer = {"result": result or {}, "exit_code": exit_code, "err": err, "hangs": hangs}
        with open(self.directory / f"{command}.answers", "a") as answers:
            answers.write(json.dumps(answer) + os.linesep)
        return self

    def submits(self, state="WAITING", **more):
        return self.answers("run", {"applicationId": APPLICATION, "state": state, **more})

    def info(self, state, exit_code, message=""):
        application = {
            "id": APPLICATION,
            "state": state,
            "exitCode": exit_code,
            "message": message,
            "jobId": "0" * 32,
        }
        return self.answers("info", {"application": application, "jobs": []})

    @property
    def calls(self) -> list[list[str]]:
        return [call[0] for call in self._lines()]

    @property
    def hadoop_conf_dirs(self) -> list[str]:
        return [call[1] for call in self._lines()]

    @property
    def hangs(self) -> bool:
        return (self.directory / "hangs").exists()

    def _lines(self):
        calls = self.directory / "calls"
        return [json.loads(line) for line in calls.read_text().splitlines()] if calls.exists() else []
