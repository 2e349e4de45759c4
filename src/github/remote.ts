export interface Remote {
  readonly host: string;
  /** The repository, as `owner/name`. */
  readonly repository: string;
}

/** The forms of a remote's address: with a scheme, and as ssh has it, `git@host:owner/name`. */
const FORMS = [
  /^(?<scheme>https?|ssh|git):\/\/(?:[^@/]*@)?(?<name>[\w.-]+)(?<port>:\d+)?\/(?<path>.+)$/i,
  /^(?:[^@/:]+@)?(?<name>[\w.-]{2,}):\/?(?<path>[^/].*)$/,
];

/** Reads the address of a git remote; `undefined` where it cannot be one of a GitHub. */
export function parseRemote(address: string): Remote | undefined {
  const form = FORMS.find((form) => form.test(address));
  const { scheme = "", name = "", port = "", path = "" } = form?.exec(address)?.groups ?? {};
  const [, repository] = /^([\w.-]+\/[\w.-]+?)(?:\.git)?\/?$/.exec(path) ?? [];
  if (repository === undefined) return undefined;
  // A port of ssh or git says nothing of where the API is.
  const host = `${name.toLowerCase()}${/^http/i.test(scheme) ? port : ""}`;
  return { host: host.replace(/^ssh\.(?=github\.com$)/, ""), repository };
}

/** Whether GitHub itself runs a host, so that a token in the usual variables is meant for it. */
export function isGitHubs(host: string): boolean {
  return /^(?:github\.com|[\w-]+\.ghe\.com)$/.test(host);
}

export function apiOf(host: string): string {
  return isGitHubs(host) ? `https://api.${host}` : `https://${host}/api/v3`;
}

/** The address of the pages that belong to an API; nothing where that is not an address. */
export function pagesOf(api: string): string {
  const { protocol, host } = URL.parse(api) ?? { protocol: "", host: "" };
  const own = host.replace(/^api\./, "");
  return `${protocol}//${isGitHubs(own) ? own : host}`;
}
