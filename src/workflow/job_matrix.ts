import { context, type Expression, isExpression } from "./expression.ts";

/** One value of a matrix. */
export type Scalar = string | number | boolean;

/** The values of one name: a job has a leg for each. */
export type Vector = readonly Scalar[] | Expression<readonly Scalar[]>;

/** The legs to add, or to leave out, by their values. */
export type Legs = readonly Readonly<Record<string, Scalar>>[];

/** A matrix of several names: a job has a leg for each combination of their values. */
export interface Vectors {
  /** Further legs, or further values for legs that are there. */
  readonly include?: Legs;
  /** Combinations without a leg. */
  readonly exclude?: Legs;
  /** The values of a name. */
  readonly [name: string]: Vector | Legs | undefined;
}

/** What a job is a matrix over: a list, one leg for each of its items, or several names. */
export type Matrix = Expression<readonly unknown[]> | Vectors;

/** The names of all members of a union. */
export type KeysOf<Union> = Union extends unknown ? keyof Union : never;

/** The legs that a matrix adds. */
export type Added<Of> = Of extends { readonly include: readonly (infer Leg)[] } ? Leg : never;

/** The values of a vector. */
export type ElementOf<Of> = Of extends readonly (infer Element)[] ? Element
  : Of extends Expression<readonly (infer Element)[]> ? Element
  : never;

/** The values of a name, in whichever leg. */
export type Named<Of, Name extends PropertyKey> =
  | (Name extends keyof Of ? ElementOf<Of[Name]> : never)
  | (Added<Of> extends infer Leg ? Leg extends Readonly<Record<Name, infer Value>> ? Value : never
    : never);

/** The names that a leg reads. */
export type NamesOf<Of> = Exclude<keyof Of, "include" | "exclude"> | KeysOf<Added<Of>>;

/** What a leg reads of its matrix. */
export type MatrixHandles<Of> = [Of] extends [never] ? Readonly<Record<never, never>>
  : Of extends Expression<readonly (infer Item)[]> ? {
      /** The item of this leg. */
      readonly jobs: { readonly [Name in keyof Item]-?: Expression<Required<Item>[Name]> };
    }
  : { readonly [Name in NamesOf<Of>]: Expression<Named<Of, Name>> };

/** The names that a leg reads, the list of a matrix over one being `jobs`. */
export function matrixNames(matrix: Matrix): readonly string[] {
  if (isExpression(matrix)) return ["jobs"];
  const { include = [], exclude: _, ...vectors } = matrix;
  return [...new Set([...Object.keys(vectors), ...include.flatMap(Object.keys)])];
}

/** An expression for each name; of the fields of an item, the type alone knows which there are. */
export function matrixHandles<Of extends Matrix>(matrix: Of | undefined): MatrixHandles<Of> {
  const fields = new Proxy({}, { get: (_, name) => context("matrix", "jobs", String(name)) });
  const handles = matrix === undefined || isExpression(matrix)
    ? { jobs: fields }
    : Object.fromEntries(matrixNames(matrix).map((name) => [name, context("matrix", name)]));
  return handles as MatrixHandles<Of>;
}
