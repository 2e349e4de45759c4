import type { Expression } from "../../../src/workflow/expression.ts";
import { call, context } from "../../../src/workflow/expression.ts";
import { always, cancelled, failure } from "../../../src/workflow/functions.ts";

const event = context<string>("github", "event_name");
const ref = context<string>("github", "ref");
const isPush = event.equals("push");
const isMain = ref.equals("refs/heads/main");

/** A workflow that pull requests start, and pushes. */
export const ON_BOTH = { push: { branches: ["main"] }, pull_request: { branches: ["main"] } };

/** Conditions that cannot hold on a pull request. */
export const NEVER: readonly Expression<unknown>[] = [
  isPush,
  event.notEquals("pull_request"),
  event.equals("PUSH").and(isMain),
  isMain.and(isPush),
  cancelled().not().and(isPush).and(isMain),
  failure().or(cancelled()).and(isPush),
  always().and(event.equals("pull_request").not()),
  isPush.and(isMain).or(event.equals("workflow_run")),
  isPush.or(isMain.and(isPush)),
  event.equals("pull_request").and("").or(isPush.and(isMain)),
];

/** Conditions that can hold on a pull request, or of which nobody can tell. */
export const PERHAPS: readonly Expression<unknown>[] = [
  event.equals("pull_request"),
  event.equals("Pull_Request"),
  event.notEquals("push"),
  isMain,
  always(),
  failure(),
  cancelled().not(),
  isPush.or(isMain),
  isPush.or(event.equals("pull_request")),
  isPush.not(),
  isPush.and(isMain).not(),
  isPush.or(failure()),
  event.and(isMain),
  call("contains", "push pull_request", event),
  context<string>("github", "event", "action").notEquals("closed"),
  context<string>("github", "EVENT_NAME").equals("push"),
  call<string>("format", "{0}", event).equals("push"),
];
