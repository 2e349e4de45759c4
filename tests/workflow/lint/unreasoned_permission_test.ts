import type { Permissions } from "../../../src/workflow/model.ts";
import { jobModel, workflowModel } from "../models.ts";
import { accepts, refuses, unchecked } from "./refuses.ts";

const ID = "unreasoned-permission";

function granted(permissions: unknown) {
  return workflowModel(jobModel("a", { permissions: unchecked<Permissions>(permissions) }));
}

for (const access of ["read", "write"] as const) {
  for (const why of ["", "  ", "\n", "to comment\nand more", undefined, 3]) {
    refuses(
      ID,
      `${access} because of ${JSON.stringify(why) ?? "nothing"}`,
      granted({ contents: { access, why } }),
      "Job a",
    );
  }
}

for (const permissions of ["write-all", "read-all", null, undefined]) {
  refuses(ID, `the permissions ${permissions}`, granted(permissions), "Job a");
}

refuses(
  ID,
  "what is neither read nor write",
  granted({ contents: { access: "admin", why: "to be sure" }, actions: "write", packages: null }),
  "Job a",
  "Job a",
  "Job a",
);

accepts(ID, "no permission", granted({}));
accepts(
  ID,
  "reasons",
  granted({
    contents: { access: "read", why: "to check out" },
    "pull-requests": { access: "write", why: "to comment" },
  }),
);
