import { parseOutputs } from "../workflows/shell.ts";
import { Sandbox } from "./sandbox.ts";

/** The files that GitHub's runner gives a step. */
export interface StepFiles extends Sandbox {
  /** The variables that name them. */
  readonly env: Readonly<Record<"GITHUB_OUTPUT" | "GITHUB_STEP_SUMMARY", string>>;
  readonly outputs: () => Promise<Readonly<Record<string, string>>>;
  readonly summary: () => Promise<string>;
}

export async function stepFiles(before = { output: "", summary: "" }): Promise<StepFiles> {
  const files = await Sandbox.create(before);
  return Object.assign(files, {
    env: { GITHUB_OUTPUT: files.join("output"), GITHUB_STEP_SUMMARY: files.join("summary") },
    outputs: async () => parseOutputs(await files.read("output")),
    summary: () => files.read("summary"),
  });
}
