// Generated from the declarations of the backend. Do not edit: change the declaration, then
//   python -m backend.replication.typescript > pwa/src/lib/model/documents.ts

/** The same text in one or more languages (BCP 47). */
export type Text = Record<string, string>;

/** The members that every document has. */
export interface Envelope {
  _id: string;
  type: string;
  v: number;
  lang: string;
  author: string;
  by: string;
  device: string;
  at: string;
  settles?: string[];
  _rev?: string;
  _conflicts?: string[];
  _deleted?: boolean;
}

/** A task of a schema; keys are unique among siblings only. */
export interface SchemaTask {
  key: string;
  name: Text;
  description?: Text | null;
  profiles: string[];
  after: string[];
}

/** An objective of a schema, its tasks in the order to do them. */
export interface SchemaObjective {
  key: string;
  name: Text;
  description?: Text | null;
  profiles: string[];
  after: string[];
  tasks: SchemaTask[];
}

/** A phase of a schema, its objectives in the order to reach them. */
export interface SchemaPhase {
  key: string;
  name: Text;
  description?: Text | null;
  codelivery: boolean;
  after: string[];
  objectives: SchemaObjective[];
}

/** What its makers say of a module; what has no default is asked for before it is published. */
export interface Quality {
  version: string;
  owner: string;
  accessibility: 'not_tested' | 'partly' | 'tested';
  privacy: 'described' | 'no_personal_data' | 'unknown';
  offline: boolean;
  reviewed: string;
  interface?: string;
  support?: string;
  evidence?: string;
}

/** A file that belongs to a document; its bytes lie under `/api/v1/files/<space>/<partition>/<sha256>`. */
export interface FileRef {
  sha256: string;
  type: string;
  size: number;
  name: string;
  alt?: string | null;
  width?: number | null;
  height?: number | null;
}

/** A software INTERLINKER of the original platform: its service, and what could be done with it there. */
export interface Integration {
  service: string;
  capabilities: string[];
}

/** What an asset made from an INTERLINKER begins with, so that it can be used without a network. */
export interface Template {
  kind: 'checklist' | 'page';
  text: Text;
}

/** The words of one person about one thing. */
export interface Opinion {
  key: string;
  stars: number;
  text: string;
  name: string;
  lang: string;
  month: string;
}

/** Who gives the service to whom, as INTERLINK names it (C citizens, G administrations). */
export interface Governance {
  kind: 'C2C' | 'C2G' | 'G+G' | 'G2C';
  answers?: Text;
}

/** How many people of each partner have contributed. */
export interface People {
  gov?: number;
  cit?: number;
  com?: number;
}

/** A task as everybody may see it. */
export interface PublishedTask {
  name: Text;
  status: 'awaiting' | 'finished' | 'in_progress';
}

/** An objective as everybody may see it, with the partners that took part. */
export interface PublishedObjective {
  name: Text;
  took_part: ('cit' | 'com' | 'gov')[];
  tasks: PublishedTask[];
}

/** A phase as everybody may see it. */
export interface PublishedPhase {
  name: Text;
  status: 'awaiting' | 'finished' | 'in_progress';
  progress: number;
  objectives: PublishedObjective[];
}

/** One thing to do. */
export interface ChecklistItem {
  id: string;
  text: string;
  done?: boolean;
  order: string;
}

/** Where people meet. The distance is computed on the device; nobody's position is ever sent. */
export interface Place {
  name: string;
  address?: string;
  lat?: number | null;
  lon?: number | null;
}

/** One time at which help is needed. */
export interface Occurrence {
  id: string;
  start: string;
  end: string;
}

/** What the sentence of a notice names, as far as it names it. */
export interface Facts {
  name?: Text | null;
  place?: string;
  start?: string | null;
  end?: string | null;
  zone?: string;
  process?: Text | null;
  days?: number | null;
  count?: number | null;
}

/** Ids that an answer from the lock screen is made of, as far as the kind has them; no names. */
export interface About {
  item?: string;
  need?: string;
  occurrence?: string;
  member?: string;
  assignment?: string;
}

/** Hours of the night, by the clock on the wall; they may go past midnight. */
export interface QuietHours {
  start: string;
  end: string;
}

/** Gives a new process its phases, objectives and tasks. */
export interface Schema extends Envelope {
  type: 'schema';
  name: Text;
  description?: Text | null;
  licence: 'copyleft' | 'non_commercial' | 'permissive' | 'proprietary' | 'public_domain';
  author_name?: string;
  tags: Record<string, string[]>;
  languages: string[];
  phases: SchemaPhase[];
  quality?: Quality | null;
}

/** Describes a building block that helps with a task. */
export interface Interlinker extends Envelope {
  type: 'interlinker';
  kind: 'external_knowledge' | 'external_software' | 'knowledge' | 'software';
  name: Text;
  description: Text;
  overview?: Text | null;
  instructions?: Text | null;
  constraints?: Text | null;
  regulations?: Text | null;
  tags: Record<string, string[]>;
  profiles: string[];
  difficulty: 'difficult' | 'easy' | 'medium' | 'very_difficult' | 'very_easy';
  licence: 'copyleft' | 'non_commercial' | 'permissive' | 'proprietary' | 'public_domain';
  form?: string | null;
  format?: string | null;
  targets: string[];
  types: string[];
  scopes: string[];
  languages: string[];
  links?: Text | null;
  logo?: FileRef | null;
  snapshots: FileRef[];
  sustainability?: boolean;
  templates?: Text | null;
  tool?: string | null;
  integration?: Integration | null;
  context?: string | null;
  template?: Template | null;
  author_name?: string;
  quality?: Quality | null;
}

/** Names a kind of problem, so that tasks find the building blocks that answer it. */
export interface ProblemProfile extends Envelope {
  type: 'problem-profile';
  name: Text;
  description?: Text | null;
  functionality?: Text | null;
}

/** Keeps what a person thinks of a building block, a schema or a public process. */
export interface Rating extends Envelope {
  type: 'rating';
  stars: number;
  text?: string;
  name?: string;
}

/** Shows everybody how a building block, a schema or a public process was found, in stars and in words. */
export interface Opinions extends Envelope {
  type: 'opinions';
  count: number;
  mean: number;
  said?: Opinion[];
}

/** Shows everybody in how many processes a building block is used. */
export interface Uses extends Envelope {
  type: 'uses';
  processes: number;
}

/** Keeps a process' tree, without its people, as a pattern that others may begin with. */
export interface OwnSchema extends Envelope {
  type: 'own-schema';
  name: Text;
  description?: Text | null;
  licence: 'copyleft' | 'non_commercial' | 'permissive' | 'proprietary' | 'public_domain';
  author_name?: string;
  languages: string[];
  phases: SchemaPhase[];
}

/** Keeps a building block that members of a process describe for others. */
export interface OwnInterlinker extends Envelope {
  type: 'own-interlinker';
  kind: 'external_knowledge' | 'external_software' | 'knowledge';
  name: Text;
  overview: Text;
  instructions?: Text | null;
  profiles: string[];
  difficulty: 'difficult' | 'easy' | 'medium' | 'very_difficult' | 'very_easy';
  licence: 'copyleft' | 'non_commercial' | 'permissive' | 'proprietary' | 'public_domain';
  author_name?: string;
  languages: string[];
  links?: Text | null;
  template?: Template | null;
}

/** Says which schemas and building blocks the administrators of a process give to everybody, and of which quality. */
export interface Publication extends Envelope {
  type: 'publication';
  about: 'own-interlinker' | 'own-schema';
  revision: string;
  quality: Quality;
}

/** Tells the members what the process is about. */
export interface Process extends Envelope {
  type: 'process';
  name: Text;
  aim?: Text | null;
  description?: Text | null;
  place?: string;
  organisation?: string;
  status?: 'finished' | 'in_progress';
  public?: boolean;
  languages: string[];
  schema?: string | null;
  logo?: FileRef | null;
  idea?: Text | null;
  challenges?: Text | null;
  requirements?: Text | null;
  tags?: string[];
  governance?: Governance | null;
  archived?: boolean;
}

/** Divides the process into phases. */
export interface Phase extends Envelope {
  type: 'phase';
  parent: string;
  order: string;
  name: Text;
  description?: Text | null;
  after?: string[];
  key?: string | null;
  disabled?: boolean;
  codelivery?: boolean;
}

/** Says what a phase is to reach. */
export interface Objective extends Envelope {
  type: 'objective';
  parent: string;
  order: string;
  name: Text;
  description?: Text | null;
  after?: string[];
  key?: string | null;
  disabled?: boolean;
}

/** Says what is to be done, by when and by which teams. */
export interface Task extends Envelope {
  type: 'task';
  parent: string;
  order: string;
  name: Text;
  description?: Text | null;
  after?: string[];
  key?: string | null;
  disabled?: boolean;
  status?: 'awaiting' | 'finished' | 'in_progress';
  profiles?: string[];
  start?: string | null;
  due?: string | null;
  teams?: string[];
  management?: number | null;
  development?: number | null;
  exploitation?: number | null;
}

/** Shows everybody how far a public process is, without naming anyone. */
export interface PublishedProcess extends Envelope {
  type: 'published-process';
  name: Text;
  aim?: Text | null;
  place: string;
  languages: string[];
  people: People;
  progress: number;
  phases: PublishedPhase[];
  updated: string;
}

/** Carries what members contribute to the work of a process. */
export interface Contribution extends Envelope {
  type: 'contribution';
  text: string;
  files?: FileRef[];
  reply_to?: string | null;
}

/** Carries a text that members write together. */
export interface Page extends Envelope {
  type: 'page';
  name: string;
  made_from?: string | null;
  archived?: boolean;
  text?: string;
}

/** Lists what is to be done and what is done already. */
export interface Checklist extends Envelope {
  type: 'checklist';
  name: string;
  made_from?: string | null;
  archived?: boolean;
  items?: ChecklistItem[];
}

/** Asks the members a question and says whether it is settled. */
export interface Discussion extends Envelope {
  type: 'discussion';
  name: string;
  made_from?: string | null;
  archived?: boolean;
  question?: string;
  closed?: boolean;
  conclusion?: string;
}

/** Keeps photos and files that members share. */
export interface SharedFile extends Envelope {
  type: 'file';
  name: string;
  made_from?: string | null;
  archived?: boolean;
  files?: FileRef[];
  earlier?: FileRef[];
  note?: string;
}

/** Leads to something outside that members work with. */
export interface Link extends Envelope {
  type: 'link';
  name: string;
  made_from?: string | null;
  archived?: boolean;
  url: string;
  note?: string;
}

/** Lets members talk about what they make together. */
export interface Comment extends Envelope {
  type: 'comment';
  about: string;
  text: string;
  reply_to?: string | null;
  mentions?: string[];
}

/** Lets members thank, agree or ask without words. */
export interface Reaction extends Envelope {
  type: 'reaction';
  about: string;
  sign: 'agree' | 'done' | 'question' | 'thanks';
}

/** Says that a thread is settled, so that it can be folded away. */
export interface Resolution extends Envelope {
  type: 'resolution';
  about: string;
  resolved: boolean;
}

/** Asks members and teams to take care of something, with words. */
export interface Assignment extends Envelope {
  type: 'assignment';
  about: string;
  people?: string[];
  teams?: string[];
  text?: string;
  due?: string | null;
  state?: 'done' | 'open' | 'withdrawn';
}

/** Lets members say what they did, so that it is seen and can be approved. */
export interface Credit extends Envelope {
  type: 'credit';
  about: string;
  text?: string;
  part: 'delivering' | 'making' | 'managing';
  minutes?: number | null;
}

/** Tells members what administrators answer to what they say they did. */
export interface Approval extends Envelope {
  type: 'approval';
  about: string;
  approved: boolean;
  text?: string;
}

/** Calls for people who help with a task, and says where, when and how many. */
export interface Need extends Envelope {
  type: 'need';
  name: string;
  text?: string;
  place?: Place | null;
  occurrences: Occurrence[];
  zone: string;
  places: number;
  waiting?: number;
  skills?: string[];
  teams?: string[];
  deadline?: string | null;
  contact?: string | null;
  safety?: string;
  urgency?: 'now' | 'planned' | 'soon';
  cancelled?: boolean;
  reason?: string;
}

/** Carries a member's word that they help at one time, or cannot after all. */
export interface Claim extends Envelope {
  type: 'claim';
  need: string;
  state: 'asked' | 'done' | 'started' | 'withdrawn';
  note?: string;
  hand_to?: string | null;
  takes_from?: string | null;
  minutes?: number | null;
}

/** Answers a claim: confirmed, waiting list or too late. */
export interface Placed extends Envelope {
  type: 'place';
  need: string;
  member: string;
  outcome: 'cancelled' | 'confirmed' | 'handed' | 'late' | 'uninvited' | 'waiting' | 'withdrawn';
  turn: number;
  claim: string;
}

/** Says who came to help and for how long, so that they are thanked and can have a certificate. */
export interface Attendance extends Envelope {
  type: 'attendance';
  need: string;
  member: string;
  came: boolean;
  minutes?: number | null;
  thanks?: string;
}

/** Tells a person what happened that concerns them, and what they are asked for. */
export interface NoticeDocument extends Envelope {
  type: 'notice';
  kind: 'test' | 'needed' | 'assigned' | 'answered' | 'reminder' | 'place_free' | 'handed' | 'changed' | 'cancelled' | 'mention' | 'invitation' | 'application' | 'not_accepted' | 'digest';
  word: string;
  space: string;
  thing: string;
  path: string;
  facts?: Facts;
  about?: About;
  told: string;
  until: string;
  withdrawn?: boolean;
}

/** Keeps which notices a person has seen, so that all their devices know. */
export interface Read extends Envelope {
  type: 'read';
  state: 'done' | 'later' | 'read';
}

/** Keeps how, when and of what a person wants to be told, and what they like to help with. */
export interface WishesDocument extends Envelope {
  type: 'wishes';
  zone?: string;
  quiet?: QuietHours | null;
  cap?: number;
  off_until?: string | null;
  roads?: Record<string, 'inbox' | 'mail' | 'push'>;
  muted?: string[];
  digest?: 'daily' | 'none' | 'weekly';
  digest_at?: string;
  skills?: string[];
}

/** Names those who contributed, as they chose to be named. */
export interface MemberDocument extends Envelope {
  type: 'member';
  name: string;
  kind: 'cit' | 'com' | 'gov';
  roles?: string[];
}

/** Tells which teams work together and who is in them. */
export interface TeamDocument extends Envelope {
  type: 'team';
  name: Text;
  kind: 'citizen' | 'forprofit_organization' | 'nonprofit_organization' | 'public_administration';
  members?: string[];
}

/** Lets a device show what its person may do before the server is asked. */
export interface GrantDocument extends Envelope {
  type: 'grant';
  team: string;
  target?: string | null;
  access: boolean;
  create: boolean;
  delete: boolean;
}

/** Keeps what a person has begun to write, on all devices of that person. */
export interface Draft extends Envelope {
  type: 'draft';
  text: string;
  files?: FileRef[];
  form?: Record<string, unknown> | null;
}

/** Keeps work that was not accepted, with the reason, so that its author can recover it. */
export interface Rescued extends Envelope {
  type: 'rescued';
  document: Record<string, unknown>;
  reason: string;
  sentence: string;
  title?: string;
}

/** Carries work that was not accepted from its author to the administrators of the process. */
export interface Handover extends Envelope {
  type: 'handover';
  space: string;
  document: Record<string, unknown>;
  reason: string;
  sentence: string;
  title?: string;
  note?: string;
  files?: FileRef[];
}

/** Tells an author what the administrators decided about work that was handed to them. */
export interface HandoverAnswer extends Envelope {
  type: 'handover-answer';
  outcome: 'accepted' | 'declined' | 'impossible' | 'waiting' | 'withdrawn';
  answer?: string;
}

/** Shows administrators work that was not accepted and that its author handed to them. */
export interface Quarantined extends Envelope {
  type: 'quarantined';
  member: string;
  name: string;
  document: Record<string, unknown>;
  reason: string;
  title?: string;
  note?: string;
  files?: FileRef[];
  outcome?: 'accepted' | 'declined' | 'impossible' | 'waiting' | 'withdrawn';
  answer?: string;
}

/** Carries an administrator's decision about handed-over work. */
export interface QuarantineDecision extends Envelope {
  type: 'quarantine-decision';
  accept: boolean;
  answer?: string;
}

/** Each type of document by its name. */
export interface Documents {
  schema: Schema;
  interlinker: Interlinker;
  'problem-profile': ProblemProfile;
  rating: Rating;
  opinions: Opinions;
  uses: Uses;
  'own-schema': OwnSchema;
  'own-interlinker': OwnInterlinker;
  publication: Publication;
  process: Process;
  phase: Phase;
  objective: Objective;
  task: Task;
  'published-process': PublishedProcess;
  contribution: Contribution;
  page: Page;
  checklist: Checklist;
  discussion: Discussion;
  file: SharedFile;
  link: Link;
  comment: Comment;
  reaction: Reaction;
  resolution: Resolution;
  assignment: Assignment;
  credit: Credit;
  approval: Approval;
  need: Need;
  claim: Claim;
  place: Placed;
  attendance: Attendance;
  notice: NoticeDocument;
  read: Read;
  wishes: WishesDocument;
  member: MemberDocument;
  team: TeamDocument;
  grant: GrantDocument;
  draft: Draft;
  rescued: Rescued;
  handover: Handover;
  'handover-answer': HandoverAnswer;
  quarantined: Quarantined;
  'quarantine-decision': QuarantineDecision;
}

export type DocumentType = keyof Documents;

export type Document = Documents[DocumentType];

/** The newest version of each type that this build understands; a newer one is shown read-only. */
export const versions: Readonly<Record<DocumentType, number>> = {
  schema: 1,
  interlinker: 1,
  'problem-profile': 1,
  rating: 1,
  opinions: 1,
  uses: 1,
  'own-schema': 1,
  'own-interlinker': 1,
  publication: 1,
  process: 1,
  phase: 1,
  objective: 1,
  task: 1,
  'published-process': 1,
  contribution: 1,
  page: 1,
  checklist: 1,
  discussion: 1,
  file: 1,
  link: 1,
  comment: 1,
  reaction: 1,
  resolution: 1,
  assignment: 1,
  credit: 1,
  approval: 1,
  need: 1,
  claim: 1,
  place: 1,
  attendance: 1,
  notice: 1,
  read: 1,
  wishes: 1,
  member: 1,
  team: 2,
  grant: 1,
  draft: 1,
  rescued: 1,
  handover: 1,
  'handover-answer': 1,
  quarantined: 1,
  'quarantine-decision': 1,
};

/** What the key of each type looks like: parts in braces (`backend/kit/keys.py` tells them). */
export const keys = {
  schema: '{name}',
  interlinker: '{name}',
  'problem-profile': '{name}',
  rating: '{name}~{text}',
  opinions: '{name}~{text}',
  uses: '{name}',
  'own-schema': '{ulid}',
  'own-interlinker': '{ulid}',
  publication: '{ulid}',
  process: '{owner}',
  phase: '{ulid}',
  objective: '{ulid}',
  task: '{ulid}',
  'published-process': '{id}',
  contribution: '{ulid}',
  page: '{ulid}',
  checklist: '{ulid}',
  discussion: '{ulid}',
  file: '{ulid}',
  link: '{ulid}',
  comment: '{ulid}',
  reaction: '{ulid}-{author}',
  resolution: '{ulid}-{author}',
  assignment: '{ulid}',
  credit: '{ulid}',
  approval: '{ulid}-{author}',
  need: '{ulid}',
  claim: '{ulid}-{author}',
  place: '{ulid}-{name}',
  attendance: '{ulid}-{name}',
  notice: '{name}',
  read: '{name}',
  wishes: 'self',
  member: '{ulid}',
  team: '{ulid}',
  grant: '{ulid}',
  draft: '{space}~{text}',
  rescued: '{space}~{text}',
  handover: '{space}~{text}',
  'handover-answer': '{space}~{text}',
  quarantined: '{ulid}',
  'quarantine-decision': '{ulid}',
} as const satisfies Record<DocumentType, string>;
