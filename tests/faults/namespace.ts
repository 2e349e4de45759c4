import { shellQuote } from "../../src/text/shell_quote.ts";
import type { Ran } from "../cli/fake_io.ts";
import { runProgram } from "../run_program.ts";

/** Ways to run a program with mounts of its own, for root and for others. */
const WAYS = [["unshare", "--mount"], ["unshare", "--map-root-user", "--mount"]];

/** The way that works on this machine. */
const [WAY] = (await Promise.all(WAYS.map(async (way) => {
  const [program = "", ...args] = way;
  const ran = await new Deno.Command(program, {
    args: [...args, "mount", "-t", "tmpfs", "none", "/tmp"],
    stdout: "null",
    stderr: "null",
  }).output().catch(() => undefined);
  return ran?.success === true ? [way] : [];
}))).flat();

/** Whether disks can be made here that are full or cannot be written to. */
export const CAN_MOUNT: boolean = WAY !== undefined;

/** Runs a script with mounts of its own, which are gone when it ends. */
export async function runMounted(
  mounts: readonly string[],
  argv: readonly string[],
  { cwd, env = {}, after = "" }: {
    readonly cwd: string;
    readonly env?: Readonly<Record<string, string>>;
    readonly after?: string;
  },
): Promise<Ran> {
  const [program = "", ...args] = WAY ?? [];
  const script = `set -e
${mounts.join("\n")}
cd ${shellQuote(cwd)}
code=0
${argv.map(shellQuote).join(" ")} || code=$?
${after}
exit "$code"`;
  return await runProgram(program, [...args, "bash", "-c", script], { cwd: "/", env });
}
