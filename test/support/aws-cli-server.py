"""Runs commands of the AWS CLI, each in a fork of this process, which has read the CLI's modules and API models.

It prints the path of its socket. A client connects, sends one line of JSON with `env`, `cwd` and `args`, and gets `status`, `stdout` and `stderr`.
"""

import contextlib
import functools
import gc
import io
import json
import os
import socketserver
import sys
import tempfile

sys.path.insert(0, sys.argv[1])
# The CLI's messages have it.
sys.argv = ["aws"]
import awscli.clidriver  # noqa: E402
import botocore.session  # noqa: E402

# The loader of the API models keeps what it has read: one loader for all commands.
botocore.session.create_loader = functools.cache(botocore.session.create_loader)


def run(args):
    out, err = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.TextIOWrapper(io.BytesIO(), "utf-8")
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            status = awscli.clidriver.create_clidriver().main(args)
        except SystemExit as exit_:
            status = exit_.code
    texts = []
    for stream in (out, err):
        stream.flush()
        texts.append(stream.buffer.getvalue().decode())
    return {"status": status, "stdout": texts[0], "stderr": texts[1]}


class Command(socketserver.StreamRequestHandler):
    def handle(self):
        wanted = json.loads(self.rfile.readline())
        # What the CLI set when it was imported: where its own data is.
        data_path = {"AWS_DATA_PATH": os.environ["AWS_DATA_PATH"]}
        os.environ.clear()
        os.environ.update(wanted["env"] | data_path)
        os.chdir(wanted["cwd"])
        self.wfile.write(json.dumps(run(wanted["args"])).encode())


class Server(socketserver.ForkingMixIn, socketserver.UnixStreamServer):
    parent = os.getppid()
    request_queue_size = 64

    def service_actions(self):
        super().service_actions()
        if os.getppid() != self.parent:
            sys.exit()


# Without a request: it prints an example of an answer.
for command in (["cognito-idp", "list-groups"], ["iam", "list-users"], ["sts", "get-caller-identity"]):
    run([*command, "--region", "us-east-1", "--generate-cli-skeleton", "output"])
# A collection would copy the memory that a fork shares.
gc.freeze()
with tempfile.TemporaryDirectory(prefix="cognate-aws-") as directory:
    socket_path = os.path.join(directory, "socket")
    with Server(socket_path, Command) as server:
        print(socket_path, flush=True)
        server.serve_forever()
