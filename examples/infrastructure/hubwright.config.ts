import { defineConfig } from "@hubwright/hubwright";

export default defineConfig({
  rules: {
    allHubs: ["deployer/**", "helm-charts/basehub/**", "helm-charts/daskhub/**", "!**/README.md"],
  },
  // hubwright is a folder of this repository. Once it is on npm, this line goes: the default holds.
  runtime: ["deno", "run", "--frozen", "PERMISSIONS", "hubwright/src/cli/main.ts"],
});
