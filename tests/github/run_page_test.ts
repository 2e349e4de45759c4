import assert from "node:assert/strict";
import { checkRunPage } from "../../src/github/run_page.ts";

const REPOSITORY = "octo/infra.structure";
const PAGE = "https://github.com/octo/infra.structure/actions/runs/456";
const replaced = (from: string, ...to: readonly string[]) =>
  to.map((text) => PAGE.replace(from, text));

Deno.test("checkRunPage() accepts the page of a run of the repository", () => {
  const pages = [
    PAGE,
    `${PAGE}/attempts/2`,
    ...replaced(REPOSITORY, "Octo/Infra.Structure"),
    ...replaced("github.com", "git.example.org:8443"),
  ];
  for (const page of pages) assert.equal(checkRunPage(page, REPOSITORY), page);
});

const AFTER = ["/", "?x=1", "#x", ")[x](https://evil.example", ' "title"', "\n", "\n\n# Heading"];
const OTHERS = [
  "",
  "javascript:alert(1)",
  ` ${PAGE}`,
  ...[...AFTER, "<b>", "|", "x"].map((after) => `${PAGE}${after}`),
  ...replaced("https", "http"),
  ...replaced("octo", "mallory"),
  ...replaced("infra.structure", "infra-structure"),
  ...replaced("github.com", "ada@github.com", "ada:secret@github.com", "github.com/x", ""),
  ...replaced("github.com", "gith\u00fcb.com"),
  ...replaced("actions/runs", "actions/../runs"),
  ...replaced("456", "", "9".repeat(500)),
];

Deno.test("checkRunPage() refuses every other page", () => {
  for (const page of OTHERS) {
    assert.throws(() => checkRunPage(page, REPOSITORY), {
      name: "UserError",
      message:
        /^Cannot read "RUN_URL": expected the page of a run of octo\/infra\.structure, [^\n]+$/,
    }, page);
  }
});
