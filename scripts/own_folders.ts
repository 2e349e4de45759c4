import type { WorkflowFolder } from "../src/tools/adopt_pins.ts";
import { loadRepository } from "../src/repository/load_repository.ts";
import { defineWorkflows } from "../workflows/mod.ts";
import { ci } from "./ci.ts";
import { lintingPage } from "./linting_page.ts";
import { rulesPage } from "./rules_page.ts";

/** The folders of the examples. */
export const EXAMPLES = ["infrastructure", "fleet", "datahub", "federation"]
  .map((name) => `examples/${name}`);

/** What is generated in the root of this repository: its own CI, and pages of the docs. */
export function rootFolder(): WorkflowFolder {
  const others = [rulesPage(), lintingPage()];
  return { root: ".", workflows: [ci()], config: "scripts/ci.ts", others };
}

/** What is generated in an example. */
export async function exampleFolder(root: string): Promise<WorkflowFolder> {
  const { settings, clusters } = await loadRepository(root);
  return {
    root,
    workflows: defineWorkflows(settings, clusters),
    config: settings.file,
  };
}
