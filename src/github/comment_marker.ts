/** What the comment with the deployment plan begins with, and is known by. */
export const COMMENT_MARKER = "<!-- deployment-plan -->";

/** What the comment about a deployment begins with, and is known by. */
export const OUTCOME_MARKER = "<!-- deployment-outcome -->";
