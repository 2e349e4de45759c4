import { bytesOf, type Content } from "./content.ts";
import { type ClusterFolder, CLUSTERS_DIR } from "./cluster_case.ts";

/** A folder in which each case finds an empty folder of its own. */
export class CaseFolders implements AsyncDisposable {
  readonly #root: string;
  #cases = 0;

  private constructor(root: string) {
    this.#root = root;
  }

  /** Makes the folder. */
  static async create(): Promise<CaseFolders> {
    return new CaseFolders(await Deno.realPath(await Deno.makeTempDir({ prefix: "fuzz-" })));
  }

  /** Makes a folder for a case. */
  next(): CaseFolder {
    return new CaseFolder(`${this.#root}/${this.#cases++}`);
  }

  /** Removes everything. */
  [Symbol.asyncDispose](): Promise<void> {
    return Deno.remove(this.#root, { recursive: true });
  }
}

/** A folder that is gone when the case is over. */
export class CaseFolder implements Disposable {
  /** Its path. */
  readonly path: string;

  /** @param path Where it is made. */
  constructor(path: string) {
    this.path = path;
    Deno.mkdirSync(path, { recursive: true });
  }

  /** Writes a file, and the folders above it. */
  write(path: string, content: Content): string {
    const file = `${this.path}/${path}`;
    Deno.mkdirSync(file.slice(0, file.lastIndexOf("/")), { recursive: true });
    Deno.writeFileSync(file, bytesOf(content));
    return file;
  }

  /** Writes the folders of clusters. */
  writeClusters(clusters: readonly ClusterFolder[]): void {
    Deno.mkdirSync(`${this.path}/${CLUSTERS_DIR}`, { recursive: true });
    for (const { name, file } of clusters) {
      const folder = `${this.path}/${CLUSTERS_DIR}/${name}`;
      Deno.mkdirSync(folder, { recursive: true });
      if (file === "a folder") Deno.mkdirSync(`${folder}/cluster.yaml`);
      else if (file === "a link to itself") {
        Deno.symlinkSync("cluster.yaml", `${folder}/cluster.yaml`);
      } else if (file !== "missing") {
        this.write(`${CLUSTERS_DIR}/${name}/cluster.yaml`, file);
      }
    }
  }

  /** Removes it. */
  [Symbol.dispose](): void {
    Deno.removeSync(this.path, { recursive: true });
  }
}
