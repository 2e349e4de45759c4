/**
 * Prints what GitHub's own language service finds in workflow files, a line each. It is bundled
 * before it runs: its packages import JSON in a way that Deno refuses.
 *
 * @module
 */
import { validate } from "@actions/languageservice";
import { TextDocument } from "vscode-languageserver-textdocument";
import { print } from "./print.ts";

/** What it says although nothing is wrong: it knows of no payload of that event. */
const NOT_KNOWN = "Context access might be invalid: merge_group";

for (const path of Deno.args) {
  const document = TextDocument.create(`file://${path}`, "yaml", 1, await Deno.readTextFile(path));
  for (const { message, range: { start } } of await validate(document)) {
    if (message === NOT_KNOWN) continue;
    print(`${path}:${start.line + 1}:${start.character + 1}: ${message}\n`);
  }
}
