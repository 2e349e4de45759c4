import type { KeyChange } from "../plan/key_changes.ts";

/** What is shown in place of a value that may be a secret. */
export const MASK = "***";

const MOST_CHARACTERS = 80;

/** Keys whose values are private, wherever they are in a path. */
const SECRET_KEY =
  /pass(?:word|wd|phrase)?|secret|token|credential|private|api_?key|access_?key|\bkey\b|cert|salt|auth(?:orization)?\b|cookie|dsn|webhook|signature/i;

/** Values that look like a secret, whatever their key is called. */
const SECRET_VALUES = [
  /-----BEGIN /,
  /:\/\/[^/\s]*@/,
  /\b(?:gh[opsur]_|github_pat_|xox[abprs]-|sk-|AKIA|AIza|eyJ)[\w-]{8,}/,
  /\bBearer\s+\S/i,
  /^[0-9a-f]{32,}$/i,
  /^(?=.*\d)(?=.*[A-Za-z])[\w+/=-]{24,}$/,
];

/**
 * Writes a value of a `cluster.yaml` for people to read. What may be a secret is masked, a
 * collection is counted, and long text is shortened.
 */
export function describeKeyValue(path: KeyChange["path"], value: unknown): string {
  if (value === undefined) return "nothing";
  if (value === null) return "null";
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === "object") return `a mapping of ${Object.keys(value).length}`;
  const text = String(value);
  const secret = path.some((key) => SECRET_KEY.test(String(key))) ||
    SECRET_VALUES.some((pattern) => pattern.test(text));
  if (secret) return MASK;
  const shown = text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}...` : text;
  return JSON.stringify(shown);
}
