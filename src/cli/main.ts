/**
 * The command line: one file for each command, loaded when it is used.
 */
const help = `cognate: a self-hosted identity server that speaks Amazon Cognito user pools

  cognate dev      run the server on a laptop, in CI, in tests; nothing to set up
  cognate serve    run the server in production
  cognate aws      run the AWS CLI against the server
  cognate token    sign a user in, here or at AWS, and print the tokens
  cognate import-users
                   bring in the users of another identity server, with their passwords
  cognate rotate-keys
                   give a user pool new signing keys
  cognate snapshot save the state of a running dev server, and restore it

cognate COMMAND --help tells more. cognate version prints the version.
`;

async function main(args: readonly string[]): Promise<number> {
  const [command, ...rest] = args;
  const isHelpFlag = (argument: string) => argument === "--help" || argument === "-h";
  // Arguments after `cognate aws` belong to the AWS CLI, including a --help that is not first.
  const wantsHelp = command === "aws" ? isHelpFlag(rest[0] ?? "--help") : rest.some(isHelpFlag);
  switch (command) {
    case "dev":
    case "serve": {
      const server = await import("./server-command.ts");
      return wantsHelp ? print(server.serverHelp(command)) : server.serverCommand(command, rest, process.env);
    }
    case "serve-process":
      return (await import("./server-command.ts")).processCommand();
    case "aws": {
      const aws = await import("./aws.ts");
      return wantsHelp ? print(aws.awsHelp) : aws.awsCommand(rest, process.env);
    }
    case "token": {
      const token = await import("./token.ts");
      return wantsHelp ? print(token.tokenHelp) : token.tokenCommand(rest, process.env);
    }
    case "import-users": {
      const imports = await import("./import-users.ts");
      return wantsHelp ? print(imports.importUsersHelp) : imports.importUsersCommand(rest, process.env);
    }
    case "rotate-keys": {
      const rotate = await import("./rotate-keys.ts");
      return wantsHelp ? print(rotate.rotateKeysHelp) : rotate.rotateKeysCommand(rest, process.env);
    }
    case "snapshot": {
      const snapshot = await import("./snapshot.ts");
      return wantsHelp ? print(snapshot.snapshotHelp) : snapshot.snapshotCommand(rest, process.env);
    }
    case "version":
    case "--version":
    case "-v": {
      const { version } = await import("../version.ts");
      return print(`${version}\n`);
    }
    case undefined:
    case "--help":
    case "-h":
    case "help":
      return print(help);
    default:
      process.stderr.write(`cognate: there is no command ${command}.\n\n${help}`);
      return 2;
  }
}

function print(text: string): number {
  process.stdout.write(text);
  return 0;
}

process.exitCode = await main(process.argv.slice(2));
