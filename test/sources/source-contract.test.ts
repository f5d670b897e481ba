import { describe } from 'vitest';
import { describeFailing } from './contract/failing.ts';
import { describeReading } from './contract/reading.ts';
import { describeRefusing } from './contract/refusing.ts';
import { describeWriting } from './contract/writing.ts';
import { kinds } from './kinds.ts';

// What every kind of source promises, through the gateway's front door and against a real HTTP upstream. A new kind adds
// a row to the table in kinds.ts.
describe.each(kinds)('$title', (kind) => {
  describeReading(kind);
  describeWriting(kind);
  describeRefusing(kind);
  describeFailing(kind);
});
