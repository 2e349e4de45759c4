/** The path of the workflow that a task becomes, relative to the repository's root. */
export function taskFile(name: string): string {
  const words = name.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  return `.github/workflows/task-${words.join("-")}.yaml`;
}
