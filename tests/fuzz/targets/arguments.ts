import fc from "fast-check";
import { allOf, TOOLS } from "../../../src/cli/tools.ts";
import { hubwright } from "../../cli/fake_io.ts";
import { FILES } from "../../cli/repository.ts";
import { hostileText } from "../hostile.ts";
import { checkCalm, checkPrinted, orderly } from "../orderly.ts";
import { type Target, target } from "../target.ts";

const word = fc.oneof(
  hostileText.filter((text) => !text.includes("\0") && text.isWellFormed()),
  fc.constantFrom("config/clusters/earth/cluster.yaml", "json", "table", "[]", "HEAD", "20"),
);

const optionOf = (name: string, takes: boolean) =>
  fc.oneof(
    { weight: 3, arbitrary: word.map((text) => takes ? [`--${name}=${text}`] : [`--${name}`]) },
    { weight: 1, arbitrary: word.map((text) => [`--${name}`, text]) },
    { weight: 1, arbitrary: fc.constantFrom([`--${name}`], [`--${name}=`], [`--${name}s`]) },
  );

const commandLine = fc.constantFrom(...allOf(TOOLS)).chain((definition) => {
  const options = Object.entries(definition.options)
    // These lead to files, which other targets mutate; help is no case.
    .filter(([name]) => !["repo", "config", "help", "plan-file"].includes(name))
    .map(([name, { value }]) => optionOf(name, value !== undefined));
  return fc.record({
    command: fc.oneof(
      { weight: 12, arbitrary: fc.constant(definition.name) },
      { weight: 1, arbitrary: word },
    ),
    options: fc.array(fc.oneof(...options, word.map((text) => [text])), { maxLength: 4 }),
  });
});

const soundLine = fc.constantFrom(
  { command: "plan", options: [["--changed-files=config/clusters/earth/cluster.yaml"]] },
  { command: "explain", options: [["earth"], ["--changed-files", "deployer/a"]] },
  { command: "pins", options: [["--format=json"]] },
  { command: "validate", options: [["--strict"]] },
  { command: "generate", options: [["--check"]] },
);

export const argumentsTarget: Target = target({
  name: "command lines",
  share: 4,
  cases: fc.oneof({ weight: 5, arbitrary: commandLine }, { weight: 1, arbitrary: soundLine }),
  open: (folders) => async ({ command, options }) => {
    using folder = folders.next();
    folder.writeAll(FILES);
    const ran = await hubwright([command, ...options.flat(), "--repo", folder.path]);
    checkPrinted(ran.out);
    // What is wrong with a command line is no file's business, and a report is no refusal.
    if (ran.out === "") return orderly(ran, { names: () => true });
    checkCalm(ran);
    return "accepted";
  },
});
