import { loadConfig } from "../../src/config/load_config.ts";
import { loadClusters } from "../../src/repository/load_repository.ts";
import { generated, type Repository } from "./repositories.ts";

const example = new URL("../../examples/infrastructure", import.meta.url).pathname;
const exampleSettings = await loadConfig(example);

/** `examples/infrastructure`. */
export const EXAMPLE: Repository = generated(
  "examples/infrastructure",
  exampleSettings,
  await loadClusters(example, exampleSettings),
);
