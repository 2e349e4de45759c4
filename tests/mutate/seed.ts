import { UserError } from "../../src/errors.ts";

/** A small change for the worse, which something has to notice. */
export interface Seed {
  /** What it breaks, in a few words. */
  readonly breaks: string;
  readonly file: string;
  /** What is replaced: the file has it once. */
  readonly from: string;
  readonly to: string;
}

export function nameOf({ file, breaks }: Seed): string {
  return `${file}: ${breaks}`;
}

/** Makes the change in a text, unless the source has moved on and the seed would test nothing. */
export function mutate(seed: Seed, text: string): string {
  const count = text.split(seed.from).length - 1;
  if (count === 1) return text.replace(seed.from, () => seed.to);
  const message = `Cannot apply the seed "${seed.breaks}", which no longer applies: expected ` +
    `${JSON.stringify(seed.from)} once, found it ${count} times; change the seed`;
  throw new UserError({ file: seed.file, message });
}
