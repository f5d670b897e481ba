/** A list in an answer's text that is too long to be parsed at once. */
export class LongList {
  /** The items in order, as many at a time as are parsed quickly. Throws a SyntaxError where the text is not JSON. */
  readonly groups: () => Generator<readonly unknown[]>;

  constructor(groups: LongList['groups']) {
    this.groups = groups;
  }
}
