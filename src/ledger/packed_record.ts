import { REPORT_INPUT } from "../config/issues.ts";
import * as z from "../zod.ts";
import { CommitHash, LedgerRecord, OwedUpgrade, releaseKey } from "./ledger_record.ts";
import { byCluster, ReleasesByCluster, releasesIn } from "./releases_by_cluster.ts";

const PackedOwed = z.extend(z.omit(OwedUpgrade, { cluster: true, release: true }), {
  releases: ReleasesByCluster,
});

/** {@linkcode LedgerRecord} in fewer characters: what became owed alike is written once. */
const PackedRecord = z.strictObject({
  version: z.literal(2),
  as_of: CommitHash,
  owed: z.array(PackedOwed),
});
type PackedRecord = Readonly<z.infer<typeof PackedRecord>>;

/** Packs what a record has to say, without what is for people alone. */
export function packRecord({ as_of, owed }: LedgerRecord): PackedRecord {
  const alike = Map.groupBy(owed, ({ cluster: _, release: __, ...how }) => JSON.stringify(how));
  return {
    version: 2,
    as_of,
    owed: [...alike].map(([how, all]) => ({
      ...JSON.parse(how),
      releases: byCluster(all.map(releaseKey)),
    })),
  };
}

function unpackRecord({ as_of, owed }: PackedRecord): LedgerRecord {
  return {
    version: 1,
    as_of,
    owed: owed.flatMap(({ releases, ...how }) =>
      releasesIn(releases).map((release) => ({ ...release, ...how }))
    ),
  };
}

/** Reads a record as it is stored, packed or not. */
export function readPayload(payload: unknown): ReturnType<typeof LedgerRecord.safeParse> {
  if (Object(payload).version !== 2) return LedgerRecord.safeParse(payload, REPORT_INPUT);
  const unpacked = z.pipe(PackedRecord, z.transform(unpackRecord));
  return z.pipe(unpacked, LedgerRecord).safeParse(payload, REPORT_INPUT);
}
