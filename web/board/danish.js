// danish.js -- what the wall knows of the language that no pattern tells.

/** What compounds of schools and town halls end in and begin with; without endings. */
export const PARTS = [
  'barn afdeling administration afklaring aftale ansvar ansættelse arbejde årgang assistent børn',
  'bestyrelse bestemmelse besøg bibliotek daginstitution deltager dialog direktør distrikt',
  'døgn elev erfaring evaluering fagligh familie fælles forberedelse fordeling forebyggelse',
  'forløb formand forskel forståelse forvaltning forventning forældre fravær frikvarter fritid',
  'gennemgang gruppe handleplan handling hverdag idræt inddragelse indsats indskoling',
  'inklusion institution instruktør klasse klub koordinator kommune kommunikation kompetence',
  'konference konsulent kontakt kultur kursus kvalitet læring lærer læse ledelse leder lektie',
  'makker medarbejder medhjælper mellemtrin miljø møde mulighed måling nævn netværk',
  'niveau observation område omklædning opfølgning opgave oplevelse ordblinde ordning',
  'organisation orientering overgang pædagog partner patrulje perspektiv planlægning',
  'person plads politik praksis punkt præsentation princip problem proces program projekt prøve psykolog rådgivning',
  'refleksion regnskab repræsentant ressource resultat retning rumm runde rytme sagsbehandler',
  'samarbejde samling samtale samvær sekretær selskab seminar skole spiral spørgsmål sprog',
  'statistik stedfortræder struktur støtte suppler svømme system teknologi tilbage tilbud tilgang',
  'test tilrettelæggelse tilsyn trivsel udskoling udvalg udvikling uddannelse ugeplan undersøgelse',
  'undervisning ungdom vagt vejleder vejledning virksomhed vurdering værksted special',
].flatMap((line) => line.split(' '));
