// What a village's meeting decided, put on record case by case; a later step of each case reads it.
import { Problem, freshKey } from './api/client';
import { attach, runBatch, type Outlook } from './casework';
import type { Schemas } from './api/client';

type Line = Schemas['CaseLine'];

export interface Vote {
  line: Line;
  decision: '' | 'agree' | 'decline';
  recused: number;
  against: number;
  abstained: number;
  reason: string; // of declining
}

export interface Meeting {
  membersDue: number;
  present: number;
  relativesRecused: boolean;
  heldOn: string; // an instant
}

// Who is left of those present has voted for it.
export function votesFor(meeting: Meeting, vote: Vote): number {
  return meeting.present - vote.recused - vote.against - vote.abstained;
}

function recordOf(meeting: Meeting, vote: Vote, minutes?: string) {
  return {
    case: vote.line.id,
    event: 'record_meeting',
    kind: 'annotation' as const,
    data: {
      kind: 'village_review',
      members_due: meeting.membersDue,
      present: meeting.present,
      recused: vote.recused,
      votes_for: votesFor(meeting, vote),
      votes_against: vote.against,
      abstained: vote.abstained,
      relatives_recused: meeting.relativesRecused,
      decision: vote.decision,
      held_on: meeting.heldOn,
      ...(minutes ? { minutes } : {}),
    },
  };
}

const stepOf = (vote: Vote) => ({
  case: vote.line.id,
  event: vote.decision,
  ...(vote.decision === 'decline' ? { data: { reason: vote.reason } } : {}),
});

// Whether each could be put on record as it stands; nothing is changed.
export function rehearseRecords(meeting: Meeting, votes: Vote[]): Promise<Outlook[]> {
  return runBatch(votes.map((vote) => recordOf(meeting, vote)), true);
}

// The scan goes to each case, then the record, then, where the reader's post takes it, the step.
export async function record(
  meeting: Meeting,
  votes: Vote[],
  minutes: File,
  decides: boolean,
): Promise<Outlook[]> {
  const results: Outlook[] = [];
  for (const vote of votes) {
    try {
      const { digest } = await attach(vote.line.id, minutes, 'meeting_minutes');
      const [recorded] = await runBatch([recordOf(meeting, vote, digest)], false, freshKey());
      const [moved] =
        decides && recorded && !recorded.problem
          ? await runBatch([stepOf(vote)], false, freshKey())
          : [recorded];
      results.push(moved ?? { waits: false });
    } catch (fault) {
      if (!(fault instanceof Problem)) throw fault;
      results.push({ waits: false, problem: fault });
    }
  }
  return results;
}
