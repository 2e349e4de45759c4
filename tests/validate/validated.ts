import assert from "node:assert/strict";
import type { ReportJson } from "../../src/validate/findings_report.ts";
import { hubwright } from "../cli/fake_io.ts";
import { Sandbox } from "../cli/sandbox.ts";

/** The path of the `cluster.yaml` of the cluster `earth`. */
export const EARTH = "config/clusters/earth/cluster.yaml";

/** The text of a `cluster.yaml` in which nothing is wrong, where its files are there. */
export const EARTH_TEXT = `name: earth
provider: gcp
support:
  helm_chart_values_files:
    - support.values.yaml
hubs:
  - name: staging
    helm_chart: basehub
    helm_chart_values_files:
      - ../common.values.yaml
      - staging.values.yaml
  - name: prod
    helm_chart: basehub
    helm_chart_values_files:
      - ../common.values.yaml
      - prod.values.yaml
`;

/** An infrastructure repository in which nothing is wrong. */
export const SOUND: Readonly<Record<string, string>> = {
  [EARTH]: EARTH_TEXT,
  "config/clusters/earth/support.values.yaml": "a: 1\n",
  "config/clusters/earth/staging.values.yaml": "a: 1\n",
  "config/clusters/earth/prod.values.yaml": "a: 1\n",
  "config/clusters/common.values.yaml": "a: 1\n",
  "config/clusters/templates/cluster.yaml": "{{ a template, no cluster }}\n",
  "config/clusters/templates/hub.values.yaml": "a: 1\n",
  "helm-charts/basehub/Chart.yaml": "name: basehub\n",
  "helm-charts/daskhub/Chart.yaml": "name: daskhub\n",
  "helm-charts/support/Chart.yaml": "name: support\n",
  "deployer/deploy.py": "",
  ".github/actions/setup-deploy/action.yaml": "name: Set up\n",
};

/** Makes a repository that is sound but for what is given. */
export function repositoryWith(
  changes: Readonly<Record<string, string | null>> = {},
): Promise<Sandbox> {
  const files = Object.entries({ ...SOUND, ...changes })
    .filter((entry): entry is [string, string] => entry[1] !== null);
  return Sandbox.create(Object.fromEntries(files));
}

/** The text of the sound `cluster.yaml` with a part replaced, which has to be in it. */
export function earthWith(part: string, other: string): string {
  assert.ok(EARTH_TEXT.includes(part), part);
  return EARTH_TEXT.replace(part, () => other);
}

/** A report, with the exit code. */
export interface Validated extends ReportJson {
  readonly code: number;
}

/** Validates a folder. */
export async function validated(folder: Sandbox, ...args: readonly string[]): Promise<Validated> {
  const { code, out, err } = await hubwright(
    ["validate", "--repo", folder.path, "--format", "json", ...args],
  );
  assert.equal(err, "");
  return { code, ...JSON.parse(out) as ReportJson };
}

/** A finding as one line. */
export function asLine({ file, line, column, message }: ReportJson["errors"][number]): string {
  return [file, line, column].filter((part) => part !== null).join(":") + `: ${message}`;
}
