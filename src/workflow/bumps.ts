import type { Problem } from "../errors.ts";
import { describePin, describeSource, isCommit, isSamePin, isVersion } from "./lock.ts";
import type { Pin, Pins } from "./lock.ts";
import type { UsedActions } from "./pin_workflow.ts";
import { readUses, type Use } from "./read_uses.ts";

/** The pins that differ from those of the locks; none of them counts where anything is wrong. */
export interface Bumps {
  readonly pins: Pins;
  readonly problems: readonly Problem[];
}

/** Finds what a dependency bot bumped in generated workflows. */
export function findBumps(
  files: readonly { readonly path: string; readonly text: string }[],
  known: UsedActions,
  config: string,
): Bumps {
  const read = files.map(readUses);
  const first = new Map<string, Use>();
  const problems = read.flatMap(({ uses }) => uses).flatMap((use) => {
    const { name, pin, ...place } = use;
    const other = first.get(name) ?? use;
    first.set(name, other);
    const reasons = [...useProblems(use, known, config)];
    if (!isSamePin(other.pin, pin)) {
      const there = describeUse(other.pin);
      reasons.push(`${other.file}:${other.line} has ${there}; pin an action alike everywhere`);
    }
    const message = `Cannot adopt ${name} at ${describeUse(pin)}`;
    return reasons.map((reason) => ({ ...place, message: `${message}: ${reason}` }));
  });
  const pins = [...first].map(([name, { pin }]) => [name, pin] as const);
  return {
    pins: new Map(pins.filter(([name, pin]) => !isSamePin(pin, known.get(name)))),
    problems: [...read.flatMap(({ problems }) => problems), ...problems],
  };
}

export function mergeBumps(bumps: readonly Bumps[]): Bumps {
  const merged = new Map<string, Pin>();
  const problems = bumps.flatMap(({ pins }) => [...pins]).flatMap(([name, pin]) => {
    const other = merged.get(name) ?? pin;
    merged.set(name, other);
    if (isSamePin(other, pin)) return [];
    const message = `Cannot adopt ${name} at ${describePin(pin)}: it is at ${
      describePin(other)
    } in another folder; pin an action alike everywhere`;
    return [{ message }];
  });
  return { pins: merged, problems: [...bumps.flatMap(({ problems }) => problems), ...problems] };
}

function useProblems({ name, pin }: Use, known: UsedActions, config: string): readonly string[] {
  const { version, commit } = pin;
  if (!known.has(name)) {
    return ["no definition uses this action; remove the step, or add it to a definition"];
  }
  const malformed = isCommit(commit)
    ? []
    : ["expected a commit of 40 lower-case hexadecimal digits; a tag can be moved to other code"];
  if (version === "") {
    malformed.push('expected its version as a comment behind it ("# v1.2.3")');
  } else if (!isVersion(version)) {
    const found = JSON.stringify(version);
    malformed.push(`expected a version in the comment ("# v1.2.3"), found ${found}`);
  }
  const locked = known.get(name);
  if (malformed.length > 0 || locked === undefined || isSamePin(locked, pin)) return malformed;
  const disagrees = `it disagrees with ${describeSource(locked.source, config)}, which says that`;
  const problem = locked.source === "config"
    ? `${config} itself pins it to ${describePin(locked)}; change it there, or leave the commit ` +
      "and the version out there, so that the lock decides"
    : locked.commit === commit
    ? `${disagrees} this commit is ${locked.version}; find out which is right`
    : locked.version === version
    ? `${disagrees} this version is the commit ${locked.commit}; a tag that was moved may lead ` +
      "to other code, so look at it before you change the lock"
    : undefined;
  return problem === undefined ? [] : [problem];
}

function describeUse({ version, commit }: Pin): string {
  return describePin({ version: version || "no version", commit: commit || "no commit" });
}
