/** Fleets that are laid out in other ways, as a config's `clusters.read` reads them. */
import assert from "node:assert/strict";
import { ROOT, Sandbox } from "../cli/sandbox.ts";
import { parseFault } from "../../src/simulate/fault.ts";
import { parseStep } from "../../src/simulate/sequence_step.ts";
import { EMPTY_REPOSITORY } from "../git/temp_repository.ts";
import { change, configure, simulatorOf } from "./example.ts";

/** One cluster: a folder a hub with two stages, and two releases of the cluster itself. */
const CAMPUS = {
  "hubwright.config.ts": `export default {
  clusters: {
    files: ["hubs/*/hub.yaml", "cluster/releases.yaml"],
    read({ path, folder, data }) {
      const campus = { name: "campus", provider: "gcp" };
      if (path === "cluster/releases.yaml") {
        const upgrade = (name) => "helm repo update; helm upgrade " + name + " cluster/" + name;
        return {
          ...campus,
          support: data.releases.map((name) => (
            { name, files: ["cluster/" + name + "/**"], upgrade: upgrade(name) }
          )),
        };
      }
      const name = folder.split("/")[1];
      if (name === "template") return null;
      const hubs = ["staging", "prod"].map((stage) => ({
        name: name + "-" + stage,
        files: [folder + "/config/common.yaml", folder + "/config/" + stage + ".yaml"],
        upgrade: "campus-deploy " + name + " " + stage,
      }));
      return { ...campus, hubs };
    },
  },
  rules: { allHubs: ["image/**"], allSupport: [] },
  commands: { healthCheck: null },
  setup: [],
};
`,
  "cluster/releases.yaml": "releases: [support, placeholder]\n",
  "cluster/support/values.yaml": "a: 1\n",
  "cluster/placeholder/values.yaml": "a: 1\n",
  "image/list.txt": "a\n",
  ...Object.fromEntries(
    ["astro", "bio", "template"].flatMap((name) =>
      ["hub.yaml", "config/common.yaml", "config/staging.yaml", "config/prod.yaml"]
        .map((file) => [`hubs/${name}/${file}`, "a: 1\n"])
    ),
  ),
};

/** A file a cluster, with a secret beside it; one hub on each, and a member that tries for all. */
const FEDERATION = {
  "hubwright.config.ts": `export default {
  clusters: {
    files: "config/*.yaml",
    read({ path, data, exists }) {
      const name = /([^/]+)\\.yaml$/.exec(path)[1];
      const secrets = "secrets/config/" + name + ".yaml";
      if (!exists(secrets)) return null;
      return {
        name,
        provider: data.provider,
        values: { namespace: data.namespace },
        hubs: [{ name: "hub-" + name, staging: name === "staging", files: [secrets, "chart/**"] }],
      };
    },
  },
  gate: "fleet",
  rules: { allHubs: ["deploy.py"], allSupport: [] },
  commands: { upgradeHub: "./deploy.py CLUSTER HUB", healthCheck: "./check.py CLUSTER HUB" },
  setup: (leg) => [
    { name: "Sign in", env: { NAMESPACE: leg.value("namespace") }, run: 'echo "to $NAMESPACE"' },
  ],
};
`,
  "config/common.yaml": "a: 1\n",
  "chart/values.yaml": "a: 1\n",
  "deploy.py": "\n",
  ...Object.fromEntries(
    ["staging", "east", "west"].flatMap((name) => [
      [`config/${name}.yaml`, `provider: gcp\nnamespace: ns-${name}\n`],
      [`secrets/config/${name}.yaml`, "a: 1\n"],
    ]),
  ),
};

type Files = Readonly<Record<string, string>>;

/** A repository with its generated workflows. */
async function generated(files: Files) {
  const repository = await Sandbox.create({
    ...EMPTY_REPOSITORY,
    ".git/info/exclude": ".hubwright\n",
    ...files,
  });
  await Deno.symlink(`${ROOT}/dist`, repository.join(".hubwright"));
  const since = await repository.commit("Begin");
  const config = files["hubwright.config.ts"] ?? "";
  await configure(repository, config.replace("SINCE", since));
  await repository.commit("Generate");
  return { repository, simulator: await simulatorOf(repository) };
}

const fleets = new Map<Files, ReturnType<typeof generated>>();

Deno.test.afterAll(async () => {
  for (const fleet of fleets.values()) {
    const { repository, simulator } = await fleet;
    await simulator[Symbol.asyncDispose]();
    await repository[Symbol.asyncDispose]();
  }
});

const fleetOf = (files: Files) => fleets.getOrInsertComputed(files, () => generated(files));

/** What becomes of the releases that the change of a file upgrades. */
async function outcomes(files: Files, path: string, ...faults: readonly string[]) {
  const { repository, simulator } = await fleetOf(files);
  await change(repository, path);
  const { releases } = await simulator.simulate({
    base: "HEAD^",
    faults: faults.map(parseFault),
  });
  return Object.fromEntries(
    releases.filter(({ planned }) => planned)
      .map(({ cluster, hub, status }) => [`${cluster}/${hub}`, status]),
  );
}

Deno.test("deploy-hubs.yaml upgrades an add-on for its own files, with its own command", async () => {
  assert.deepEqual(await outcomes(CAMPUS, "cluster/placeholder/values.yaml"), {
    "campus/placeholder": "deployed",
  });
  assert.deepEqual(await outcomes(CAMPUS, "cluster/releases.yaml"), {
    "campus/": "deployed",
    "campus/placeholder": "deployed",
  });
});

Deno.test("deploy-hubs.yaml upgrades the hubs of a folder with commands of their own, unchecked", async () => {
  assert.deepEqual(await outcomes(CAMPUS, "hubs/bio/config/prod.yaml"), {
    "campus/astro-staging": "deployed",
    "campus/bio-staging": "deployed",
    "campus/bio-prod": "deployed",
  });
  assert.deepEqual(
    await outcomes(CAMPUS, "hubs/bio/config/common.yaml", "staging:campus/bio-staging"),
    {
      "campus/astro-staging": "deployed",
      "campus/bio-staging": "failed",
      "campus/bio-prod": "blocked",
    },
  );
});

Deno.test("deploy-hubs.yaml lets an add-on that fails block the hubs after it", async () => {
  const files = {
    ...CAMPUS,
    "cluster/releases.yaml": "releases: [placeholder]\n",
    "hubwright.config.ts": CAMPUS["hubwright.config.ts"]
      .replace('"/**"]', '"/**", "image/**"]'),
  };
  const found = await outcomes(files, "image/list.txt", "support:campus/placeholder");
  assert.deepEqual(found, {
    "campus/placeholder": "failed",
    "campus/astro-staging": "blocked",
    "campus/astro-prod": "blocked",
    "campus/bio-staging": "blocked",
    "campus/bio-prod": "blocked",
  });
});

Deno.test("deploy-hubs.yaml lets one member of a federation go before all others", async () => {
  const all = { "east/hub-east": "deployed", "west/hub-west": "deployed" };
  const staging = "staging/hub-staging";
  assert.deepEqual(await outcomes(FEDERATION, "chart/values.yaml"), {
    ...all,
    [staging]: "deployed",
  });
  assert.deepEqual(await outcomes(FEDERATION, "secrets/config/east.yaml", `check:${staging}`), {
    "east/hub-east": "blocked",
    [staging]: "failed",
  });
});

Deno.test("the ledger makes up an add-on that failed, and takes an unchecked hub for up to date", async () => {
  const config = CAMPUS["hubwright.config.ts"]
    .replace("default {", 'default {\n  ledger: { since: "SINCE" },');
  const { repository, simulator } = await fleetOf({ ...CAMPUS, "hubwright.config.ts": config });
  await change(repository, "hubs/bio/config/staging.yaml", "cluster/placeholder/values.yaml");
  const steps = ["push HEAD^..HEAD fail=support:campus/placeholder", "dispatch", "dispatch"];
  const told = [];
  for await (const { releases } of simulator.sequence(steps.map(parseStep))) {
    told.push(
      releases.filter(({ upgraded, owed }) => upgraded !== "" || owed !== null)
        .map(({ hub, upgraded, owed }) => `${hub}: ${upgraded} ${owed?.outcome ?? ""}`),
    );
  }
  assert.deepEqual(told, [
    ["placeholder: failed failed", "bio-staging:  blocked"],
    ["placeholder: deployed ", "bio-staging: deployed "],
    [],
  ]);
});
