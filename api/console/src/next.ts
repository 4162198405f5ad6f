// The next case for somebody: the first that nobody else has changed meanwhile. Where the reader's
// post may hand a case to a person, it becomes theirs; else it is only opened.
import type { Schemas } from './api/client';
import { Problem, freshKey } from './api/client';
import { readCase, takeStep } from './casework';

type Line = Schemas['CaseLine'];

export async function takeNext(lines: Line[], person: string): Promise<string | undefined> {
  for (const line of lines) {
    try {
      const subject = await readCase(line.id);
      if (subject.is_closed || subject.holder.person || subject.holder.unit !== line.holder.unit) {
        continue;
      }
      const action = subject.actions.find((one) => one.name === 'delegate' && one.allowed);
      if (action) {
        const step = { caseId: line.id, revision: subject.revision, action, data: { person } };
        await takeStep(step, freshKey());
      }
      return line.id;
    } catch (fault) {
      if (!(fault instanceof Problem) || fault.status === 0) throw fault;
    }
  }
  return undefined;
}
