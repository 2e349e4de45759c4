import { defineCommand } from "./command.ts";
import { COMMON_OPTIONS, STEP_FILES } from "./common.ts";

const { GITHUB_ACTIONS } = STEP_FILES;

/** `hubwright generate`: writes the workflows, or compares them with what is committed. */
export const generateCommand = defineCommand({
  name: "generate",
  summary: "Write the workflows, or check that the committed ones are up to date",
  examples: [
    ["hubwright generate", "write .github/workflows/*.yaml"],
    ["hubwright generate --check", "show what differs and exit with 1 where anything does"],
  ],
  options: {
    check: { help: "Write nothing; compare instead" },
    ...COMMON_OPTIONS,
  },
  variables: { GITHUB_ACTIONS },
  outputs: {},
  access: { read: [{ path: "." }], write: [{ path: ".github" }], run: [], api: false },
});
