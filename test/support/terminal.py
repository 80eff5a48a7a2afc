"""Runs a command in a terminal of its own, types lines when it asks, and prints what the screen showed.

Usage: terminal.py JSON COMMAND ARG...   where JSON is [["question", "what to type"], ...]; nothing is typed for "".
"""
import json
import os
import pty
import sys

dialogue = json.loads(sys.argv[1])
pid, terminal = pty.fork()
if pid == 0:
    os.execvp(sys.argv[2], sys.argv[2:])

shown = b""
asked = 0
while True:
    try:
        chunk = os.read(terminal, 65536)
    except OSError:
        break
    if not chunk:
        break
    shown += chunk
    while dialogue and dialogue[0][0].encode() in shown[asked:]:
        question, answer = dialogue.pop(0)
        asked = shown.index(question.encode(), asked) + len(question.encode())
        if answer:
            os.write(terminal, answer.encode() + b"\r")
_, status = os.waitpid(pid, 0)
sys.stdout.buffer.write(shown)
sys.exit(os.waitstatus_to_exitcode(status))
