import assert from "node:assert/strict";
import { apiOf, pagesOf, parseRemote } from "../../src/github/remote.ts";

const REMOTES: readonly (readonly [address: string, host?: string, repository?: string])[] = [
  ["https://github.com/octo/infrastructure", "github.com", "octo/infrastructure"],
  ["https://github.com/octo/infrastructure.git", "github.com", "octo/infrastructure"],
  ["https://GitHub.com/octo/.github/", "github.com", "octo/.github"],
  ["https://ada:ghs_secret@github.com/octo/a.b.git", "github.com", "octo/a.b"],
  ["git@github.com:octo/infrastructure.git", "github.com", "octo/infrastructure"],
  ["github.com:octo/infrastructure", "github.com", "octo/infrastructure"],
  ["org-7@acme.ghe.com:octo/infrastructure.git", "acme.ghe.com", "octo/infrastructure"],
  ["ssh://git@github.com/octo/infrastructure.git", "github.com", "octo/infrastructure"],
  ["ssh://git@ssh.github.com:443/octo/infrastructure.git", "github.com", "octo/infrastructure"],
  ["ssh://git@git.example.edu:2222/octo/hubs", "git.example.edu", "octo/hubs"],
  ["https://git.example.edu:8443/octo/hubs.git", "git.example.edu:8443", "octo/hubs"],
  ["git://git.example.edu/octo/hubs.git", "git.example.edu", "octo/hubs"],
  ["/srv/git/infrastructure.git"],
  ["../infrastructure"],
  ["file:///srv/octo/infrastructure"],
  ["C:\\Users\\ada\\infrastructure"],
  ["C:/ada/infrastructure"],
  ["https://gitlab.example.edu/group/sub/project.git"],
  ["https://github.com/octo"],
  ["https://git hub.com/octo/infrastructure"],
  [""],
];

for (const [address, host, repository] of REMOTES) {
  Deno.test(`parseRemote() reads ${JSON.stringify(address)}`, () => {
    assert.deepEqual(parseRemote(address), host && { host, repository });
  });
}

Deno.test("apiOf() and pagesOf() know where GitHub's API and its pages are", () => {
  for (
    const [host, api] of [
      ["github.com", "https://api.github.com"],
      ["acme.ghe.com", "https://api.acme.ghe.com"],
      ["git.example.edu", "https://git.example.edu/api/v3"],
      ["git.example.edu:8443", "https://git.example.edu:8443/api/v3"],
    ] as const
  ) {
    assert.equal(apiOf(host), api);
    assert.equal(pagesOf(api), `https://${host}`);
  }
  assert.equal(apiOf("ghe.com.example.org"), "https://ghe.com.example.org/api/v3");
  assert.equal(pagesOf("https://api.example.edu/"), "https://api.example.edu");
});
