import { loadConfig } from "../config/load_config.ts";
import { command } from "../contract/command.ts";
import { formatOption, textOption } from "../contract/common.ts";
import { optionalText, pageUrl } from "../contract/schemas.ts";
import { fromRunner, fromStep } from "../contract/variables.ts";
import { UserError } from "../errors.ts";
import { gather } from "../gather.ts";
import { commitDates, distanceBetween } from "../git/commit_dates.ts";
import { connect } from "../github/api.ts";
import { readRecords } from "../ledger/deployments.ts";
import { type FleetStatus, fleetStatus } from "../ledger/fleet_status.ts";
import { statusMarkdown } from "../report/status_markdown.ts";
import { statusPage } from "../report/status_page.ts";
import { statusJson, statusTables } from "../report/status_tables.ts";
import { loadClusters } from "../repository/load_repository.ts";
import * as z from "../zod.ts";
import { findAccess } from "./github_access.ts";
import { checkWord } from "./check_word.ts";

/** `hubwright status`: what each release of the fleet runs, and what it is owed. */
export const statusCommand = command({
  name: "status",
  summary: "Show which commit each release runs, and what it is owed, since when and why",
  examples: [
    ["hubwright status", "the fleet, with what needs attention first"],
    [
      "hubwright status lake/plankton",
      "one hub; a cluster's support chart is 'lake/support chart'",
    ],
    ["hubwright status --format html > fleet.html", "a page for a browser, in one file"],
  ],
  options: {
    release: {
      ...textOption("CLUSTER[/HUB]", "The cluster, or one of its releases (default: all of them)"),
      positional: true,
    },
    format: formatOption("the status", ["table", "json", "markdown", "html"]),
  },
  variables: {
    GITHUB_TOKEN: fromStep(optionalText, "A token that reads deployments"),
    GH_TOKEN: fromStep(
      optionalText,
      'The same, if that is not set; without either, what "gh auth token" says',
    ),
    GITHUB_REPOSITORY: fromRunner(optionalText, "owner/name (default: from git's remote origin)"),
    GITHUB_API_URL: fromRunner(
      optionalText,
      "Where GitHub's API is (default: that of the remote's host)",
    ),
    GITHUB_SERVER_URL: fromRunner(
      z.optional(pageUrl),
      "Where GitHub's pages are (default: those of the API's host)",
    ),
  },
  access: { read: ["."], run: ["git", "gh"], api: true },
  async run({ options, variables, io }) {
    const { repo = ".", release, config, format = "table" } = options;
    const settings = await loadConfig(repo, config);
    const { ledger, paused, file } = settings;
    if (ledger === undefined) {
      throw new UserError({
        file,
        message: 'Cannot say what the fleet runs: expected the key "ledger", found none, so no ' +
          'record is kept; write ledger: { since: "COMMIT" } with the commit at which everything ' +
          "was up to date last, as docs/ledger.md shows",
      });
    }
    const [clusters, { page, ...access }] = await gather(
      loadClusters(repo, settings),
      findAccess(repo, variables),
    );
    const github = connect({ ...access, log: (line) => io.err(`${line}\n`) });
    const records = await readRecords(github, ledger);
    const { since } = ledger;
    const status = selected(fleetStatus({ clusters, since, paused, records }), release);
    const commits = [status.as_of, ...status.releases.map(({ commit }) => commit)];
    const [dates, distance] = await gather(
      commitDates(repo, commits),
      distanceBetween(repo, status.as_of, "HEAD"),
    );
    const { repository } = access;
    const report = { status, repository, page, dates, distance, now: Date.now() };
    io.out({
      table: () => statusTables(report, io),
      json: () => statusJson(report),
      markdown: () => statusMarkdown(report),
      html: () => statusPage(report),
    }[format]());
    return 0;
  },
});

/** What a status says of a cluster, or of one of its releases; all of it where none is named. */
function selected(status: FleetStatus, asked: string | undefined): FleetStatus {
  if (asked === undefined) return status;
  const [cluster = "", ...rest] = asked.split("/");
  checkWord("cluster", cluster, [...new Set(status.releases.map(({ cluster }) => cluster))]);
  const releases = status.releases.filter((release) => release.cluster === cluster);
  const gone = status.gone.filter((release) => release.cluster === cluster);
  if (rest.length === 0) return { ...status, releases, gone };
  const name = rest.join("/");
  checkWord(`release of ${cluster}`, name, releases.map(({ release }) => release));
  return { ...status, releases: releases.filter(({ release }) => release === name), gone: [] };
}
