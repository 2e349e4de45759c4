import { allSecrets } from "./all_secrets.ts";
import { cancelledDeployment } from "./cancelled_deployment.ts";
import { constantCondition } from "./constant_condition.ts";
import { dangerousTrigger } from "./dangerous_trigger.ts";
import { environmentFile } from "./environment_file.ts";
import { expressionInScript } from "./expression_in_script.ts";
import { looseRefCheck } from "./loose_ref_check.ts";
import { persistedCredentials } from "./persisted_credentials.ts";
import type { LintRule } from "./rule.ts";
import { secretOnPullRequest } from "./secret_on_pull_request.ts";
import { selfHostedRunner } from "./self_hosted_runner.ts";
import { unpinnedAction } from "./unpinned_action.ts";
import { unreasonedPermission } from "./unreasoned_permission.ts";
import { untrustedCheckout } from "./untrusted_checkout.ts";
import { writeOnPullRequest } from "./write_on_pull_request.ts";

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
