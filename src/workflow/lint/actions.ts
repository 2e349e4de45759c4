import { nearest } from "../../text/nearest.ts";
import type { ActionRef } from "../model.ts";
import { isActionName, isCommit, isVersion } from "../lock.ts";
import { actionsOf, findAt, inputsOf, usesAction, usesOf } from "../value_places.ts";
import { expressionsIn, type Value } from "../text.ts";
import type { LintRule } from "./rule.ts";

export const unpinnedAction: LintRule = {
  id: "unpinned-action",
  refuses: "an action that is not pinned to a commit with its version, or that lies outside the " +
    "repository",
  why: "whoever can move a tag or a branch decides what runs beside the token and the secrets",
  fix: 'name the action as "owner/name" and give it a commit and a version in ' +
    'actions.lock.json, or use a local action ("./path")',
  check: (workflow) => findAt(actionsOf(workflow), ({ uses }) => mistakeIn(uses)),
};

function mistakeIn(action: ActionRef): string | undefined {
  if (action.kind === "local") {
    const { path } = action;
    return path.startsWith("./") && !path.split("/").includes("..") && !path.includes("${{")
      ? undefined
      : `Cannot use the local action "${path}": expected a path below the repository that ` +
        'begins with "./"';
  }
  const { name } = action;
  if (!isActionName(name)) return `Cannot use the action "${name}": expected "owner/name"`;
  if (action.kind === "locked") return `Cannot use the action "${name}": no lock has it`;
  const { commit, version } = action;
  const expected = !isCommit(commit)
    ? "a commit of 40 lower-case hexadecimal digits"
    : !isVersion(version)
    ? `its version ("v1.2.3"), found ${JSON.stringify(version)}`
    : undefined;
  return expected && `Cannot use the action "${name}@${commit}": expected ${expected}`;
}

/** The owners of actions that are used most, and in this field. */
const OWNERS = [
  ...["actions", "astral-sh", "aws-actions", "azure", "denoland", "docker", "github"],
  ...["google-github-actions", "hashicorp", "mamba-org", "slackapi"],
];

export const lookAlikeOwner: LintRule = {
  id: "look-alike-owner",
  refuses: "an action whose owner is one letter, or a swap of letters, away from one of " +
    OWNERS.map((owner) => `\`${owner}\``).join(", "),
  why:
    "`action/checkout` is not `actions/checkout`: anyone can register a name that looks like a " +
    "known one and wait for a slip",
  fix: "correct the owner's name, or use a copy of the action in the repository",
  check: (workflow) =>
    findAt(actionsOf(workflow), ({ uses }) => {
      if (uses.kind === "local") return undefined;
      const [owner = "", ...rest] = uses.name.split("/");
      const meant = resembledOwner(owner.toLowerCase());
      const right = [meant, ...rest].join("/");
      return meant && `Cannot use the action "${uses.name}": it looks like "${right}"`;
    }),
};

function resembledOwner(owner: string): string | undefined {
  if (OWNERS.includes(owner)) return undefined;
  const letters = (name: string) => [...name].sort().join("");
  return nearest(owner, OWNERS, 1) ?? OWNERS.find((known) => letters(known) === letters(owner));
}

export const persistedCredentials: LintRule = {
  id: "persisted-credentials",
  refuses: "an `actions/checkout` without `persist-credentials: false`",
  why: "it leaves the token in the folder, where every later step and every uploaded artifact " +
    "has it",
  fix: 'set "persist-credentials" to false',
  check: (workflow) =>
    findAt(usesOf(workflow), ({ step }) => {
      const values = inputsOf(step).filter(([name]) => name === "persist-credentials");
      const isSafe = values.length > 0 && values.every(([, value]) => isFalse(value));
      return usesAction(step, "actions/checkout") && !isSafe &&
        "Cannot check out like this: the token stays behind";
    }),
};

function isFalse(value: Value): boolean {
  return value === false || value === "false";
}

export const untrustedCheckout: LintRule = {
  id: "untrusted-checkout",
  refuses: "an `actions/checkout` whose `ref` or `repository` the event decides, in a workflow " +
    "that follows another (`workflow_run`)",
  why: "such a workflow has the token and the secrets of the default branch, and the other run " +
    "may have been for a stranger's code",
  fix: "check out the default branch, and take what the other run made from an artifact",
  check: (workflow) =>
    findAt(usesOf(workflow), ({ step }) => {
      if (!workflow.on.workflow_run || !usesAction(step, "actions/checkout")) return undefined;
      return inputsOf(step).filter(([name]) => name === "ref" || name === "repository")
        .flatMap(([name, value]) =>
          expressionsIn(value).map(({ text }) =>
            `Cannot check out the ${name} "${text}": the other run decides what it is`
          )
        );
    }),
};
