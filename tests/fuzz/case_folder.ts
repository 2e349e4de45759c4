import { bytesOf, type Content } from "./content.ts";
import { type ClusterFolder, CLUSTERS_DIR } from "./cluster_case.ts";

/** A folder in which each case finds an empty folder of its own. */
export class CaseFolders implements Disposable {
  readonly #root = Deno.realPathSync(Deno.makeTempDirSync({ prefix: "fuzz-" }));
  #cases = 0;

  next(): CaseFolder {
    return new CaseFolder(`${this.#root}/${this.#cases++}`);
  }

  [Symbol.dispose](): void {
    Deno.removeSync(this.#root, { recursive: true });
  }
}

/** A folder that is gone when the case is over. */
export class CaseFolder implements Disposable {
  constructor(readonly path: string) {
    Deno.mkdirSync(path, { recursive: true });
  }

  write(path: string, content: Content): string {
    const file = `${this.path}/${path}`;
    Deno.mkdirSync(file.slice(0, file.lastIndexOf("/")), { recursive: true });
    Deno.writeFileSync(file, bytesOf(content));
    return file;
  }

  writeAll(files: Readonly<Record<string, string>>): void {
    for (const [path, text] of Object.entries(files)) this.write(path, { text });
  }

  writeClusters(clusters: readonly ClusterFolder[]): void {
    Deno.mkdirSync(`${this.path}/${CLUSTERS_DIR}`, { recursive: true });
    for (const { name, file } of clusters) {
      const path = `${CLUSTERS_DIR}/${name}/cluster.yaml`;
      const folder = `${this.path}/${CLUSTERS_DIR}/${name}`;
      Deno.mkdirSync(folder, { recursive: true });
      if (file === "a folder") Deno.mkdirSync(`${this.path}/${path}`);
      else if (file === "a link to itself") {
        Deno.symlinkSync("cluster.yaml", `${this.path}/${path}`);
      } else if (file !== "missing") this.write(path, file);
    }
  }

  [Symbol.dispose](): void {
    Deno.removeSync(this.path, { recursive: true });
  }
}
