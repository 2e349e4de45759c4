import { persistedCredentials, unpinnedAction, untrustedCheckout } from "./actions.ts";
import { constantCondition, looseRefCheck } from "./conditions.ts";
import { secretOnPullRequest, selfHostedRunner, writeOnPullRequest } from "./pull_requests.ts";
import type { LintRule } from "./rule.ts";
import { cancelledDeployment, dangerousTrigger } from "./runs.ts";
import { environmentFile, expressionInScript } from "./scripts.ts";
import { allSecrets, unreasonedPermission } from "./tokens.ts";

/** What no generated workflow may have, in the order of the docs. */
export const LINT_RULES: readonly LintRule[] = [
  expressionInScript,
  environmentFile,
  unpinnedAction,
  dangerousTrigger,
  secretOnPullRequest,
  allSecrets,
  writeOnPullRequest,
  unreasonedPermission,
  persistedCredentials,
  untrustedCheckout,
  selfHostedRunner,
  constantCondition,
  looseRefCheck,
  cancelledDeployment,
];
