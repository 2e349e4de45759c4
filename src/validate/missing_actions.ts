import { UserError } from "../errors.ts";
import type { Leg } from "../config/config.ts";
import { context } from "../workflow/expression.ts";
import { lookUp } from "./file_tree.ts";
import type { Finding } from "./finding.ts";
import { findingInConfig } from "./places.ts";
import type { Repository } from "./repository.ts";

const LEG: Leg = {
  cluster_name: context("matrix", "jobs", "cluster_name"),
  provider: context("matrix", "jobs", "provider"),
};

/**
 * Finds local actions that the setup steps use and that are not there, so that every leg would
 * fail. An action that a step before brings along is not to be seen here.
 */
export function missingActions(repository: Repository): readonly Finding[] {
  const uses = setupSteps(repository).flatMap((step) => "uses" in step ? [step.uses] : []);
  return [...new Set(uses)].filter((action) => action.startsWith("./")).flatMap((action) => {
    const folder = action.replace(/^(?:\.\/+)+/, "").replace(/\/+$/, "");
    const there = ["action.yml", "action.yaml"].some((name) =>
      lookUp(repository.tree, `${folder}/${name}`).kind === "file"
    );
    const message = `Cannot find the local action ${JSON.stringify(action)} of "setup": expected ` +
      `the file ${folder}/action.yaml; add it, or say in the config what gives access to a cluster`;
    return there ? [] : [findingInConfig("missing-action", repository, action, message)];
  });
}

/** The setup steps; none where they cannot be made, which making the workflow tells. */
function setupSteps({ settings }: Repository): ReturnType<typeof settings.setup> {
  try {
    return settings.setup(LEG);
  } catch (error) {
    if (error instanceof UserError) return [];
    throw error;
  }
}
