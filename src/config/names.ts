import { textLike } from "./text_schemas.ts";

/**
 * What the name of a cluster, a hub or a provider may be: it is used in job outputs, in paths and in
 * shells. No longer than 100 characters: what is deployed under it may have 63 at most.
 */
export const NAME = /^[a-z0-9](?:[a-z0-9._-]{0,98}[a-z0-9])?$/;

export const NAME_WANTED =
  'a name of a-z and 0-9, with "-", "." and "_" only inside, 100 characters at most, for instance ' +
  '"lake-west"';

export const name = textLike(NAME, NAME_WANTED);
