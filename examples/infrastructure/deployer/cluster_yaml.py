"""Reads cluster.yaml without a YAML library.

The files are kept to the plain part of YAML: nested keys, lists, one-line values and comments.
Whatever is not of this form is refused with its line. All values are strings.
"""

import re

# A list's dash, a key, a value and a comment, each optional
LINE = re.compile(
    r"""(?P<indent>\ *)(?P<dash>-\ +)?(?:(?P<key>\w+):(?=\s|$)\ *)?
    (?P<value>"[^"\\]*"|'[^']*'|[\w./](?:[^\s:\#]|(?<=\S)\#|:(?=\S)|\ +(?=[^\s\#]))*)?
    \s*(?:(?<!\S)\#.*)?""",
    re.VERBOSE,
)


def read(text):
    """Returns the mapping that the text holds, or raises ValueError with the line that is refused."""
    root = {}
    parents = [(0, root)]
    for number, line in enumerate(text.splitlines(), 1):
        try:
            read_line(parents, line)
        except ValueError as error:
            raise ValueError(f"line {number}: {error}") from None
    return root


def read_line(parents, text):
    line = LINE.fullmatch(text)
    if not line or (line["value"] and not line["key"] and not line["dash"]):
        raise ValueError(f"expected a key with a one-line value, found {text.strip()!r}")
    column, dash, key, value = len(line["indent"]), line["dash"], line["key"], line["value"]
    value = value[1:-1] if value and value[0] in "\"'" else value
    if dash:
        items = container(parents, column, list)
        items.append({} if key else value)
        column += len(dash)
        if key:
            parents.append((column, items[-1]))
    if key:
        mapping = container(parents, column, dict)
        if key in mapping:
            raise ValueError(f'duplicate key "{key}"')
        mapping[key] = value


def container(parents, column, kind):
    """Finds or opens the mapping or the list that begins at a column.

    `parents` are those that are still open, each with its column, the innermost last.
    """
    while parents[-1][0] > column or (
        # A list may begin at the column of its key, and the next key ends it
        kind is dict and parents[-1][0] == column and isinstance(parents[-1][1], list)
    ):
        parents.pop()
    start, parent = parents[-1]
    if start == column and isinstance(parent, kind):
        return parent
    last = None if isinstance(parent, list) else next(reversed(parent), None)
    if last is None or parent[last] is not None:
        raise ValueError("expected the indentation of an open list or mapping")
    parent[last] = kind()
    parents.append((column, parent[last]))
    return parent[last]
