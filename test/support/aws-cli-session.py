"""Runs commands of the AWS CLI one after another in one process: a list of arguments a line, a result a line."""

import contextlib
import io
import json
import sys

sys.path.insert(0, sys.argv[1])
from awscli.clidriver import create_clidriver  # noqa: E402

answers = sys.stdout
for line in sys.stdin:
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            status = create_clidriver().main(json.loads(line))
        except SystemExit as exit_:
            status = exit_.code
    answers.write(json.dumps({"status": status, "stdout": out.getvalue(), "stderr": err.getvalue()}) + "\n")
    answers.flush()
