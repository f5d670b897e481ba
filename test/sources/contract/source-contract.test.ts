import { describe } from 'vitest';
import { kinds } from '../kinds.ts';
import { describeFailing } from './failing.ts';
import { describeReading } from './reading.ts';
import { describeReferencing } from './referencing.ts';
import { describeRefusing } from './refusing.ts';
import { describeWriting } from './writing.ts';

// What every kind of source promises, through the gateway's front door and against a real HTTP upstream. A new kind adds
// a row to the table in kinds.ts.
describe.each(kinds)('$title', (kind) => {
  describeReading(kind);
  describeWriting(kind);
  describeRefusing(kind);
  describeReferencing(kind);
  describeFailing(kind);
});
