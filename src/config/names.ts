/** What the name of a cluster or a hub may be: it stands in job outputs, in paths and in shells. */
export const NAME = /^[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?$/;

/** What {@link NAME} wants, in words. */
export const NAME_WANTED =
  'expected a name of a-z and 0-9, with "-", "." and "_" only inside, for instance "lake-west"';
