import type { Leg } from "../config/step_config.ts";
import { visible } from "../text/visible.ts";
import { secret } from "../workflow/github_context.ts";

export class SecretName {
  constructor(readonly name: string) {}
}

/** What a leg knows, in the steps of a {@link LegSteps}. */
export class LegValue {
  constructor(readonly name: "provider" | "cluster_name") {}
}

/** A function of the leg that gives steps. */
export class LegSteps {
  constructor(readonly steps: ConfigValue) {}
}

/** Code that is written as it is. */
export class Verbatim {
  constructor(readonly text: string) {}
}

/** Keys inside a key, each with its reason. */
export class Section {
  constructor(readonly entries: readonly ConfigEntry[]) {}
}

export type ConfigValue =
  | string
  | number
  | boolean
  | null
  | SecretName
  | LegValue
  | LegSteps
  | Verbatim
  | Section
  | readonly ConfigValue[]
  | { readonly [key: string]: ConfigValue };

export interface ConfigEntry {
  readonly key: string;
  readonly why: string;
  readonly value: ConfigValue;
}

/** What `deno fmt` leaves as it is, where nothing else is set. */
const WIDTH = 80;

/** Writes a config: text from elsewhere is in quotes, or in a comment on one line. */
export function printConfig(entries: readonly ConfigEntry[]): string {
  const body = entries.length === 0 ? "{}" : `{\n${printEntries(entries, "  ")}}`;
  const names = ["defineConfig", ...(/\bsecret\("/.test(body) ? ["secret"] : [])];
  return `import { ${names.join(", ")} } from "@hubwright/hubwright";\n\n` +
    "// Written by `hubwright init`, yours to change. A key that is not here has its default.\n" +
    `export default defineConfig(${body});\n`;
}

export function evaluateConfig(entries: readonly ConfigEntry[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(entries.map(({ key, value }) => [key, evaluate(value)]));
}

function evaluate(value: ConfigValue, leg?: Leg): unknown {
  if (value instanceof SecretName) return secret(value.name);
  if (value instanceof LegValue) return leg?.[value.name];
  if (value instanceof LegSteps) return (leg: Leg) => evaluate(value.steps, leg);
  if (value instanceof Section) return evaluateConfig(value.entries);
  if (value instanceof Verbatim) {
    throw new TypeError("Cannot evaluate code that is written as it is");
  }
  if (Array.isArray(value)) return value.map((item: ConfigValue) => evaluate(item, leg));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, below]) => [key, evaluate(below, leg)]),
  );
}

function printEntries(entries: readonly ConfigEntry[], indent: string): string {
  return entries.map(({ key, why, value }) =>
    `${comment(why, indent)}${indent}${printPair(key, value, indent)},\n`
  ).join("");
}

/** A comment of as many lines as it takes. */
function comment(text: string, indent: string): string {
  const lines = [""];
  for (const word of visible(text).split(" ")) {
    const line = `${lines.at(-1)} ${word}`;
    if (indent.length + 2 + line.length > WIDTH) lines.push(` ${word}`);
    else lines[lines.length - 1] = line;
  }
  return lines.map((line) => `${indent}//${line}\n`).join("");
}

function printPair(key: string, value: ConfigValue, indent: string): string {
  if (value instanceof LegValue && value.name === key) return key;
  const name = printKey(key);
  const text = print(value, indent, name.length + 2);
  const isLong = indent.length + name.length + 2 + text.length >= WIDTH;
  return `${name}:${typeof value === "string" && isLong ? `\n${indent}  ` : " "}${text}`;
}

/** Writes a value; on one line, where that and what is in front of it fit. */
function print(value: ConfigValue, indent: string, before = 0): string {
  if (value instanceof SecretName) return `secret(${JSON.stringify(value.name)})`;
  if (value instanceof LegValue) return value.name;
  if (value instanceof Verbatim) return value.text;
  if (value instanceof LegSteps) {
    const names = [...namesIn(value.steps)].sort();
    return `({ ${names.join(", ")} }) => ${print(value.steps, indent, WIDTH)}`
      .replace("({  })", "()");
  }
  const deeper = `${indent}  `;
  if (value instanceof Section) return `{\n${printEntries(value.entries, deeper)}${indent}}`;
  if (typeof value !== "object" || value === null) return quote(value);
  const isList = Array.isArray(value);
  const items = isList
    ? value.map((item: ConfigValue) => print(item, deeper))
    : Object.entries(value).map(([key, below]) => printPair(key, below, deeper));
  const [open, close] = isList ? ["[", "]"] : ["{", "}"];
  const pad = isList || items.length === 0 ? "" : " ";
  const line = `${open}${pad}${items.join(", ")}${pad}${close}`;
  // A comma comes after it.
  if (!line.includes("\n") && indent.length + before + line.length < WIDTH) return line;
  return `${open}\n${items.map((item) => `${deeper}${item},\n`).join("")}${indent}${close}`;
}

function namesIn(value: ConfigValue): ReadonlySet<string> {
  if (value instanceof LegValue) return new Set([value.name]);
  if (typeof value !== "object" || value === null || value instanceof Verbatim) return new Set();
  return new Set(Object.values(value).flatMap((below: ConfigValue) => [...namesIn(below)]));
}

/** Text in quotes. What ends a line for JavaScript, and not for JSON, is escaped. */
function quote(value: string | number | boolean | null): string {
  return JSON.stringify(value).replaceAll("\u2028", "\\u2028").replaceAll("\u2029", "\\u2029");
}

function printKey(key: string): string {
  // A literal would take it for the prototype.
  if (key === "__proto__") return '["__proto__"]';
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : quote(key);
}
