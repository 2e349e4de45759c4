// Runs before a program that is measured: when it ends, the most memory that it held goes to a file.
addEventListener("unload", () => {
  const status = Deno.readTextFileSync("/proc/self/status");
  const [, kilobytes = ""] = /VmHWM:\s*(\d+)/.exec(status) ?? [];
  Deno.writeTextFileSync(Deno.env.get("PEAK_FILE"), kilobytes);
});
