#include "net/statement.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/buffer.h"
#include "net/negotiate.h"

enum { PARAGRAPHS_MAX = 8 };

/* A heading and what stands under it.  In braces stands what the server's options say. */
struct section {
    const char *heading;
    const char *paragraphs[PARAGRAPHS_MAX];
};

/* clang-format off */
static const struct section privacy_da[] = {
    { "Kort og klart",
      {
          "Det, du viser i mødet, kan alle i mødet læse, og det kommer med i referatet.",
          "Det, du skriver i dine egne noter, kan kun du se. De slettes et døgn efter mødet.",
          "Hele mødet slettes {days} dage efter, at det er slut. Står der en anden dato på "
          "din telefon, er det den, der gælder.",
          "Du behøver ikke skrive dit navn. Det er nok at skrive, hvem du er – for eksempel "
          "”elev” eller ”forælder”.",
          "Vil du have noget rettet eller slettet, så sig det til den, der leder mødet.",
      } },
    { "Hvem har ansvaret",
      {
          "Dataansvarlig er {organisation}.",
          "Kontakt: {contact}.",
          "Databeskyttelsesrådgiver: {dpo}.",
      } },
    { "Hvad der gemmes, og hvorfor",
      {
          "Runde gemmer det, som et møde er gjort af: det navn eller den funktion, du skriver, "
          "hvor du sidder, det, du skriver og viser, det, I aftaler, og "
          "hvornår det skete. Det bruges til at lede mødet og til at skrive referatet.",
          "Der bliver ikke bedt om CPR-nummer, e-mailadresse eller telefonnummer. Skriv ikke "
          "den slags, og skriv ikke om andres helbred eller private forhold.",
          "Siderne bruger ingen cookies til statistik eller reklame og henter intet fra andre. "
          "Din telefon gemmer selv, hvilken plads du har, det, du har skrevet, og sådan som mødet "
          "så ud sidst, så du kan komme tilbage og læse det uden netværk. Det kan du slette på "
          "telefonen, når mødet er slut.",
      } },
    { "Hvem der ser det",
      {
          "De, der er med i mødet, ser det, der bliver vist. Mødelederen, referenten og den "
          "leder, som mødet handler om, kan læse og rette referatet.",
          "En skole offentliggør, hvad der kom ud af mødet. Den udgave er uden deltagernes navne, "
          "og lederen læser den igennem, før den kommer ud.",
          "Lederen kan dele det, der blev aftalt, med sin chef: svarene, opgaver efter funktion og "
          "næste opfølgning. Aldrig, hvem der sagde hvad. Lederen kan stoppe det igen.",
          "Det, I skriver to og to, kan kun I se, indtil det bliver vist. Så står det med jeres "
          "navne.",
          "Det, du skriver uden navn i samtale om samtalen, kan ingen andre se, før alt bliver vist "
          "på én gang. Fra da af er det ingens: dit navn bliver slettet fra det.",
          "Hvem der siger pas, kan kun mødelederen se, mens det sker. Bagefter står det ingen "
          "steder.",
          "Det, der bliver svaret på før mødet, kan kun mødelederen og lederen se, indtil det "
          "lægges blandt mødets data.",
          "Oplysningerne ligger på den server, som {organisation} bruger; Runde sender dem ikke "
          "til andre og ikke til lande uden for EU. Den, der driver serveren, skal oplyse, om "
          "andre behandler dem på dens vegne, og hvor.",
      } },
    { "Hvor længe",
      {
          "Noter, som du ikke har vist, slettes et døgn efter mødet, og det gør det, I skrev to og "
          "to og ikke viste, også. En note, du selv sletter, er væk med det samme. "
          "Alt andet slettes {days} "
          "dage efter mødet, hvis ikke mødelederen eller lederen har valgt en anden tid; den "
          "står på din telefon. Et møde, som ingen afslutter, slettes lige så længe efter, "
          "at der sidst skete noget i det.",
          "Referater, som nogen har hentet, og sikkerhedskopier ligger uden for Runde og "
          "følger den dataansvarliges egne regler.",
      } },
    { "Dine rettigheder",
      {
          "Efter mødet kan du på din telefon hente det, du har skrevet, og tage dine pointer ud af "
          "referatet, indtil det er offentliggjort. Vil du have noget ud senere, så spørg lederen.",
          "Du har ret til at se de oplysninger, der er om dig, til at få dem rettet eller "
          "slettet, til at få behandlingen begrænset, og til at gøre indsigelse. Spørg den "
          "dataansvarlige.",
          "Det retlige grundlag er for en kommunal skole normalt, at mødet er en del af en "
          "opgave i samfundets interesse (databeskyttelsesforordningens artikel 6, stk. 1, "
          "litra e). Den dataansvarlige skal bekræfte det.",
          "Det er frivilligt at skrive noget: du kan være med uden navn og uden telefon. Andre kan "
          "skrive om dig, det du siger; det har du de samme rettigheder over.",
          "Ingen afgørelser træffes automatisk.",
          "Du kan klage til Datatilsynet, Carl Jacobsens Vej 35, 2500 Valby, "
          "www.datatilsynet.dk.",
      } },
    { NULL, { NULL } },
};

static const struct section privacy_en[] = {
    { "In short",
      {
          "What you show in the meeting can be read by everybody in it, and goes into the "
          "minutes.",
          "What you write in your own notes only you can see. They are deleted a day after the "
          "meeting.",
          "The whole meeting is deleted {days} days after it ends. If your phone shows another "
          "date, that one counts.",
          "You need not give your name. It is enough to say who you are, for example "
          "“pupil” or “parent”.",
          "If you want something corrected or deleted, tell whoever leads the meeting.",
      } },
    { "Who is responsible",
      {
          "The data controller is {organisation}.",
          "Contact: {contact}.",
          "Data protection officer: {dpo}.",
      } },
    { "What is kept, and why",
      {
          "Runde keeps what a meeting is made of: the name or function you give, where you sit, "
          "what you write and show, what you all agree, and when it happened. It is used to "
          "lead the meeting and to write the minutes.",
          "Nobody asks for a CPR number, an e-mail address or a telephone number. Do not write "
          "such things, nor anything about other people’s health or private lives.",
          "The pages use no cookies for statistics or advertising and fetch nothing from "
          "others. Your phone itself remembers which seat is yours, what you have written and how "
          "the meeting last looked, so that you can come back and read it without a network. You "
          "can delete that on the phone when the meeting is over.",
      } },
    { "Who sees it",
      {
          "The people in the meeting see what is shown. The facilitator, the scribe and the "
          "leader whom the meeting is about can read and correct the minutes.",
          "A school publishes what came of the meeting. That edition has no participant’s name, "
          "and the leader reads it through before it goes out.",
          "The leader can share what was agreed with their area head: the answers, tasks by function "
          "and the next follow-up. Never who said what. The leader can stop that again.",
          "What you write in pairs only those of the pair can see until it is shown. Then it stands "
          "there with your names.",
          "What you write without a name, in the talk about the talk, nobody else can see before all of "
          "it is shown at once. From then on it is nobody’s: your name is deleted from it.",
          "Who passes only the facilitator can see, while it happens. Afterwards it stands "
          "nowhere.",
          "What is answered before the meeting only the facilitator and the leader can see until it "
          "is put among the meeting’s data.",
          "It lies on the server that {organisation} uses; Runde sends it to nobody, and to no "
          "country outside the EU. Whoever runs the server must say whether others process it "
          "on their behalf, and where.",
      } },
    { "For how long",
      {
          "Notes that you have not shown are deleted a day after the meeting, and so is what pairs "
          "wrote and did not show. A note that you delete yourself is gone at once. All else is "
          "deleted {days} days after the meeting, unless the facilitator or the leader has "
          "chosen another time; your phone shows it. A meeting that nobody ends is deleted as "
          "long after the last thing that happened in it.",
          "Minutes that somebody has downloaded, and backups, lie outside Runde and follow the "
          "controller’s own rules.",
      } },
    { "Your rights",
      {
          "After the meeting you can download on your phone what you wrote, and take your points out "
          "of the minutes until they are published. If you want something out later, ask the leader.",
          "You have the right to see what is kept about you, to have it corrected or deleted, "
          "to have its use restricted, and to object. Ask the controller.",
          "For a municipal school the legal basis is normally that the meeting is part of a "
          "task in the public interest (GDPR article 6(1)(e)). The controller must confirm it.",
          "Writing is voluntary: you can take part without a name and without a phone. Others may "
          "write down what you say; your rights over that are the same.",
          "No decisions are made automatically.",
          "You can complain to the Danish Data Protection Agency, Carl Jacobsens Vej 35, 2500 "
          "Valby, www.datatilsynet.dk.",
      } },
    { NULL, { NULL } },
};

static const struct section access_da[] = {
    { "Hvem erklæringen gælder for",
      {
          "Denne erklæring gælder Rundes sider på denne server. {organisation} har ansvaret "
          "for dem.",
      } },
    { "Hvor tilgængelige siderne er",
      {
          "Siderne er delvist i overensstemmelse med kravene i WCAG 2.1 på niveau AA (EN 301 549); "
          "undtagelserne står nedenfor. De "
          "kan bruges med tastatur alene, med skærmlæser, med stor skrift og med 400 % "
          "forstørrelse, og de følger styresystemets valg af høj kontrast og mindre "
          "bevægelse.",
          "Siderne er prøvet automatisk med axe og ved gennemgang af, hvad en skærmlæser "
          "får læst op. De er ikke prøvet af et uafhængigt sted.",
          "Erklæringen bygger på denne selvevaluering. {organisation} har sidst gennemgået den "
          "{reviewed}.",
      } },
    { "Hvad der kan være svært",
      {
          "Tavlen er lavet til at blive set på afstand i et lokale. Alt, hvad den viser til "
          "deltagerne, står også på telefonen eller i referatet.",
          "Tiden er en del af mødet. Den, der leder det, kan holde pause, give mere tid og "
          "lade alle beholde ordet, når tiden er gået.",
          "Tabeller, links og dokumenter, som andre lægger ind i et møde, kan have mangler, "
          "som Runde ikke kender.",
      } },
    { "Er der noget, du ikke kan bruge?",
      {
          "Skriv eller ring til {organisation}: {contact}. Du kan få indholdet på en anden "
          "måde, og du kan altid deltage uden telefon.",
      } },
    { "Tilsyn",
      {
          "Digitaliseringsstyrelsen fører tilsyn med loven om tilgængelighed af offentlige "
          "organers websteder og mobilapplikationer. Er du ikke tilfreds med svaret, kan du "
          "klage dertil: www.digst.dk.",
      } },
    { NULL, { NULL } },
};

static const struct section access_en[] = {
    { "What this statement covers",
      {
          "This statement covers Runde’s pages on this server. {organisation} is responsible "
          "for them.",
      } },
    { "How accessible the pages are",
      {
          "The pages are partially compliant with WCAG 2.1, level AA (EN 301 549); the exceptions "
          "stand below. They can be used with a "
          "keyboard alone, with a screen reader, with large type and at 400 % zoom, and they "
          "follow the system’s choice of high contrast and reduced motion.",
          "They have been tested automatically with axe, and by looking at what a screen reader "
          "is given. They have not been tested by an independent body.",
          "The statement rests on this self-assessment. {organisation} last reviewed it on "
          "{reviewed}.",
      } },
    { "What may be difficult",
      {
          "The board is made to be seen from a distance in a room. Whatever it shows to "
          "participants stands on the phone or in the minutes as well.",
          "Time is part of the meeting. Whoever leads it can pause, give more time, and let "
          "everybody keep the floor when the time is up.",
          "Tables, links and documents that others put into a meeting may have faults that "
          "Runde does not know of.",
      } },
    { "Is there something you cannot use?",
      {
          "Write to or call {organisation}: {contact}. You can get the content in another way, "
          "and you can always take part without a phone.",
      } },
    { "Supervision",
      {
          "The Danish Agency for Digital Government supervises the act on the accessibility of "
          "public bodies’ websites and mobile applications. If you are not satisfied with the "
          "answer you can complain there: www.digst.dk.",
      } },
    { NULL, { NULL } },
};

/* clang-format on */

static const struct statement {
    const char *path, *locale, *title;
    const struct section *sections;
} statements[] = {
    { "/privatliv", "da", "Privatliv", privacy_da },
    { "/privatliv", "en", "Privacy", privacy_en },
    { "/tilgaengelighed", "da", "Tilgængelighed", access_da },
    { "/tilgaengelighed", "en", "Accessibility", access_en },
};

/* What pages say where whoever runs the server has not said it. */
static const char unsaid_da[] = "(ikke udfyldt)";
static const char unsaid_en[] = "(not filled in)";

static const char style[] =
    "<style>:root{color-scheme:light dark}body{font:1.06rem/1.55 "
    "system-ui,sans-serif;max-width:42rem;"
    "margin:0 auto;padding:24px 20px 64px;color:#1c2b33;background:#faf8f5}h1{line-height:1.2}"
    "h2{margin:2rem 0 .3rem;font-size:1.2rem}p{margin:.5rem "
    "0;overflow-wrap:anywhere}a{color:#0b6b63}"
    "mark{padding:0 .2em;color:#1c2b33;background:#ffd84d;outline:2px solid #8a5a00}"
    "@media(prefers-color-scheme:dark){body{color:#ece8e1;background:#14191c}a{color:#7fd1c7}}"
    "</style>";

static void say_escaped(struct buffer *b, const char *text)
{
    for (; *text; text++) {
        const char one[2] = { *text, '\0' };
        buffer_say(b, *text == '<'   ? "&lt;"
                      : *text == '>' ? "&gt;"
                      : *text == '&' ? "&amp;"
                      : *text == '"' ? "&quot;"
                                     : one);
    }
}

/* day: "2026-11-30", as statement_is_day takes it. */
static void say_day(struct buffer *b, const char *day, const char *locale)
{
    static const char *const months_da[] = { "januar",    "februar", "marts",    "april",
                                             "maj",       "juni",    "juli",     "august",
                                             "september", "oktober", "november", "december" };
    static const char *const months_en[] = { "January",   "February", "March",    "April",
                                             "May",       "June",     "July",     "August",
                                             "September", "October",  "November", "December" };
    bool da = strcmp(locale, "da") == 0;
    struct tm at = { 0 };

    strptime(day, "%Y-%m-%d", &at);
    buffer_say(b, "<time datetime=\"");
    say_escaped(b, day);
    buffer_say(b, "\">");
    buffer_number(b, at.tm_mday);
    buffer_say(b, da ? ". " : " ");
    buffer_say(b, da ? months_da[at.tm_mon] : months_en[at.tm_mon]);
    buffer_say(b, " ");
    buffer_number(b, at.tm_year + 1900);
    buffer_say(b, "</time>");
}

bool statement_is_day(const char *text)
{
    struct tm at = { 0 };
    char again[16];
    const char *end = strptime(text, "%Y-%m-%d", &at);

    if (!end || *end || strlen(text) != 10)
        return false;
    /* 31 April would be 1 May. */
    at.tm_isdst = -1;
    at.tm_hour = 12;
    return mktime(&at) != -1 && strftime(again, sizeof(again), "%Y-%m-%d", &at) > 0 &&
           strcmp(again, text) == 0;
}

static void say_value(struct buffer *b, const char *name, const char *locale,
                      const struct statement_host *host)
{
    const char *value = NULL;

    if (strncmp(name, "{days}", 6) == 0) {
        buffer_number(b, host->keep_days);
        return;
    }
    if (strncmp(name, "{reviewed}", 10) == 0 && host->reviewed && *host->reviewed) {
        say_day(b, host->reviewed, locale);
        return;
    }
    if (strncmp(name, "{organisation}", 14) == 0)
        value = host->organisation;
    else if (strncmp(name, "{contact}", 9) == 0)
        value = host->contact;
    else if (strncmp(name, "{dpo}", 5) == 0)
        value = host->dpo;
    if (!value || !*value) {
        buffer_say(b, "<mark>");
        say_escaped(b, strcmp(locale, "da") == 0 ? unsaid_da : unsaid_en);
        buffer_say(b, "</mark>");
        return;
    }
    /* Whatever direction it is written in, what stands around it keeps its own. */
    buffer_say(b, "<bdi>");
    say_escaped(b, value);
    buffer_say(b, "</bdi>");
}

static void say_paragraph(struct buffer *b, const char *text, const char *locale,
                          const struct statement_host *host)
{
    buffer_say(b, "<p>");
    while (*text) {
        size_t plain = strcspn(text, "{");
        buffer_add(b, text, plain);
        text += plain;
        if (*text != '{')
            break;
        say_value(b, text, locale, host);
        text += strcspn(text, "}") + 1;
    }
    buffer_say(b, "</p>\n");
}

static const struct statement *find(const char *path, const char *locale)
{
    for (size_t i = 0; i < sizeof(statements) / sizeof(statements[0]); i++)
        if (strcmp(statements[i].path, path) == 0 &&
            (!locale || strcmp(statements[i].locale, locale) == 0))
            return &statements[i];
    return NULL;
}

bool statement_is(const char *path)
{
    return find(path, NULL) != NULL;
}

const char *statement_locale(const char *query, const char *language)
{
    char asked[8] = "";

    negotiate_query(query, "lang", asked, sizeof(asked));
    if (strcmp(asked, "da") == 0)
        return "da";
    if (strcmp(asked, "en") == 0)
        return "en";
    return negotiate_language(language, "en") > negotiate_language(language, "da") ? "en" : "da";
}

/* To the same in the other language, to the other page, and to the start. */
static void say_ways(struct buffer *b, const struct statement *s)
{
    bool da = strcmp(s->locale, "da") == 0;
    const char *other = strcmp(s->path, "/privatliv") == 0 ? "/tilgaengelighed" : "/privatliv";

    buffer_say(b, "<nav aria-label=\"Runde\"><p><a href=\"/\">Runde</a> · <a href=\"");
    buffer_say(b, other);
    buffer_say(b, da ? "?lang=da\">" : "?lang=en\">");
    buffer_say(b, find(other, s->locale)->title);
    buffer_say(b, "</a> · <a href=\"");
    buffer_say(b, s->path);
    buffer_say(b, da ? "?lang=en\" hreflang=\"en\" lang=\"en\">English"
                     : "?lang=da\" hreflang=\"da\" lang=\"da\">Dansk");
    buffer_say(b, "</a></p></nav>\n");
}

char *statement_write(const char *path, const char *locale, const struct statement_host *host)
{
    const struct statement *s = find(path, locale);
    struct buffer b = { 0 };
    size_t len;

    if (!s)
        return NULL;
    buffer_say(&b, "<!DOCTYPE html>\n<html lang=\"");
    buffer_say(&b, s->locale);
    buffer_say(&b, "\">\n<head><meta charset=\"utf-8\"><meta name=\"viewport\" "
                   "content=\"width=device-width, initial-scale=1\"><title>");
    buffer_say(&b, s->title);
    buffer_say(&b, " – Runde</title>");
    buffer_say(&b, style);
    buffer_say(&b, "</head>\n<body>\n");
    say_ways(&b, s);
    buffer_say(&b, "<main>\n<h1>");
    buffer_say(&b, s->title);
    buffer_say(&b, "</h1>\n");
    for (const struct section *each = s->sections; each->heading; each++) {
        buffer_say(&b, "<h2>");
        buffer_say(&b, each->heading);
        buffer_say(&b, "</h2>\n");
        for (size_t i = 0; i < PARAGRAPHS_MAX && each->paragraphs[i]; i++)
            say_paragraph(&b, each->paragraphs[i], s->locale, host);
    }
    buffer_say(&b, "</main>\n</body>\n</html>\n");
    return buffer_take(&b, &len);
}
