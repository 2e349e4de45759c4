/** Patterns with paths that they match and others that they do not. */
interface Example {
  readonly patterns: readonly string[];
  readonly matching: readonly string[];
  readonly others: readonly string[];
}

/**
 * What GitHub's filter pattern cheat sheet says about file paths, as far as hubwright's patterns
 * go. Paths that do not match follow from the sheet's words where it shows none.
 *
 * @see {@link https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#patterns-to-match-file-paths}
 */
export const CHEAT_SHEET: readonly Example[] = [
  { patterns: ["*"], matching: ["README.md", "server.rb"], others: ["docs/README.md"] },
  { patterns: ["**"], matching: ["all/the/files.md", "README.md", ".github/x"], others: [] },
  { patterns: ["*.js"], matching: ["app.js", "index.js"], others: ["src/app.js", "app.jsx"] },
  {
    patterns: ["docs/*"],
    matching: ["docs/README.md", "docs/file.txt"],
    others: ["docs/mona/octocat.txt", "docs", "xdocs/README.md"],
  },
  {
    patterns: ["docs/**"],
    matching: ["docs/README.md", "docs/mona/octocat.txt", "docs/.hidden"],
    others: ["docs", "docs.md", "a/docs/README.md"],
  },
  {
    patterns: ["docs/**/*.md"],
    matching: ["docs/README.md", "docs/mona/hello-world.md", "docs/a/markdown/file.md"],
    others: ["docs/a.txt", "README.md"],
  },
  {
    patterns: ["**/docs/**"],
    matching: ["docs/hello.md", "dir/docs/my-file.txt", "space/docs/plan/space.doc"],
    others: ["dir/docs", "dir/xdocs/a"],
  },
  {
    patterns: ["**/README.md"],
    matching: ["README.md", "js/README.md", "js/a/README.md"],
    others: ["js/xREADME.md", "README.md/x"],
  },
  {
    patterns: ["**/*src/**"],
    matching: ["a/src/app.js", "my-src/code/js/app.js"],
    others: ["a/srcs/app.js", "src"],
  },
  {
    patterns: ["**/*-post.md"],
    matching: ["my-post.md", "path/their-post.md"],
    others: ["my-post.md/x", "post.md"],
  },
  {
    patterns: ["**/migrate-*.sql"],
    matching: ["migrate-10909.sql", "db/migrate-v1.0.sql", "db/sept/migrate-v1.sql"],
    others: ["migrate/1.sql", "db/migrate-a/b.sql"],
  },
  {
    patterns: ["*.md", "!README.md"],
    matching: ["hello.md"],
    others: ["README.md", "docs/hello.md"],
  },
  {
    patterns: ["*.md", "!README.md", "README*"],
    matching: ["hello.md", "README.md", "README.doc"],
    others: ["docs/README.md"],
  },
];
