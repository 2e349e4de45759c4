import { UserError } from "../errors.ts";
import { ifThere } from "./if_there.ts";
import { bareGit, type Origin } from "./origin.ts";

/** What a repository of a checkout has, besides the files. */
interface History {
  readonly commit: string;
  /** The texts of its files, by their paths in `.git`; `undefined` for one that is not there. */
  readonly files: Readonly<Record<string, string | undefined>>;
}

/** The files of a commit, in one checkout after the other. */
export interface Tree {
  readonly commit: string;
  readonly folder: string;
  /** What its `.git` was when a leg got it. */
  seal: string;
}

interface Wanted {
  readonly ref: string;
  readonly depth: number;
  /**
   * Whether everything is seen that the real repository has. After a force push it must not be:
   * GitHub does not fetch the commit that it replaced.
   */
  readonly lend: boolean;
}

const CHECKED_OUT = "refs/remotes/checkout";

/**
 * Checks a repository out as `actions/checkout` does: so many commits of one ref, or for a depth of
 * 0 all branches with all their commits. Writing the files is what takes long, so a leg gets those
 * of an earlier leg, made as they were.
 *
 * @see {@link https://github.com/actions/checkout}
 */
export class Checkouts {
  readonly #histories = new Map<string, Promise<History>>();
  readonly #free: Tree[] = [];
  #count = 0;

  constructor(private readonly root: string, private readonly origin: Origin) {}

  async take(folder: string, wanted: Wanted): Promise<Tree> {
    const { commit, files } = await this.#history(wanted);
    const index = this.#free.findIndex((tree) => tree.commit === commit);
    const [free] = index < 0 ? [] : this.#free.splice(index, 1);
    const tree = free !== undefined && await cleanUp(free)
      ? free
      : await this.#write(commit, files);
    await putFiles(`${tree.folder}/.git`, files);
    await ifThere(Deno.remove(folder, { recursive: true }));
    await Deno.rename(tree.folder, folder);
    tree.seal = await sealOf(`${folder}/.git`);
    return tree;
  }

  /** Takes back what a leg leaves; its files are used again, unless it worked on the repository. */
  async giveBack(folder: string, tree: Tree): Promise<void> {
    await Deno.rename(folder, tree.folder);
    if (await sealOf(`${tree.folder}/.git`) === tree.seal) this.#free.push(tree);
  }

  async #write(commit: string, files: History["files"]): Promise<Tree> {
    const folder = await this.#init("tree");
    await putFiles(`${folder}/.git`, files);
    await git(folder, "checkout", "--quiet", "--force", "--detach", commit);
    return { commit, folder, seal: "" };
  }

  async #history({ ref, depth, lend }: Wanted): Promise<History> {
    const known = await this.origin.commitOf(ref);
    const commit = known ?? ref;
    const refs = `${depth === 0 ? this.origin.heads() : ""}${commit} ${CHECKED_OUT}\n`;
    if (depth === 0 && lend && known !== undefined) {
      return { commit, files: await borrow(this.origin.path, refs) };
    }
    const key = `${depth} ${refs}`;
    const fetched = this.#histories.get(key) ?? this.#fetch(ref, depth)
      .then(async (folder) => ({ commit, files: await borrow(folder, refs) }));
    this.#histories.set(key, fetched);
    return await fetched;
  }

  async #fetch(ref: string, depth: number): Promise<string> {
    const folder = await this.#init("history", "--bare");
    await git(
      folder,
      ...["fetch", "--quiet", "--update-shallow", "--no-tags", `file://${this.origin.path}`],
      ...depth === 0 ? ["+refs/heads/*:refs/remotes/origin/*"] : [`--depth=${depth}`],
      `+${ref}:${CHECKED_OUT}`,
    );
    return folder;
  }

  async #init(kind: string, ...options: readonly string[]): Promise<string> {
    const folder = `${this.root}/${kind}-${this.#count++}`;
    const format = `--object-format=${this.origin.format}`;
    await Deno.mkdir(folder, { recursive: true });
    await git(folder, "init", "--quiet", "--template=", format, ...options);
    return folder;
  }
}

/** Makes the files of a tree what they were, as far as git can. */
async function cleanUp({ folder }: Tree): Promise<boolean> {
  return (await bareGit(folder, ["clean", "-ffdxq"])).ok &&
    (await bareGit(folder, ["reset", "--quiet", "--hard"])).ok;
}

/** What a repository has that borrows the objects of another. */
async function borrow(folder: string, refs: string): Promise<History["files"]> {
  return {
    "objects/info/alternates": `${folder}/objects\n`,
    "shallow": await ifThere(Deno.readTextFile(`${folder}/shallow`)),
    "packed-refs": refs,
  };
}

async function git(folder: string, ...args: readonly string[]): Promise<string> {
  const { ok, text, complaint } = await bareGit(folder, args);
  if (ok) return text;
  throw new UserError(`Cannot check out: git ${args[0]}: ${complaint}`);
}

async function putFiles(folder: string, files: History["files"]): Promise<void> {
  await Deno.mkdir(`${folder}/objects/info`, { recursive: true });
  for (const [path, text] of Object.entries(files)) {
    if (text === undefined) await ifThere(Deno.remove(`${folder}/${path}`));
    else await Deno.writeTextFile(`${folder}/${path}`, text);
  }
}

/** What tells whether anything in a folder was written to since. */
async function sealOf(folder: string): Promise<string> {
  const seals = await Array.fromAsync(Deno.readDir(folder), async ({ name, isDirectory }) => {
    const path = `${folder}/${name}`;
    const { size, mtime, ctime } = await Deno.lstat(path);
    const below = isDirectory ? await sealOf(path) : "";
    return `${name} ${size} ${mtime?.getTime()} ${ctime?.getTime()} ${below}`;
  });
  return seals.sort().join("\n");
}

/** Puts hubwright into a checkout that lacks it. */
export type RuntimeLink = (workspace: string) => Promise<void>;

/**
 * Finds the folders of the repository that the config's `runtime` names, such as
 * `.hubwright/hubwright.js`. Where a commit does not hold one, or holds a link that leads nowhere
 * from a checkout, the one that is in the repository now takes its place.
 */
export async function runtimeLinks(
  repo: string,
  runtime: readonly string[],
): Promise<readonly RuntimeLink[]> {
  const exists = async (path: string) => await ifThere(Deno.stat(path)) !== undefined;
  const found = await Promise.all(runtime.map(async (word) => {
    if (!/^[\w.-]+\//.test(word) || !await exists(`${repo}/${word}`)) return [];
    const [folder = ""] = word.split("/");
    const target = await Deno.realPath(`${repo}/${folder}`);
    return [async (workspace: string) => {
      if (await exists(`${workspace}/${word}`)) return;
      await ifThere(Deno.remove(`${workspace}/${folder}`));
      await Deno.symlink(target, `${workspace}/${folder}`);
    }];
  }));
  return found.flat();
}
