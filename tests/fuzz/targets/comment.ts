import assert from "node:assert/strict";
import fc from "fast-check";
import { COMMENT_MARKER } from "../../../src/github/comment_marker.ts";
import { parsePlan } from "../../../src/github/parse_plan.ts";
import { hubwright } from "../../cli/fake_io.ts";
import { FakeGitHub, TOKEN } from "../../github/fake_github.ts";
import { EXAMPLE, nasty, plans } from "../../report/arbitraries.ts";
import { assertInertMarkdown } from "../../hostile/inert_markdown.ts";
import { contents } from "../content.ts";
import { HOSTILE_NAMES, hostileText } from "../hostile.ts";
import { orderly } from "../orderly.ts";
import { type Target, target } from "../target.ts";
import { jsonTexts, mutatedValues } from "../values.ts";

const SHA = "a".repeat(40);
const RUN_URL = "https://github.com/octo/infrastructure/actions/runs/456";

/** How many characters GitHub lets a comment have. */
const LONGEST = 65_536;

/** What a plan says in words may hold anything, as it spells out the names of files. */
const words = fc.oneof(nasty, hostileText.map((text) => text.slice(0, 1_000) || "x"));

/** Plans as `plan` may write them, of a repository that is hostile where it can be. */
const sound = fc.record({
  head: fc.constantFrom("", SHA, "0".repeat(40)),
  support_and_staging: fc.subarray([...EXAMPLE.support_and_staging]),
  prod: fc.subarray([...EXAMPLE.prod]),
  said: fc.array(words, { minLength: 1, maxLength: 8 }),
}).map(({ said, ...plan }) => {
  let next = 0;
  const json = JSON.stringify(
    { ...EXAMPLE, ...plan },
    (key, value) =>
      /reason$|^message$/.test(key) && value !== "" ? said[next++ % said.length] : value,
  );
  return JSON.parse(json);
});

export const commentTarget: Target = target({
  name: "plan files, for comment",
  share: 12,
  cases: fc.record({
    plan: fc.oneof(
      sound.map((plan) => ({ text: JSON.stringify(plan) })),
      contents(jsonTexts(mutatedValues(fc.oneof(sound, plans(nasty)), 2))),
    ),
    number: fc.oneof(
      { weight: 8, arbitrary: fc.constant({ text: "7\n" }) },
      { weight: 1, arbitrary: contents(hostileText) },
      {
        weight: 1,
        arbitrary: contents(fc.constantFrom("07", "7 8", "-7", "7e1", "٧", "9", "7\r")),
      },
    ),
    more: fc.oneof(
      { weight: 12, arbitrary: fc.constant(undefined) },
      { weight: 1, arbitrary: fc.constantFrom(...HOSTILE_NAMES) },
    ),
    body: fc.constantFrom(undefined, `${COMMENT_MARKER}\nolder`, "of somebody else"),
  }),
  open: (folders, stack) => {
    const github = stack.use(new FakeGitHub());
    github.addPullRequest({ number: 7, headSha: SHA });
    return async ({ plan, number, more, body }) => {
      using folder = folders.next();
      const file = folder.write("plan.json", plan);
      folder.write("number", number);
      if (more !== undefined) folder.write(more, { text: "" });
      github.comments.splice(0);
      github.requests.splice(0);
      if (body !== undefined) github.addComment(7, body);
      const ran = await hubwright(["comment"], {
        env: {
          ...{ PLAN_ARTIFACT: folder.path, RUN_HEAD_SHA: SHA, RUN_URL, GITHUB_TOKEN: TOKEN },
          ...{ GITHUB_API_URL: github.url, GITHUB_REPOSITORY: github.repository },
        },
      });
      const names = (line: string) => /^(?:\S+|.*): Cannot |^Cannot .* pull request/.test(line);
      if (orderly(ran, { names, codes: [1] }) === "refused") {
        assert.deepEqual(github.writes(), [], "a refusal writes nothing");
        return "refused";
      }
      assert.equal(more, undefined, "nothing else is in the artifact");
      parsePlan(new TextDecoder().decode(Deno.readFileSync(file)), "plan.json");
      const ours = github.comments.filter((comment) => comment.body.startsWith(COMMENT_MARKER));
      assert.ok(ours.length <= 1, "one comment");
      for (const { body } of ours) {
        assert.ok(body.length <= LONGEST, `${body.length} characters`);
        assertInertMarkdown(body, [RUN_URL]);
      }
      return "accepted";
    };
  },
});
