import { defineConfig } from "@hubwright/hubwright";

export default defineConfig({
  rules: {
    allHubs: ["deployer/**", "helm-charts/basehub/**", "helm-charts/daskhub/**", "!**/README.md"],
  },
});
