/**
 * How the page of a fleet looks: light or dark as the reader has it, on a wide window or a phone. A
 * state is a colour, a mark and a border, so that no one has to tell colours apart.
 */
export const STATUS_STYLE = `
:root {
  color-scheme: light dark;
  --page: #ffffff; --text: #1f2328; --quiet: #59636e; --line: #d1d9e0; --link: #0a5cb8;
  --current: #1a7f37; --current-fill: #f3faf5;
  --owed: #8a5a00; --owed-fill: #fff4d6;
  --paused: #5a3fa8; --paused-fill: #f1edff;
  --unknown: #b3161f; --unknown-fill: #ffe9e8;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #0d1117; --text: #e6edf3; --quiet: #9aa4af; --line: #30363d; --link: #58a6ff;
    --current: #4ac26b; --current-fill: #0f1f16;
    --owed: #e3b341; --owed-fill: #2d2208;
    --paused: #b8a5ff; --paused-fill: #1f1a38;
    --unknown: #ff8b85; --unknown-fill: #36130f;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; padding: 1rem; max-width: 110rem; background: var(--page); color: var(--text);
  font: 0.9375rem/1.45 system-ui, sans-serif; overflow-wrap: anywhere;
}
h1 { margin: 0 0 0.25rem; font-size: 1.5rem; }
h2 { margin: 1.75rem 0 0.5rem; font-size: 1.125rem; }
h3 { margin: 0; font-size: 0.9375rem; }
p { margin: 0.25rem 0; max-width: 60rem; }
ul { margin: 0; padding: 0; list-style: none; }
a { color: var(--link); }
code { font: 0.8125rem ui-monospace, monospace; }
footer, .quiet { color: var(--quiet); font-size: 0.8125rem; }
footer { margin-top: 2rem; }
.current { --ink: var(--current); --fill: var(--current-fill); --edge: solid; }
.owed { --ink: var(--owed); --fill: var(--owed-fill); --edge: dashed; }
.paused { --ink: var(--paused); --fill: var(--paused-fill); --edge: dotted; }
.unknown { --ink: var(--unknown); --fill: var(--unknown-fill); --edge: double; }
.mark, .state { color: var(--ink); font-weight: 600; }
.mark { flex: none; width: 1em; text-align: center; }
.legend li, .look li, .releases li { display: flex; gap: 0.25rem; }
.legend { display: flex; flex-wrap: wrap; gap: 0.25rem 1.5rem; margin-top: 0.75rem; }
.look li, .releases li {
  padding: 0.2rem 0.4rem; background: var(--fill); border: 1px solid var(--line);
  border-left: 4px var(--edge) var(--ink); border-radius: 4px;
}
.look li + li { margin-top: 0.375rem; }
.cluster {
  display: grid; grid-template-columns: 9rem 1fr; gap: 0.75rem; padding: 0.5rem 0;
  border-top: 1px solid var(--line);
}
.releases { display: grid; grid-template-columns: repeat(auto-fill, minmax(9.25rem, 1fr)); gap: 0.375rem; }
.releases { font-size: 0.875rem; }
.releases .quiet, .releases code { font-size: 0.75rem; }
.look b, .releases b { font-weight: 600; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
@media (max-width: 45rem) {
  .cluster { grid-template-columns: 1fr; gap: 0.375rem; }
}
@media print { .releases li, .look li { break-inside: avoid; } }
`;
