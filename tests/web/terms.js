// terms.js -- one word for one thing, in each language. `thing` goes by `word`; what `not` matches
// is another name for it, or no name that people use, as `was` once was. Where a word has another
// sense as well, `of` says in which texts it is looked for.

/**
 * @typedef {'locale' | 'templates' | 'minutes' | 'demo' | 'terminal'} Source
 * @typedef {{thing: string, word: string, not: RegExp, was: string, of?: Source[]}} Term
 */

/** @type {Source[]} */
const SAID = ['locale', 'templates', 'minutes', 'demo'];

/** @type {Term[]} */
const da = [
  {
    thing: 'a part of an item',
    word: 'delpunkt',
    not: /\bdel(en|ene|ens)\b|\b(en|én|hele|sidste|første|næste|forrige|den|denne|ingen) del\b(?! af\b)|^del$|, del \{/iu,
    was: 'Hele delen',
  },
  {
    thing: 'parts, counted',
    word: 'delpunkter',
    not: /(\}|\d|alle|ingen|kun|flere|valgfrie) dele\b/iu,
    was: 'Alle dele',
  },
  {
    thing: 'whoever leads',
    word: 'mødelederen',
    not: /facilitator|den, der (leder|styrer)/iu,
    was: 'den, der styrer mødet',
  },
  { thing: 'where the meeting is led from', word: 'styringen', not: /konsol/iu, was: 'konsollen' },
  {
    thing: 'what a point rests on',
    word: 'bygger på',
    not: /kobler (sig|den|det) på/iu,
    was: 'kobler sig på:',
    of: ['locale', 'minutes'],
  },
  {
    thing: 'writing in silence',
    word: 'Individuel refleksion',
    not: /^hver for sig/iu,
    was: 'Hver for sig',
  },
  { thing: 'a talk to the others', word: 'Oplæg', not: /^foredrag/iu, was: 'Foredrag' },
  {
    thing: 'what people differ on',
    word: 'Det ser vi forskelligt på',
    not: /her ser vi forskelligt/iu,
    was: 'Her ser vi forskelligt på det',
  },
  { thing: 'what is not answered', word: 'Intet svar endnu', not: /^mangler$/iu, was: 'mangler' },
  {
    thing: 'what is left to agree on',
    word: 'Det mangler vi at aftale',
    not: /mangler vi stadig/iu,
    was: 'Det mangler vi stadig',
  },
  {
    thing: 'what may be left out',
    word: 'valgfri',
    not: /[\p{L},] evt\./iu,
    was: 'det, der er evt.',
  },
  {
    thing: 'the room’s screen',
    word: 'storskærm',
    not: /\bstore? skærm/iu,
    was: 'den store skærm',
  },
  { thing: 'a phone or a computer', word: 'enhed', not: /\bmaskine/iu, was: 'her på maskinen' },
  {
    thing: 'taking a point from the board',
    word: 'Tag af tavlen',
    not: /\btag(et)? ned\b/iu,
    was: 'Tag ned',
  },
  { thing: 'the staff council', word: 'MED-udvalg', not: /\bMED\b(?!-)/u, was: 'Elevråd, MED' },
  { thing: 'the line over a question', word: 'indledning', not: /ledetråd/iu, was: 'Ledetråd' },
  { thing: 'an id', word: 'id’et', not: /kending/iu, was: 'Kendingen (id)' },
  {
    thing: 'making up for lost time',
    word: 'Hent tiden ind',
    not: /\bfinde?r? (tiden|vi (det|dem))/iu,
    was: 'Find tiden',
  },
  { thing: 'coming in', word: 'Deltag', not: /\bgå med\b/iu, was: 'Gå med' },
  { thing: 'the other way round the table', word: 'Modsat vej', not: /baglæns/iu, was: 'Baglæns' },
  {
    thing: 'a link that is of no use any more',
    word: 'virker ikke',
    not: /gælder ikke/iu,
    was: 'Linket gælder ikke',
  },
  {
    thing: 'who has a part in a decision',
    word: 'involveres',
    not: /inddrag/iu,
    was: 'bliver inddraget',
  },
  { thing: 'looking back', word: 'Tilbageblik', not: /retrospektiv/iu, was: 'Retrospektiv' },
  { thing: 'seconds', word: 'sek.', not: /[\d}]\s?s\b/u, was: '+30 s' },
  { thing: 'quotes', word: '”', not: /[»«“"]/u, was: '»…«', of: SAID },
  { thing: 'an apostrophe', word: '’', not: /'/u, was: "id'et", of: SAID },
];

/** @type {Term[]} */
const en = [
  { thing: 'once round the table', word: 'round', not: /\blaps?\b/iu, was: 'Lap 1 of 2' },
  {
    thing: 'where the meeting is led from',
    word: 'console',
    not: /\bcontrol\b/iu,
    was: 'Runde – control',
  },
  {
    thing: 'whoever leads',
    word: 'facilitator',
    not: /whoever leads|who leads?\b/iu,
    was: 'whoever leads the meeting',
  },
  { thing: 'a talk to the others', word: 'Presentation', not: /^talk$/iu, was: 'Talk' },
  {
    thing: 'one after another',
    word: 'Taking turns',
    not: /^(in turns?|turns|one at a time)$/iu,
    was: 'In turn',
  },
  {
    thing: 'writing in silence',
    word: 'Individual reflection',
    not: /on one’s own/iu,
    was: 'On one’s own',
  },
  {
    thing: 'talking about the meeting',
    word: 'Looking back',
    not: /talk about the talk/iu,
    was: 'A talk about the talk',
  },
  {
    thing: 'what people agree on',
    word: 'What we agree on',
    not: /on this we|we agree on this/iu,
    was: 'On this we agree',
  },
  {
    thing: 'what people differ on',
    word: 'Where we differ',
    not: /we (see|differ on) (this|it)/iu,
    was: 'Where we see it differently',
  },
  {
    thing: 'what is taken to the next meeting',
    word: 'ake forward',
    not: /\btak(e|es|en|ing)( this)? along\b/iu,
    was: 'take this along',
  },
  {
    thing: 'whom the school answers to',
    word: 'area head',
    not: /^(?!(runde )?chief$)[^]*\bchief\b|head of children/iu, // `runde chief` is a command.
    was: 'the chief',
  },
  {
    thing: 'who leads the school',
    word: 'school leader',
    not: /head teacher|\bthe leader\b/iu,
    was: 'Head teacher',
  },
  {
    thing: 'creating',
    word: 'create',
    not: /\bmak(e|es|ing|ed) (the|a|one more|more) (meeting|link|group)|\bmade (a|no) (meeting|link)|meeting is made/iu,
    was: 'Make the meeting',
  },
  {
    thing: 'saving',
    word: 'saved',
    not: /\bkept (on|yet)|keep in my\b/iu,
    was: 'Kept on the phone',
  },
  { thing: 'loading', word: 'load', not: /\bfetch/iu, was: 'Fetching the meeting …' },
  { thing: 'time that is left over', word: 'to spare', not: /\bair\b/iu, was: '1 min of air' },
  { thing: 'what is not settled', word: 'not settled', not: /\bunsettled\b/iu, was: 'Unsettled' },
  { thing: 'what is not answered', word: 'No answer yet', not: /^missing$/iu, was: 'Missing' },
  {
    thing: 'what is left to agree on',
    word: 'Still to be settled',
    not: /still missing$|this we still need/iu,
    was: 'Still missing',
  },
  { thing: 'coming to an end', word: 'wrap up', not: /round off/iu, was: 'please round off' },
  {
    thing: 'having the floor',
    word: 'speaking',
    not: /\} (speaks|has the floor when|sums up)/iu,
    was: '{name} speaks',
  },
  { thing: 'adding a suggestion', word: 'Add', not: /\btake in\b|\btaken in\b/iu, was: 'Taken in' },
  { thing: 'putting right', word: 'fix', not: /\bmend/iu, was: 'Needs mending' },
  {
    thing: 'a link that is of no use any more',
    word: 'no longer works',
    not: /\b(is|are) dead\b|\bdies\b/iu,
    was: 'The old one is dead.',
  },
  { thing: 'a new link', word: 'new link', not: /\banew\b/iu, was: 'makes a link anew' },
  {
    thing: 'what a value is not',
    word: 'is not a',
    not: /^is no (?!longer)|: (?!there )\S+ is no (?!longer)/iu,
    was: 'is no template',
  },
  {
    thing: 'what a value has to be',
    word: 'must be',
    not: /\bwants (?!to )/iu,
    was: 'wants a number',
  },
  {
    thing: 'thanks at the end',
    word: 'Thank you',
    not: /thank you for today/iu,
    was: 'Thank you for today',
  },
  {
    thing: 'being on the board',
    word: 'shown',
    not: /\bstands\b|\bshall\b/iu,
    was: 'What stands on the board',
  },
  { thing: 'seconds', word: 'sec', not: /[\d}]\s?s\b/u, was: '45 s' },
  {
    thing: 'quotes',
    word: '“',
    not: /[»«"]/u,
    was: '"Continue"',
    of: SAID,
  },
  {
    thing: 'an apostrophe',
    word: '’',
    not: /'/u,
    was: "somebody else's",
    of: SAID,
  },
];

export const terms = { da, en };
