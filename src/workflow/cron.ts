/** The numbers of each field of a schedule, and the names that stand for some of them. */
const FIELDS = [
  { least: 0, most: 59 },
  { least: 0, most: 23 },
  { least: 1, most: 31 },
  { least: 1, most: 12, names: "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC" },
  { least: 0, most: 6, names: "SUN MON TUE WED THU FRI SAT" },
];

/**
 * Whether a text is a time as GitHub reads it.
 *
 * @see {@link https://docs.github.com/actions/reference/workflows-and-actions/events-that-trigger-workflows#schedule}
 */
export function isCron(text: string): boolean {
  const fields = text.split(" ");
  return fields.length === FIELDS.length && FIELDS.every(({ least, most, names = "" }, index) => {
    const numberOf = (word = "") => {
      const named = names.split(" ").indexOf(word.toUpperCase());
      if (/^[A-Za-z]+$/.test(word) && named >= 0) return named + least;
      const number = /^\d{1,2}$/.test(word) ? Number(word) : NaN;
      return number >= least && number <= most ? number : NaN;
    };
    return (fields[index] ?? "").split(",").every((part) => {
      const [, range = "", step = "1"] = /^([^/]+)(?:\/(\d{1,2}))?$/.exec(part) ?? [];
      if (Number(step) < 1) return false;
      if (range === "*") return true;
      const [from, to, ...rest] = range.split("-");
      return rest.length === 0 && numberOf(from) <= numberOf(to ?? from);
    });
  });
}
