import {
  lookAlikeOwner,
  persistedCredentials,
  unpinnedAction,
  untrustedCheckout,
} from "./actions.ts";
import { constantCondition, looseRefCheck } from "./conditions.ts";
import { secretOnPullRequest, selfHostedRunner, writeOnPullRequest } from "./pull_requests.ts";
import type { LintRule } from "./rule.ts";
import { cancelledDeployment, dangerousTrigger } from "./runs.ts";
import { environmentFile, expressionInScript, unsecureCommands } from "./scripts.ts";
import { allSecrets, missingIdToken, unreasonedPermission } from "./tokens.ts";

/** What no generated workflow may have, in the order of the docs. */
export const LINT_RULES: readonly LintRule[] = [
  expressionInScript,
  environmentFile,
  unsecureCommands,
  unpinnedAction,
  lookAlikeOwner,
  dangerousTrigger,
  secretOnPullRequest,
  allSecrets,
  writeOnPullRequest,
  unreasonedPermission,
  missingIdToken,
  persistedCredentials,
  untrustedCheckout,
  selfHostedRunner,
  constantCondition,
  looseRefCheck,
  cancelledDeployment,
];
