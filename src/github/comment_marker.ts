/** What the comment with the deployment plan begins with, and is known by. */
export const COMMENT_MARKER = "<!-- deployment-plan -->";

/** What the comment with the plan of a workflow begins with; the deployment's has a name of its own. */
export function planMarker(workflow: string | undefined): string {
  return workflow === undefined
    ? COMMENT_MARKER
    : `<!-- deployment-plan ${encodeURIComponent(workflow).replaceAll("-", "%2D")} -->`;
}

/** What the comment about a deployment begins with, and is known by. */
export const OUTCOME_MARKER = "<!-- deployment-outcome -->";
