import type { Problem } from "../errors.ts";
import {
  describePin,
  describeSource,
  isCommit,
  isSamePin,
  isVersion,
  type Pin,
  type Pins,
} from "./lock.ts";
import type { UsedActions } from "./pin_workflow.ts";
import { readUses, type Use } from "./read_uses.ts";

/** What was bumped. */
export interface Bumps {
  /** The pins that differ from those of the locks; none of them counts where anything is wrong. */
  readonly pins: Pins;
  /** Everything that is wrong. */
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
  const problems = [
    ...read.flatMap(({ problems }) => problems),
    ...read.flatMap(({ uses }) => uses).flatMap((use) => {
      const { file, line, column, name, ref, comment } = use;
      const other = first.get(name);
      if (other === undefined) first.set(name, use);
      return [
        ...useProblems(use, known, config),
        ...(other === undefined || (other.ref === ref && other.comment === comment) ? [] : [
          `${other.file}:${other.line} has ${describeUse(other)}; pin an action alike everywhere`,
        ]),
      ].map((why) => ({
        file,
        line,
        column,
        message: `Cannot adopt ${name} at ${describeUse(use)}: ${why}`,
      }));
    }),
  ];
  const pins = [...first].map(([name, use]): [string, Pin] => [name, pinOf(use)])
    .filter(([name, pin]) => {
      const locked = known.get(name);
      return locked === undefined || !isSamePin(locked, pin);
    });
  return { pins: new Map(pins), problems };
}

/** Puts the bumps of several folders together. */
export function mergeBumps(bumps: readonly Bumps[]): Bumps {
  const merged = new Map<string, Pin>();
  const problems = bumps.flatMap(({ pins }) =>
    [...pins].flatMap(([name, pin]) => {
      const other = merged.get(name) ?? pin;
      merged.set(name, other);
      if (isSamePin(other, pin)) return [];
      const message = `Cannot adopt ${name} at ${describePin(pin)}: it is at ${
        describePin(other)
      } in another folder; pin an action alike everywhere`;
      return [{ message }];
    })
  );
  return { pins: merged, problems: [...bumps.flatMap(({ problems }) => problems), ...problems] };
}

/** What is wrong with a use by itself, and beside the lock. */
function useProblems(use: Use, known: UsedActions, config: string): readonly string[] {
  const { name, ref, comment } = use;
  if (!known.has(name)) {
    return ["no definition uses this action; remove the step, or add it to a definition"];
  }
  const malformed = [
    ...(isCommit(ref) ? [] : [
      "expected a commit of 40 lower-case hexadecimal digits; a tag can be moved to other code",
    ]),
    ...(comment === "" ? ['expected its version as a comment behind it ("# v1.2.3")'] : []),
    ...(comment === "" || isVersion(comment)
      ? []
      : [`expected a version in the comment ("# v1.2.3"), found ${JSON.stringify(comment)}`]),
  ];
  if (malformed.length > 0) return malformed;
  const locked = known.get(name);
  const pin = pinOf(use);
  if (locked === undefined || isSamePin(locked, pin)) return [];
  if (locked.source === "config") {
    return [
      `${config} itself pins it to ${describePin(locked)}; change it there, or leave the commit ` +
      "and the version out there, so that the lock decides",
    ];
  }
  const source = describeSource(locked.source, config);
  if (locked.commit === pin.commit) {
    return [
      `it disagrees with ${source}, which says that this commit is ${locked.version}; find out ` +
      "which is right",
    ];
  }
  if (locked.version === pin.version) {
    return [
      `it disagrees with ${source}, which says that this version is the commit ${locked.commit}; ` +
      "a tag that was moved may lead to other code, so look at it before you change the lock",
    ];
  }
  return [];
}

function pinOf({ ref, comment }: Use): Pin {
  return { version: comment, commit: ref };
}

function describeUse({ ref, comment }: Use): string {
  return `${comment === "" ? "no version" : comment} (${ref === "" ? "no commit" : ref})`;
}
