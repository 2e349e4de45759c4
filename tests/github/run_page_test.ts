import assert from "node:assert/strict";
import { checkRunPage } from "../../src/github/run_page.ts";

const REPOSITORY = "octo/infra.structure";

const PAGES = [
  "https://github.com/octo/infra.structure/actions/runs/456",
  "https://github.com/octo/infra.structure/actions/runs/456/attempts/2",
  "https://github.com/Octo/Infra.Structure/actions/runs/456",
  "https://git.example.org:8443/octo/infra.structure/actions/runs/456",
];

Deno.test("checkRunPage() accepts the page of a run of the repository", () => {
  for (const page of PAGES) assert.equal(checkRunPage(page, REPOSITORY), page);
});

const [PAGE = ""] = PAGES;
const OTHERS = [
  "",
  "javascript:alert(1)",
  PAGE.replace("https", "http"),
  PAGE.replace("octo", "mallory"),
  PAGE.replace("infra.structure", "infra-structure"),
  PAGE.replace("github.com", "ada@github.com"),
  PAGE.replace("github.com", "ada:secret@github.com"),
  PAGE.replace("github.com", "github.com/x"),
  PAGE.replace("github.com", ""),
  PAGE.replace("github.com", "gith\u00fcb.com"),
  PAGE.replace("actions/runs", "actions/../runs"),
  `${PAGE}/`,
  `${PAGE}?x=1`,
  `${PAGE}#x`,
  `${PAGE})[x](https://evil.example`,
  `${PAGE} "title"`,
  `${PAGE}\n`,
  `${PAGE}\n\n# Heading`,
  ` ${PAGE}`,
  `${PAGE}<b>`,
  `${PAGE}|`,
  `${PAGE}x`,
  PAGE.replace("456", ""),
  PAGE.replace("456", "9".repeat(500)),
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
