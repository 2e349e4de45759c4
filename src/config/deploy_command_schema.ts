import type * as z from "../zod.ts";
import { mustBe } from "./issues.ts";
import { scriptText } from "./text_schemas.ts";

/** The names in a command: words of their own, or the shell's variables. */
const NAMED = /(?<!\S)(?:CLUSTER|HUB)(?!\S)|\$\{?(?:CLUSTER|HUB)\b/g;

type Word = "CLUSTER" | "HUB";

/** A command that must say which hub it means, or every hub would be upgraded as the same one. */
export function command(...words: readonly Word[]): z.ZodMiniString<string> {
  return scriptText.check(
    mustBe(
      `a command that names ${words.join(" and ")}`,
      (value) => words.every((word) => has(value, word)),
    ),
    ...spelt(words),
  );
}

/** The command of one release: it need not name what it is about. */
export function ownCommand(...words: readonly Word[]): z.ZodMiniString<string> {
  return scriptText.check(...spelt(words));
}

function spelt(words: readonly Word[]) {
  return [
    mustBe(
      "a command without HUB, as it is about a cluster",
      (value: string) => words.includes("HUB") || !has(value, "HUB"),
    ),
    // A part of a word would stay as it is.
    mustBe(
      'CLUSTER and HUB as words of their own, or as "$CLUSTER" and "$HUB"',
      (value: string) => !/(?<![\w-])(?:CLUSTER|HUB)(?![\w-])/.test(value.replaceAll(NAMED, "")),
    ),
  ];
}

function has(value: string, word: Word): boolean {
  return value.match(NAMED)?.some((name) => name.endsWith(word)) ?? false;
}
