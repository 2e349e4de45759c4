/** Holds calls against what GitHub publishes of its API; scripts/published_api.ts takes it over. */
import { Ajv, type ValidateFunction } from "ajv";
import published from "./published_api.json" with { type: "json" };

const ajv = new Ajv({ strict: false, allErrors: true, validateSchema: false });
ajv.addFormat("uri", (text: string) => URL.canParse(text));
ajv.addFormat("date-time", /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/);
ajv.addFormat("int64", { type: "number", validate: Number.isSafeInteger });
ajv.addSchema(published, "github");

type Content = {
  readonly content?: { readonly "application/json": { readonly schema: Schema } };
};
type Schema = { readonly properties?: object };
type Parameter = { readonly name: string; readonly in: string; readonly schema: Schema };
type Operation = {
  readonly parameters: readonly (Parameter | { readonly $ref: string })[];
  readonly requestBody?: Content;
  readonly responses?: Readonly<Record<string, Content>>;
};

/** A call, or an answer to one. */
interface ApiCall {
  readonly method: string;
  /** The path without the API's address: `/repos/octo/infrastructure/deployments`. */
  readonly path: string;
}

/** What is wrong with a request, in words; `undefined` where GitHub's description allows it. */
export function wrongRequest(
  call: ApiCall & { readonly query: string; readonly body: string },
): string | undefined {
  const found = operationOf(call);
  if (found === undefined) return `GitHub has no ${call.method} ${call.path}`;
  const known = found.operation.parameters.map(resolve).filter((known) => known.in === "query");
  for (const [name, text] of new URLSearchParams(call.query)) {
    const parameter = known.find((parameter) => parameter.name === name);
    if (parameter === undefined) return `${found.place} takes no ${name}`;
    const value = /^\d+$/.test(text) ? Number(text) : text;
    const wrong = mistakes(parameter.schema, value);
    if (wrong !== undefined) return `${found.place}: ${name}: ${wrong}`;
  }
  const schema = found.operation.requestBody?.content?.["application/json"].schema;
  if (schema === undefined) return call.body === "" ? undefined : `${found.place} takes no body`;
  const body = JSON.parse(call.body);
  const extra = Object.keys(body).find((key) => !Object.hasOwn(schema.properties ?? {}, key));
  return extra === undefined ? mistakes(schema, body) : `${found.place} takes no ${extra}`;
}

/** What is wrong with an answer, in words; `undefined` where GitHub may give it. */
export function wrongAnswer(
  call: ApiCall & { readonly status: number; readonly answer: unknown },
): string | undefined {
  const found = operationOf(call);
  const response = found?.operation.responses?.[call.status];
  const schema = response?.content?.["application/json"].schema;
  return schema === undefined
    ? `GitHub describes no ${call.status} for ${call.method} ${call.path}`
    : mistakes(schema, call.answer);
}

function operationOf({ method, path }: ApiCall) {
  for (const [pattern, operations] of Object.entries(published.paths)) {
    const parts = pattern.split(/\{\w+\}/).map(RegExp.escape).join("[^/]+");
    const operation = (operations as Record<string, Operation>)[method.toLowerCase()];
    if (operation !== undefined && new RegExp(`^${parts}$`).test(path)) {
      return { place: `${method} ${pattern}`, operation };
    }
  }
  return undefined;
}

function resolve(parameter: Operation["parameters"][number]): Parameter {
  if (!("$ref" in parameter)) return parameter;
  const name = parameter.$ref.split("/").at(-1) ?? "";
  return (published.components.parameters as Record<string, Parameter>)[name] as Parameter;
}

const validators = new WeakMap<Schema, ValidateFunction>();

function mistakes(schema: Schema, value: unknown): string | undefined {
  let validate = validators.get(schema);
  if (validate === undefined) {
    const text = JSON.stringify(schema).replaceAll('"$ref":"#/', '"$ref":"github#/');
    validate = ajv.compile(JSON.parse(text));
    validators.set(schema, validate);
  }
  return validate(value) ? undefined : ajv.errorsText(validate.errors);
}
