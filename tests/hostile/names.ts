/**
 * Texts that mean harm, as a stranger may put them into whatever a pull request brings: names of
 * files, folders, branches, labels, hubs and clusters, commit messages and authors.
 *
 * Where one could run as a command it makes a file; `PWNED` is replaced by its path.
 *
 * @module
 */

const TOUCH = ["touch PWNED", "touch${IFS}PWNED"];

/** Ways out of an unquoted word, a quoted one, a line, a heredoc, an arithmetic expression. */
const SHELL = [
  ...["$(P)", "`P`", ";P;", "|P", "||P", "&&P", "&P&", "\nP\n", "\r\nP\r\n", '";P;"', "';P;'"],
  ...['"$(P)"', "'$(P)'", "$(P) #", "<(P)", ">(P)", "${x:-$(P)}", "$((a[$(P)]))", "a[$(P)]"],
  ...["() { :;}; P", "EOF\nP", '\\";P #', ")};P #", "%0AP", "$'\\n'P", "{touch,PWNED}", ">PWNED"],
];

const OPTIONS = [
  ...["-rf", "--", "-", "-h", "--help", "--version", "-A", "--allow-all", "--output=PWNED"],
  ...["-oPWNED", "-c core.pager=touch PWNED", "--upload-pack=touch PWNED", "--exec=touch PWNED"],
  ...["--ext-diff", "--textconv", "--no-index", "-OPWNED", "--plan-file=PWNED", "--config=PWNED"],
  ...["--git-dir=PWNED", "--open-files-in-pager=touch PWNED", "--end-of-options", "@PWNED"],
  ...["ext::sh -c touch% PWNED", "--config-env=core.pager=PWNED", "alias.x=!touch PWNED"],
];

const REVISIONS = [
  ...["^HEAD", "HEAD^!", "HEAD..HEAD", "HEAD...HEAD", "HEAD^{/x}", ":/PWNED", "HEAD:PWNED"],
  ...["@{-1}", "@{u}", "HEAD@{1}", ":(glob)**", ":!x", ":(attr:x)y", "refs/../PWNED", "HEAD~999"],
  "HEAD^{tree}",
];

const EXPRESSIONS = [
  ...["${{ github.token }}", "${{ secrets.GITHUB_TOKEN }}", "${{ toJSON(secrets) }}", "${{"],
  ...["${{ '`touch PWNED`' }}", "$(echo ${{ github.token }} > PWNED)", "}} ${{ always() }}"],
  ...["'${{ fromJSON('[1]')[0] }}'", "{{ 7 * 7 }}", "#{7*7}", "<%= 7 * 7 %>"],
];

const COMMANDS = [
  ...["set-output name=prod-hub-matrix-jobs::[]", "set-env name=BASH_ENV::PWNED"],
  ...["save-state name=x::y", "add-path::PWNED", "add-mask::deploy", "stop-commands::x"],
  ...["echo::on", "debug::x", "group::x", "endgroup::", "add-matcher::PWNED", "notice title=x::y"],
  ...["warning::y", "error file=README.md,line=1::y"],
];

const FORMATS = [
  ...COMMANDS.map((command) => `::${command}`),
  ...["\n", "\r", "\r\n", " \t", "\u000b", "\f", "\u0085", "\u00a0", "\u2028", "\u3000", "\ufeff"]
    .map((space) => `${space}::error::forged`),
  "x\n::add-mask::deploy",
  ...["error]x", "set-env name=A;]x", "add-mask]x", "group]x", "command]x", "endgroup]"]
    .map((command) => `##[${command}`),
  ...["x##[error]y", "###[error]y", "#\u200b#[error]y", "\n##[error]y"],
];

const OUTPUTS = [
  ...["\nprod-hub-matrix-jobs=[]", "\nprod-hub-matrix-jobs<<EOF\n[]\nEOF\n"],
  "\nEOF\nprod-hub-matrix-jobs<<EOF\n[]",
  ...["\nghadelimiter_1\nBASH_ENV<<ghadelimiter_1\nPWNED\nghadelimiter_1", "\nGITHUB_ENV=PWNED"],
  ...['x"],"forged":["y', 'x"}],"prod":[],"notices":[{"level":"notice","message":"y', "x\u0000y"],
];

const ESCAPES = [
  ...["[31mred", "[2J[H", "[1A[2K", "[?1049h", "[6n", "[8m", "[10;10H", "[3J", "[;H", "[0c"],
  ...["]8;;https://evil.example\u0007click\u001b]8;;\u0007", "]8;;https://evil.example\u001b\\x"],
  ...["]0;title\u0007", "]52;c;ZXZpbA==\u0007", "]1337;File=:AAAA\u0007", "Ptouch PWNED\u001b\\"],
  ...["_touch PWNED\u001b\\", "c", "(0", "7\u001b8", "#8", ">"],
];

const TERMINAL = [
  ...ESCAPES.map((rest) => `\u001b${rest}`),
  ...["\u009b31mred", "\u009d8;;https://evil.example\u009cx\u009d8;;\u009c", "\u0090q\u009c"],
  ...["ok\b\b\bno", "ok\u007f\u007fno", "ok\rno", "\u0007", "\u000e\u000f", "\u0000", "a\tb"],
  "\u008d",
];

const MARKUP = [
  ...["# heading", "\n# heading", "x\n===", "> quote", "> [!WARNING]\n> x", "- [x] done", "1. one"],
  ...["```\nfence\n```", "```mermaid\ngraph LR\n```", "~~~", "`code`", "``", "    indented", "---"],
  ...["**bold**", "__bold__", "*a*", "_a_", "~~gone~~", "a|b", "||", "|-|-|", "\\|", "\\"],
  ...["x  \ny", "[link](https://evil.example)", "![image](https://evil.example/x.png)"],
  ...["[x]: https://a.b", "[^1]", "[[wiki]]", "$x$", "$`x`$", "$$\nx\n$$", ":tada:", "&lt;b&gt;"],
  ...["&#60;b&#62;", "&amp;", "<!-- deployment-plan -->", "<!--", "-->", "<b>x</b>"],
  ...["<script>touch PWNED</script>", "<img src=x onerror=alert(1)>", "</code>"],
  ...["</code></td></tr></table>", "</details>", "<br>", "<a href=https://evil.example>x</a>"],
  ...["<?php ?>", "<![CDATA[x]]>", "<!DOCTYPE x>", "<x:y@z>", "<style>*{display:none}</style>"],
  ...["<iframe src=x>", "<details open><summary>x", "<sup>", "<", '"]; click a "javascript:x"'],
  ...['"]\n  a --> b', "%%{init: {}}%%", "end", "#quot;", "#35;", "`]"],
];

const LINKS = [
  ...["@octocat", "@octo/team", "x@octocat", "(@octocat)", "\uff20octocat", "@\u200boctocat"],
  ...[
    "@all",
    "#1",
    "GH-1",
    "octo/infrastructure#1",
    "octo#1",
    "a".repeat(40),
    "octo@" + "b".repeat(40),
  ],
  ...["https://evil.example", "HTTP://evil.example", "http:/\u200b/evil.example"],
  ...["ftp://evil.example"],
  ...["www.evil.example", "WWW.evil.example", "x@evil.example", "mailto:x@evil.example"],
  ...["xmpp:x@evil.example/y", "<https://evil.example>", "javascript:alert(1)", "data:text/html,x"],
  ...["https://github.com/octo/infrastructure/issues/1", "://", "//evil.example"],
  ...["https:evil.example"],
];

const HIDDEN = [
  ...["\u202e", "\u202d", "\u202a", "\u202b", "\u202c", "\u2066", "\u2067", "\u2068", "\u2069"],
  ...["\u200e", "\u200f", "\u061c", "\u200b", "\u200c", "\u200d", "\u2060", "\u2061", "\u2062"],
  ...["\ufeff", "\u00ad", "\u034f", "\u115f", "\u17b4", "\u180e", "\u180b", "\u2028", "\u2029"],
  ...["\u206a", "\u2800", "\u3164", "\uffa0", "\ufe0f", "\ufff9", "\ufffb", "\u{1d173}"],
  ...["\u{e0041}", "\u{e0100}", "\u{1bca0}", "\ue000", "\u{10ffff}", "\ufdd0"],
];

const LONG = [
  ...["a".repeat(255), "😀".repeat(63), "|".repeat(255), `${"é".repeat(126)}...`],
  ...[`a${"\u0301".repeat(100)}`, "<".repeat(255), "@octocat ".repeat(28), `${" ".repeat(200)}x`],
  ...["n".repeat(255), "`".repeat(250)].map((name) => Array(15).fill(name).join("/")),
];

const PARSERS = [
  ...["%0A::add-mask::deploy", "x%0D%0A::error::y", "x\\n::add-mask::deploy", "a,b=c:d::e%f%25"],
  ...["__proto__", "constructor", "toString", "null", "true", "~", "0", "1e3", "0x1f"],
  ...["2026-01-01", "../../../../etc/passwd", "..", ".", "/etc/passwd", "~root", "C:\\x", "nul"],
  ...[".git/config", "*", "**", "?", "[a-z]", "{a,b}", "!x", " x", "x ", "a: b", "- a", "&a", "*a"],
  ...["!!js/function", "a #b", "'", '"', "''", "%s%n%x", "%00", "\u{1f468}\u200d\u{1f469}", "a,b"],
  ...["a;b", "a=b", "\\u{41}", "\udc00", "x\ud800"],
];

/** The texts by what they try. */
const TRIES = {
  "run a command": [
    ...new Set(SHELL.flatMap((way) => TOUCH.map((to) => way.replaceAll(/P(?!WNED)/g, () => to)))),
  ],
  "be an option": OPTIONS,
  "be a revision": REVISIONS,
  "be an expression": EXPRESSIONS,
  "command the runner": FORMATS,
  "forge an output": OUTPUTS,
  "drive the terminal": TERMINAL,
  "be markup": MARKUP,
  "mention or link": LINKS,
  "hide or reorder": HIDDEN.map((character) => `safe${character}yaml.exe`),
  "be too long": LONG,
  "confuse a parser": PARSERS,
};

export const NAMES = Object.entries(TRIES)
  .flatMap(([tries, texts]) => texts.map((text) => ({ tries, text })));

/** Whether git may read a text as more than a name; that it runs none in a shell is tried with some. */
export function isForGit({ tries, text }: typeof NAMES[number]): boolean {
  return ["be an option", "be a revision", "confuse a parser"].includes(tries) ||
    (tries === "run a command" && !text.includes("touch PWNED"));
}

/** Names of files that are not UTF-8: a text in which each character is a byte. */
export const BYTES: readonly string[] = [
  ...["\xff", "\xff\xfe", "\x80", "\xc3(", "\xc0\xaf..\xc0\xafx", "\xc0\x8a::error::x"],
  ...["\xed\xa0\x80"],
  ...["\xf0\x9f\x98", "\xf5\x80\x80\x80", "caf\xe9", "\x9b31mred", "\x9d8;;https:\x9c", "\xfe\xff"],
  ...["\xff\n::error::forged", "\xff##[error]x", "\xff$(touch PWNED)", "\xff`touch PWNED`"],
  ...["\xff|x"],
  ...["\xff<img src=x>", "\xff@octocat", "\xff\x1b[31m", "\xe2\x80"],
  ...["\xff\nprod-hub-matrix-jobs=[]"],
];

export function isFileName(name: string, longest = 255): boolean {
  return !/^\.{0,2}$|[\0/]/.test(name) && new TextEncoder().encode(name).length <= longest;
}

export function isGitPath(path: string): boolean {
  return path.isWellFormed() &&
    path.split("/").every((part) => part !== ".git" && isFileName(part));
}
