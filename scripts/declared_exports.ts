const EXPORT =
  /^export (declare )?(?=(?:abstract )?(?:class|const|function|interface|type) ([\w$]+))/gm;

/**
 * Keeps the exports of a bundle of declarations to what the library exports: the bundler exports all
 * that they are made of, which would compile in a config and not be there when it runs.
 */
export function declaredExports(declarations: string, library: string): string {
  const names = new Set(
    [...library.matchAll(/^export (?:type )?\{([^}]*)\}/gm)].flatMap(([, list = ""]) =>
      list.split(",").map((name) => name.trim().replace(/^type /, ""))
    ),
  );
  const text = declarations.replace(
    EXPORT,
    (all, declare: string | undefined, name: string) => names.has(name) ? all : declare ?? "",
  );
  return `${text.replaceAll(/^export \{\};\n?/gm, "").trimEnd()}\nexport {};\n`;
}
