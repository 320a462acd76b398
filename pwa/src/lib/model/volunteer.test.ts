import { describe, expect, it } from 'vitest';
import { attendedBy, likelyMinutes } from './attendance';
import {
  draftOf,
  emptyDraft,
  hasTimes,
  isElsewhere,
  membersOf,
  moved,
  movedIds,
  oneMore,
  timesOf,
  wrongIn,
} from './callForm';
import type { Attendance, Claim, Need, Placed } from './documents';
import { inReturn, offerOf, offersTo, takers } from './handover';
import { fits, helped, offered } from './volunteer';
import { momentAt, wallAt } from './wall';

const TUESDAY = '01KC0000000000000000000000';
const WEDNESDAY = '01KC0000000000000000000001';
const need = {
  _id: 'TASK:need:KEY',
  name: 'Walk',
  occurrences: [
    { id: TUESDAY, start: '2026-10-20T11:00:00.000Z', end: '2026-10-20T13:00:00.000Z' },
    { id: WEDNESDAY, start: '2026-10-27T12:00:00.000Z', end: '2026-10-27T14:00:00.000Z' },
  ],
  places: 2,
  zone: 'Europe/Riga',
} as unknown as Need;
const claim = (author: string, more: Partial<Claim> = {}) =>
  ({ _id: `TASK:claim:${TUESDAY}-${author}`, author, state: 'asked', ...more }) as Claim;
const place = (member: string, outcome: Placed['outcome']) =>
  ({ _id: `TASK:place:${TUESDAY}-${member}`, member, outcome, turn: 1, claim: '1-a' }) as Placed;

describe('a place that is handed on', () => {
  const places = [place('anna', 'confirmed')];
  it('is offered to whom is named, as long as who offers it has it', () => {
    const claims = [claim('anna', { hand_to: 'ilze' })];
    expect(offersTo('ilze', TUESDAY, { claims, places })).toEqual(['anna']);
    expect(offersTo('marta', TUESDAY, { claims, places })).toEqual([]);
    expect(offersTo('ilze', TUESDAY, { claims, places: [place('anna', 'handed')] })).toEqual([]);
    expect(
      offersTo('ilze', TUESDAY, { claims: [claim('anna', { hand_to: 'ilze', state: 'withdrawn' })], places }),
    ).toEqual([]);
  });
  it('is no offer any more once I asked for it', () => {
    const claims = [claim('anna', { hand_to: 'ilze' }), claim('ilze', { takes_from: 'anna' })];
    expect(offersTo('ilze', TUESDAY, { claims, places })).toEqual([]);
  });
  it('is no offer any more once I said that I cannot either', () => {
    const claims = [claim('anna', { hand_to: 'ilze' }), claim('ilze', { state: 'withdrawn' })];
    expect(offersTo('ilze', TUESDAY, { claims, places })).toEqual([]);
  });
  it('is half of a swap when who offers it takes mine at another time', () => {
    const takes = claim('anna', { _id: `TASK:claim:${WEDNESDAY}-anna`, takes_from: 'ilze' });
    expect(inReturn('ilze', 'anna', [claim('anna', { hand_to: 'ilze' }), takes])).toBe(true);
    expect(inReturn('ilze', 'anna', [{ ...takes, state: 'withdrawn' }])).toBe(false);
    expect(inReturn('marta', 'anna', [takes])).toBe(false);
  });
  it('can be taken until it begins, also when nobody can say yes anew', () => {
    const call = {
      need: { ...need, deadline: '2026-10-01T00:00:00Z' } as Need,
      everybodys: [claim('anna', { hand_to: 'ilze' })],
      places,
      attended: [],
      view: { standing: { member: 'ilze' } },
    };
    const at = (moment: string) => offered([call], new Date(moment)).map((one) => one.occurrence.id);
    expect(at('2026-10-20T10:00:00Z')).toEqual([TUESDAY]);
    expect(at('2026-10-20T11:00:00Z')).toEqual([]);
  });
  it('tells who offered that the other said no', () => {
    const claims = [claim('anna', { hand_to: 'ilze' }), claim('ilze', { state: 'withdrawn' })];
    expect(offerOf('anna', TUESDAY, { claims })).toEqual({ to: 'ilze', refused: true });
    expect(offerOf('anna', TUESDAY, { claims: [claims[0]!] })).toEqual({ to: 'ilze', refused: false });
    expect(offerOf('ilze', TUESDAY, { claims })).toBeUndefined();
  });
  it('goes to those who are asked, have no place and did not say no', () => {
    const said = {
      claims: [claim('anna'), claim('marta', { state: 'withdrawn' })],
      places: [...places, place('omar', 'confirmed'), place('lucia', 'waiting')],
    };
    const all = ['anna', 'marta', 'omar', 'lucia', 'ilze'];
    expect(takers('anna', TUESDAY, { teams: [] }, all, new Map(), said)).toEqual(['lucia', 'ilze']);
    const teams = new Map([['t', { members: ['ilze'] }]]);
    expect(takers('anna', TUESDAY, { teams: ['t'] }, all, teams, said)).toEqual(['ilze']);
  });
});

describe('hours', () => {
  const came = (member: string, more: Partial<Attendance> = {}) =>
    ({
      _id: `TASK:attendance:${TUESDAY}-${member}`,
      member,
      came: true,
      at: '2026-10-21',
      ...more,
    }) as Attendance;
  it('are those written down, else as long as it was meant to take; who did not come has none', () => {
    const all = [came('anna', { minutes: 95 }), came('ilze'), came('omar', { came: false, minutes: 9 })];
    expect(attendedBy('anna', need, all).map((one) => one.minutes)).toEqual([95]);
    expect(attendedBy('ilze', need, all).map((one) => one.minutes)).toEqual([120]);
    expect(attendedBy('omar', need, all)).toEqual([]);
  });
  it('are proposed in the volunteer’s own word', () => {
    expect(likelyMinutes(need.occurrences[0]!, claim('anna', { minutes: 80 }))).toBe(80);
    expect(likelyMinutes(need.occurrences[0]!, undefined)).toBe(120);
  });
  it('are listed with the latest first, also when the date was taken out of the call', () => {
    const gone = came('me', {
      _id: 'TASK:attendance:01KC0000000000000000000009-me',
      at: '2026-12-01',
      minutes: 30,
    });
    const call = {
      need,
      everybodys: [],
      places: [],
      attended: [came('me'), gone],
      view: { standing: { member: 'me' } },
    };
    expect(helped([call]).map((one) => one.minutes)).toEqual([30, 120]);
  });
});

describe('skills', () => {
  it('fit whatever the letters look like', () => {
    expect(fits({ skills: ['Pacietība', 'Bike'] }, [' pacietĪba '])).toBe(true);
    expect(fits({ skills: ['Bike'] }, [])).toBe(false);
  });
});

describe('the clock on the wall', () => {
  it('goes to a moment and back, on both sides of a change', () => {
    for (const [day, clock, iso] of [
      ['2026-10-24', '14:00', '2026-10-24T11:00:00.000Z'],
      ['2026-10-26', '14:00', '2026-10-26T12:00:00.000Z'],
      ['2026-03-29', '02:30', '2026-03-29T00:30:00.000Z'],
    ] as const) {
      const moment = momentAt({ day, clock }, 'Europe/Riga');
      expect(moment.toISOString()).toBe(iso);
      expect(wallAt(moment, 'Europe/Riga')).toEqual({ day, clock });
    }
  });
});

describe('changing a call', () => {
  it('shows the times of the place it is in, and keeps all when nothing is changed', () => {
    const draft = draftOf(need, need.occurrences[0]!);
    expect([draft.day, draft.from, draft.to]).toEqual(['2026-10-20', '14:00', '16:00']);
    expect(movedIds(need.occurrences, moved(need, TUESDAY, draft, true))).toEqual([]);
  });
  it('moves one date, or all later ones by as many days to the same hour of the wall', () => {
    const draft = { ...draftOf(need, need.occurrences[0]!), day: '2026-10-21', from: '15:00', to: '16:00' };
    expect(movedIds(need.occurrences, moved(need, TUESDAY, draft, false))).toEqual([TUESDAY]);
    const both = moved(need, TUESDAY, draft, true);
    expect(both.map((one) => one.start)).toEqual(['2026-10-21T12:00:00.000Z', '2026-10-28T13:00:00.000Z']);
    expect(moved(need, WEDNESDAY, { ...draft, day: '2026-10-29' }, true)[0]).toEqual(need.occurrences[0]);
  });
  it('adds a date a week after the last one at the same hour of the wall', () => {
    const more = oneMore({ ...need, occurrences: [need.occurrences[0]!] }, 'NEW');
    expect(more[1]).toEqual({
      id: 'NEW',
      start: '2026-10-27T12:00:00.000Z',
      end: '2026-10-27T14:00:00.000Z',
    });
  });
  it('says what is missing, past or out of bounds', () => {
    const now = new Date('2026-10-01T12:00:00Z');
    const draft = { ...emptyDraft('me'), name: 'Walk', day: '2026-10-20' };
    expect(wrongIn(draft, 'Europe/Riga', now)).toEqual({});
    expect(wrongIn({ ...draft, name: ' ', day: '' }, undefined, now)).toEqual({
      name: 'missing',
      day: 'missing',
    });
    expect(wrongIn({ ...draft, day: '2026-09-01', places: 0, waiting: 501 }, undefined, now)).toEqual({
      day: 'past',
      places: 'wrong',
      waiting: 'wrong',
    });
    expect(wrongIn({ ...draft, deadlineDay: '2026-09-01' }, undefined, now)).toEqual({ deadline: 'past' });
  });
  it('takes no day of a year that is still being typed or that nobody means', () => {
    const draft = { ...emptyDraft('me'), name: 'Walk', day: '0026-10-20' };
    expect(hasTimes(draft)).toBe(false);
    expect(wrongIn(draft, 'Europe/Riga', new Date())).toEqual({ day: 'missing' });
    const late = { ...draft, day: '2026-10-20', deadlineDay: '20260-10-19' };
    expect(wrongIn(late, 'Europe/Riga', new Date('2026-10-01'))).toEqual({ deadline: 'past' });
  });
  it('lets everything else be changed when its time or its deadline is over', () => {
    const past = { ...need, deadline: '2026-10-19T09:00:00Z' } as Need;
    const before = draftOf(past, past.occurrences[0]!);
    const now = new Date('2026-12-01T12:00:00Z');
    expect(wrongIn({ ...before, place: 'Library' }, 'Europe/Riga', now, before)).toEqual({});
    expect(wrongIn({ ...before, from: '13:00' }, 'Europe/Riga', now, before)).toEqual({ day: 'past' });
  });
  it('says whether people meet elsewhere', () => {
    const placed = {
      ...need,
      place: { name: 'Library', address: 'Skolas iela 12', lat: 56.9, lon: 26.2 },
    } as Need;
    const draft = draftOf(placed, placed.occurrences[0]!);
    expect(isElsewhere(placed, { ...draft, place: ' Library ', lat: undefined })).toBe(false);
    expect(isElsewhere(placed, { ...draft, address: 'Raina iela 1' })).toBe(true);
    expect(isElsewhere(need, { ...draft, place: '', address: '' })).toBe(false);
  });
  it('goes past midnight, and keeps a point only beside a place', () => {
    const draft = { ...emptyDraft(''), day: '2026-10-20', from: '22:00', to: '02:00', lat: 56.9, lon: 24.1 };
    const { start, end } = timesOf(draft, 'Europe/Riga');
    expect(Date.parse(end) - Date.parse(start)).toBe(4 * 3_600_000);
    expect(membersOf(draft, 'Europe/Riga')).toMatchObject({ place: null, contact: null, deadline: null });
    expect(membersOf({ ...draft, place: 'Library' }, undefined).place).toEqual({
      name: 'Library',
      address: '',
      lat: 56.9,
      lon: 24.1,
    });
  });
});
