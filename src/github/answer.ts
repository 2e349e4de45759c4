/** An answer of GitHub's, when all of it is there. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}
