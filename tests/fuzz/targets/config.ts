import assert from "node:assert/strict";
import fc from "fast-check";
import { hubwright } from "../../cli/fake_io.ts";
import { FILES } from "../../cli/repository.ts";
import { configTexts } from "../config_text.ts";
import { contents } from "../content.ts";
import { orderly } from "../orderly.ts";
import { readPrintedPlan } from "../plan_promises.ts";
import { checkWorkflow } from "../sound_workflow.ts";
import { type Target, target } from "../target.ts";

const CONFIG = "hubwright.config.ts";
const WORKFLOWS = ["deploy-hubs.yaml", "comment-deployment-plan-pr.yaml"];

/** A cluster, and names that are long or lie deep. */
const CHANGED = ["config/clusters/earth/cluster.yaml", "a".repeat(250), `${"a/".repeat(250)}a`];

/** What a mistake in a config may be about: the config, or what follows from it. */
function names(line: string): boolean {
  return line.startsWith(`${CONFIG}:`) || line.startsWith(".github/workflows/") ||
    line.includes("/cluster.yaml:") ||
    /^\S.*: Cannot (?:find|read) the folder of clusters: /.test(line);
}

export const configTarget: Target = target({
  name: "configs, for generate and plan",
  share: 18,
  cases: fc.oneof(
    { weight: 8, arbitrary: configTexts.map((text) => ({ text })) },
    { weight: 1, arbitrary: contents(configTexts) },
  ),
  open: (folders) => async (config) => {
    using folder = folders.next();
    folder.writeAll(FILES);
    folder.write(CONFIG, config);
    const repo = ["--repo", folder.path];
    const ended = orderly(await hubwright(["generate", ...repo]), { names, codes: [1] });
    const args = ["--format=json", `--changed-files=${CHANGED}`];
    const planned = await hubwright(["plan", ...repo, ...args]);
    if (orderly(planned, { names, codes: [1] }) === "accepted") readPrintedPlan(planned.out);
    if (ended === "refused") return ended;
    assert.equal((await hubwright(["generate", ...repo, "--check"])).code, 0);
    for (const name of WORKFLOWS) {
      const path = `.github/workflows/${name}`;
      checkWorkflow(path, Deno.readTextFileSync(`${folder.path}/${path}`));
    }
    return ended;
  },
});
