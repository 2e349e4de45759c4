/**
 * Takes out of GitHub's published description of its API what hubwright calls. The whole of it is
 * 470 MB, in the npm package `@octokit/openapi`; the tests read this part.
 *
 * ```sh
 * npm pack @octokit/openapi && tar xzf octokit-openapi-*.tgz package/generated/api.github.com.json
 * deno run --allow-read --allow-write scripts/published_api.ts package/generated/api.github.com.json
 * ```
 *
 * @module
 */
const REPOSITORY = "/repos/{owner}/{repo}";

/** The operations that hubwright calls. */
const OPERATIONS = [
  ["get", "/deployments"],
  ["post", "/deployments"],
  ["post", "/deployments/{deployment_id}/statuses"],
  ["get", "/actions/runs/{run_id}"],
  ["get", "/actions/runs/{run_id}/jobs"],
  ["get", "/actions/workflows/{workflow_id}/runs"],
  ["get", "/pulls/{pull_number}"],
  ["get", "/commits/{commit_sha}/pulls"],
  ["get", "/issues/{issue_number}/comments"],
  ["post", "/issues/{issue_number}/comments"],
  ["patch", "/issues/comments/{comment_id}"],
  ["delete", "/issues/comments/{comment_id}"],
] as const;

/** Those whose answers the fake in the tests gives whole. */
const ANSWERED = /\/deployments|\/jobs$/;

/** What is for people. */
const WORDS = /^(?:description|examples?|title|externalDocs|x-.*|summary|tags)$/;

type Json = Readonly<Record<string, unknown>>;

const [file = ""] = Deno.args;
const whole = JSON.parse(await Deno.readTextFile(file));
const part: Json = {
  openapi: whole.openapi,
  info: { title: whole.info.title, version: whole.info.version, license: whole.info.license },
  paths: {},
  components: {},
};
for (const [method, path] of OPERATIONS) {
  const { parameters, requestBody, responses } = whole.paths[REPOSITORY + path][method];
  const kept = { parameters, requestBody, ...ANSWERED.test(path) ? { responses } : {} };
  take(["paths", REPOSITORY + path, method], withoutWords(kept));
}
const target = new URL("../tests/github/published_api.json", import.meta.url).pathname;
await Deno.writeTextFile(target, `${JSON.stringify(part, null, 2)}\n`);

/** Puts a value into the part, with everything that it refers to. */
function take(path: readonly string[], value: unknown): void {
  let place = part as Record<string, Record<string, never>>;
  for (const name of path.slice(0, -1)) place = place[name] ??= {};
  const last = path.at(-1) ?? "";
  if (last in place) return;
  Object.assign(place, { [last]: value });
  for (const [, name = ""] of JSON.stringify(value).matchAll(/"\$ref":"#\/([^"]+)"/g)) {
    const names = name.split("/");
    take(names, withoutWords(names.reduce((at, name) => at[name], whole)));
  }
}

function withoutWords(value: unknown, areNames = false): unknown {
  if (Array.isArray(value)) return value.map((item) => withoutWords(item));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => areNames || !WORDS.test(key))
      .map(([key, item]) => [key, withoutWords(item, key === "properties")]),
  );
}
