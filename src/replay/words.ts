import { percent } from "./counts.ts";

/** Writes a number for people. */
export function write(number: number): string {
  return number.toLocaleString("en");
}

/** Writes how many of something there are. */
export function count(number: number, thing: string, things = `${thing}s`): string {
  return `${write(number)} ${number === 1 ? thing : things}`;
}

/** Writes a number, and what part of another it is. */
export function withPercent(part: number, whole: number): string {
  const of = percent(part, whole);
  return of === null ? "" : `${write(part)} (${of} %)`;
}

/** Shortens the hash of a commit. */
export function short(commit: string): string {
  return commit.slice(0, 12);
}
