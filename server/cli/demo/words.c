#include "cli/demo/words.h"

/* clang-format off */
const struct character characters[] = {
    { "Hanne", "Skoleleder", TRAIT_PRESENTS },
    { "Thomas", "Børn og Unge-chef", TRAIT_LONG },
    { "Lone", "PUF-konsulent", 0 },
    { "Mette", "Lærer", TRAIT_EAGER },
    { "Elev A", "Elevråd", 0 },
    { "Elev B", "Elevråd", TRAIT_BESIDE | TRAIT_PASSES },
    { "Yusuf", "Pædagog", TRAIT_UNSTEADY },
    { "Søren", "Ledelsesteam", TRAIT_DEFERS },
    { "Birgit", "PPR-medarbejder", TRAIT_FLAT },
    { "Jonas", "Lærer", TRAIT_EAGER },
    { "Farida", "Skolebestyrelse", 0 },
    { "Henrik", "MED-udvalg", TRAIT_UNSTEADY },
    { "Anne", "Børnehaveklasseleder", TRAIT_DEFERS },
    { "Ole", "Teknisk servicemedarbejder", 0 },
    { "Samira", "Pædagog", TRAIT_EAGER },
    { "Peter", "Lærer", TRAIT_PASSES },
    { "Gitte", "Skolesekretær", 0 },
    { "Ali", "Skolebestyrelse", TRAIT_UNSTEADY },
    { "Charlotte", "Afdelingsleder", TRAIT_LONG },
    { "Nikolaj", "Idrætslærer", 0 },
    { "Ingrid", "Skolebibliotekar", 0 },
    { "Kasper", "SFO-leder", TRAIT_EAGER },
    { "Åse", "Støttepædagog", 0 },
    { "Bo", "Lærer", TRAIT_DEFERS },
};
const size_t character_count = sizeof(characters) / sizeof(characters[0]);

static const char *const questions[] = {
    "Er det de samme børn, der svarer, at de står alene i pausen, år efter år?",
    "Hvor mange svarede fra indskolingen?",
    "Ved vi, hvad børnene mener med ”et godt sted at være”?",
    "Gælder tallene også pauserne i SFO’en?",
    "Hvornår på dagen blev der spurgt?",
    "Er der forskel på drenge og piger?",
    "Hvordan så svarene ud, før vi lavede legezonerne?",
};

static const char *const thoughts[] = {
    "Det er på gangene, det går galt – ikke i gården. Der er ingen voksne, når timerne skifter.",
    "De ældste bliver inde, fordi der ikke er noget for dem udenfor.",
    "Når bolden er fremme, er der plads til alle. Når den er væk, går de hver til sit.",
    "Pausen er for kort til, at man når at blive en del af en leg.",
    "Vi voksne står ved døren. Børnene leger længst væk fra døren.",
    "De nye i klassen spørger aldrig selv, om de må være med.",
    "Biblioteket er fyldt i pauserne. Det fortæller noget om larmen andre steder.",
    "Nogle børn har brug for at vide, hvad de skal i pausen, før de går ud.",
    "Legepatruljen virker de dage, den er der.",
    "Der er børn, som bruger hele pausen på at finde en at være sammen med.",
    "Vi taler meget om uro og meget lidt om, hvem der er alene.",
    "I 6. klasse handler det om at høre til – ikke om at lege.",
    "Regnvejrsdage er de sværeste. Så er der ikke plads nok.",
    "Børnene siger, at det er sjovest, når en voksen er med i legen.",
};

static const char *const joint[] = {
    "Gangen fylder mere, end vi troede.",
    "Hver tredje er i skolegården. Hvad laver de andre?",
    "Begynd pausen med en leg, der er i gang.",
    "Hvem er der i klassen, når alle andre er ude?",
    "Boldbanen er for de få.",
    "Et stille sted skal også have en voksen.",
    "Spørg børnene, hvor de helst vil være.",
    "De voksne skal være der, hvor børnene er.",
};

static const char *const first[] = {
    "Jeg bliver optaget af de fem minutter, lige før de går ud. Der bliver pausen afgjort.",
    "Et godt sted er et sted, hvor man kan stå uden at se alene ud.",
    "Hos os i 2. klasse er det regler for bold, der fylder mest.",
    "Vi har et stort område, men vi bruger kun en tredjedel af det.",
    "Jeg ved ikke, om børnene vil have os med – eller bare vil vide, hvor vi er.",
    "Nogle af de sværeste pauser er dem efter idræt.",
    "Det er nemt at komme ind i en leg, der har et navn og en streg på jorden.",
    "Det er altid de samme, der henter os, når noget går galt.",
    "Jeg ser flest børn alene i den første uge efter en ferie.",
    "De børn, der har det svært, kender alle voksne. De andre kender næsten ingen.",
    "Som forældre hører vi først om pausen, når den er gået galt.",
    "Vi mangler et sted, hvor man må lave ingenting.",
    "Overgangen fra time til pause er larmende; så er man allerede træt.",
};

static const char *const again[] = {
    "Jeg tænker videre på det med døren: Hvad nu, hvis vi flyttede os derud, hvor legen er?",
    "Det hænger sammen for mig: gangene er svære, fordi ingen af os har dem som sted.",
    "Så er det måske ikke længden på pausen, men begyndelsen af den, der er svær.",
    "Hvis biblioteket er et stille sted, kunne vi lave et til – med nogen i.",
    "Legepatruljen kunne have en leg i gang, når de første kommer ud.",
    "De ældste kunne få et sted, de selv er med til at bestemme over.",
    "Både bolden og legepatruljen viser det samme: nogen skal begynde.",
    "De nye kunne få en makker de første uger – også i pauserne.",
    "På regnvejrsdage kunne hver årgang have et rum med sin egen ting.",
    "Det, eleverne siger om voksne, der leger med, er vores billigste forslag.",
    "Vi kunne spørge børnene hver måned og ikke kun én gang om året.",
    "Måske skal vi kigge på, hvem der er alene, sammen – på tværs af klasserne.",
};

static const char *const dialogue[] = {
    "Vi skal prøve det af i én afdeling først, ellers kan vi ikke se, hvad der virker.",
    "Kan vi skille tilsyn fra leg? Den, der leger med, kan ikke også holde øje.",
    "Jeg er bange for, at det bliver endnu en opgave oven i de andre.",
    "Elevrådet vil gerne være med til at vælge, hvad der skal stå i gården.",
    "Hvis timerne slutter på samme tid, er gangene fyldt. Kunne vi forskyde dem fem minutter?",
    "Jeg hører to ting: steder at være og nogen at være sammen med.",
    "Forældrene kan hjælpe med at bygge, hvis vi siger til i god tid.",
    "Vi skal passe på, at de børn, det handler om, ikke bliver et projekt.",
};

static const char *const missing[] = {
    "Der mangler, at SFO’en også er en del af pausen.",
    "Regnvejrsdagene er ikke med.",
};

static const char *const ideas[] = {
    "To voksne, der altid er ude i spisepausen, på faste steder",
    "En leg, der er i gang, når de første kommer ud",
    "Elevrådet vælger, hvad der skal stå i gården",
    "Et stille rum med en voksen i hver afdeling",
    "Makker til nye elever de første fire uger",
    "Spørg alle klasser igen i november",
};

static const char *const worked[] = {
    "Alle kom til orde, også eleverne",
    "Det var godt at skrive, før vi talte",
    "Rolig stemning og god tid til at lytte",
    "Det gav mening at bygge videre på hinanden",
    "Vi holdt tiden",
};

static const char *const adjust[] = {
    "Lidt mere tid til tallene",
    "Spørgsmålene kunne være sendt ud før mødet",
    "Den frie dialog kom lidt sent",
};

static const char *const carry[] = {
    "Begynd næste gang med, hvad der kom ud af det",
    "Runden, hvor man kobler sig på, vil vi bruge på teammøderne",
};

#define TEXTS(of) { of, sizeof(of) / sizeof((of)[0]) }
const struct topic_texts topics[TOPIC_COUNT] = {
    [TOPIC_QUESTION] = TEXTS(questions),
    [TOPIC_THOUGHT]  = TEXTS(thoughts),
    [TOPIC_JOINT]    = TEXTS(joint),
    [TOPIC_FIRST] = TEXTS(first),
    [TOPIC_AGAIN]    = TEXTS(again),
    [TOPIC_DIALOGUE] = TEXTS(dialogue),
    [TOPIC_MISSING]  = TEXTS(missing),
    [TOPIC_IDEA]     = TEXTS(ideas),
    [TOPIC_WORKED]   = TEXTS(worked),
    [TOPIC_ADJUST]   = TEXTS(adjust),
    [TOPIC_CARRY]    = TEXTS(carry),
};
/* clang-format on */

const char *const figures_title = "Hvor er du i de fleste pauser?";
const char *const figures_csv = "Sted;Andel\nSkolegården;34 %\nBoldbanen;21 %\nKlassen;17 %\n"
                                "Gangen;15 %\nBiblioteket;13 %";

const char *const recap_text =
    "Mange ser det samme: pausens begyndelse er svær, og der mangler steder, hvor nogen er i gang.";
const char *const group_titles[2] = { "Steder at være", "Nogen at være sammen med" };

/* clang-format off */
const struct box_texts box_texts[BOX_COUNT] = {
    [BOX_WORKED_WELL]   = { NULL, TOPIC_WORKED, 100, 4, 20 },
    [BOX_ADJUST]        = { NULL, TOPIC_ADJUST, 40, 10, 24 },
    [BOX_CARRY_FORWARD] = { NULL, TOPIC_CARRY, 25, 10, 24 },
    [BOX_AGREED]        = { .scribe = "Vi vil have flere voksne ud, hvor børnene er, og en leg, "
                                      "der er i gang, når de kommer." },
    [BOX_DIFFERING]     = { .scribe = "Vi er ikke enige om, hvorvidt pauserne skal være længere." },
    [BOX_MISSING]       = { NULL, TOPIC_MISSING, 20, 30, 70 },
};
/* clang-format on */
