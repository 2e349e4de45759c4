import { context } from "../workflow/expression.ts";
import type { Leg, ProdLeg } from "./step_config.ts";

/** What a leg knows, wherever a config may ask for it. */
export const LEG: Leg = {
  cluster_name: context("matrix", "jobs", "cluster_name"),
  provider: context("matrix", "jobs", "provider"),
  // Which names there are is known where clusters are.
  value: (name) => context("matrix", "jobs", "values", name),
  status: context("job", "status"),
};

export const PROD_LEG: ProdLeg = { ...LEG, hub_name: context("matrix", "jobs", "hub_name") };
