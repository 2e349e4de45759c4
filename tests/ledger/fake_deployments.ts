import { errorResponse } from "../github/fault.ts";

/** A deployment that the fake keeps. */
export interface FakeDeployment {
  readonly id: number;
  readonly sha: string;
  readonly ref: string;
  readonly task: string;
  readonly environment: string;
  readonly description: string | null;
  readonly payload: unknown;
  readonly created_at: string;
  readonly statuses: { readonly state: string; readonly [key: string]: unknown }[];
}

/** The deployments of a repository on GitHub, as far as hubwright uses them. */
export class FakeDeployments {
  /** All of them, oldest first. */
  readonly all: FakeDeployment[] = [];
  /** The commits that `ref` may name; any, where there are none. */
  readonly commits = new Set<string>();
  #nextId = 301;

  /** Adds a record as a run, a person or another tool may have written it. */
  add(
    payload: unknown,
    { sha = asOf(payload), ref = sha, task = "deploy:hubwright", environment = "hubs", ...rest }:
      Partial<FakeDeployment> = {},
  ): FakeDeployment {
    const id = this.#nextId++;
    const deployment: FakeDeployment = {
      id,
      sha,
      ref,
      task,
      environment,
      description: null,
      payload,
      created_at: new Date(Date.UTC(2026, 10, 22) + id * 60_000).toISOString().replace(".000", ""),
      statuses: [],
      ...rest,
    };
    this.all.push(deployment);
    return deployment;
  }

  /** `GET deployments`: newest first, of one environment and task where they are asked for. */
  list(url: URL): Response {
    const { environment, task, per_page = "30" } = Object.fromEntries(url.searchParams);
    const found = this.all.filter((deployment) =>
      deployment.environment === (environment ?? deployment.environment) &&
      deployment.task === (task ?? deployment.task)
    );
    const page = found.toReversed().slice(0, Number(per_page));
    return Response.json(page.map((deployment) => render(deployment, url)));
  }

  /** `POST deployments`. */
  create(body: string, url: URL): Response {
    const { ref, task, environment, payload, description } = JSON.parse(body);
    if (this.commits.size > 0 && !this.commits.has(ref)) {
      return errorResponse(422, `No ref found for: ${ref}`);
    }
    const created = this.add(payload, { sha: ref, ref, task, environment, description });
    return Response.json(render(created, url), { status: 201 });
  }

  /** `POST deployments/ID/statuses`. */
  addStatus(id: string, body: string, url: URL): Response {
    const deployment = this.all.find((deployment) => deployment.id === Number(id));
    if (deployment === undefined) return errorResponse(404, "Not Found");
    const status = JSON.parse(body);
    deployment.statuses.push(status);
    const api = `${repositoryUrl(url)}/deployments/${id}`;
    return Response.json({
      url: `${api}/statuses/1`,
      id: 1,
      node_id: "MDE2OkRlcGxveW1lbnRTdGF0dXMx",
      state: status.state,
      creator: null,
      description: status.description ?? "",
      environment: deployment.environment,
      target_url: status.log_url ?? "",
      log_url: status.log_url ?? "",
      created_at: deployment.created_at,
      updated_at: deployment.created_at,
      deployment_url: api,
      repository_url: repositoryUrl(url),
    }, { status: 201 });
  }
}

function asOf(payload: unknown): string {
  const value = typeof payload === "object" && payload !== null && "as_of" in payload
    ? payload.as_of
    : undefined;
  return typeof value === "string" ? value : "a".repeat(40);
}

function repositoryUrl(url: URL): string {
  return /^(.+\/repos\/[^/]+\/[^/]+)\//.exec(`${url.origin}${url.pathname}`)?.[1] ?? "";
}

function render({ statuses: _, ...deployment }: FakeDeployment, url: URL): unknown {
  const api = `${repositoryUrl(url)}/deployments/${deployment.id}`;
  return {
    ...deployment,
    url: api,
    node_id: "MDEwOkRlcGxveW1lbnQx",
    original_environment: deployment.environment,
    creator: null,
    updated_at: deployment.created_at,
    statuses_url: `${api}/statuses`,
    repository_url: repositoryUrl(url),
    transient_environment: false,
    production_environment: false,
  };
}
