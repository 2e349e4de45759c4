import type { ActionRef } from "../action.ts";
import { isActionName, isCommit, isVersion } from "../pin.ts";
import type { LintRule } from "./rule.ts";
import { placeOf, usesOf } from "./walk.ts";

/** Actions that somebody else can move to other code. */
export const unpinnedAction: LintRule = {
  id: "unpinned-action",
  refuses: "an action that is not pinned to a commit with its version, or that lies outside the " +
    "repository",
  why: "whoever can move a tag or a branch decides what runs beside the token and the secrets",
  mend: 'name the action as "owner/name" and give it a commit and a version in ' +
    'actions.lock.json, or use a local action ("./path")',
  check: (workflow) =>
    usesOf(workflow).flatMap(({ job, step }) => {
      const wrong = mistakeIn(step.uses);
      return wrong === undefined ? [] : [{ ...placeOf({ job, step }), message: wrong }];
    }),
};

function mistakeIn(action: ActionRef): string | undefined {
  if (action.kind === "local") {
    return isInside(action.path)
      ? undefined
      : `Cannot use the local action "${action.path}": expected a path below the repository that ` +
        'begins with "./"';
  }
  const { name } = action;
  if (!isActionName(name)) return `Cannot use the action "${name}": expected "owner/name"`;
  if (action.kind === "locked") return `Cannot use the action "${name}": no lock has it`;
  const { commit, version } = action;
  if (!isCommit(commit)) {
    return `Cannot use the action "${name}@${commit}": expected a commit of 40 lower-case ` +
      "hexadecimal digits";
  }
  if (isVersion(version)) return undefined;
  return `Cannot use the action "${name}@${commit}": expected its version ("v1.2.3"), found ${
    JSON.stringify(version)
  }`;
}

function isInside(path: string): boolean {
  return path.startsWith("./") && !path.split("/").includes("..") && !path.includes("${{");
}
