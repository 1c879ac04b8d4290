#include "minutes/words.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* clang-format off */
static const char *const danish[WORD_COUNT] = {
    [WORD_LANG]               = "da",
    [WORD_FILE]               = "referat",
    [WORD_UNTITLED]           = "Møde",
    [WORD_MINUTES]            = "Beslutningsreferat – ",
    [WORD_DRAFT]              = "udkast, endnu ikke godkendt",
    [WORD_CHANGED_SINCE]      = "udkast, ændret efter at det blev godkendt",
    [WORD_APPROVED]           = "godkendt",
    [WORD_PUBLISHED]          = "offentliggjort",
    [WORD_DONE_ON]            = " ",
    [WORD_DONE_BY]            = " af ",
    [WORD_DATE]               = "Dato",
    [WORD_PLACE]              = "Sted",
    [WORD_FOCUS]              = "Læringsfokus",
    [WORD_PURPOSE]            = "Formål",
    [WORD_AT_TIME]            = " kl. ",
    [WORD_FACILITATED]        = "Mødeleder",
    [WORD_PARTICIPANTS]       = "Deltagere",
    [WORD_NOBODY]             = "Der er endnu ingen deltagere.",
    [WORD_DECISIONS]          = "Beslutninger",
    [WORD_ANSWERS_CAPTION]    = "Spørgsmålene, og hvad vi svarede",
    [WORD_QUESTION]           = "Spørgsmål",
    [WORD_ANSWER]             = "Svar",
    [WORD_UNSETTLED]          = "ikke afklaret",
    [WORD_LEFT_OPEN]          = "talt om, men ikke afklaret",
    [WORD_UNANSWERED]         = "ikke besvaret",
    [WORD_RESTS_ON]           = "Bygger på: ",
    [WORD_TASKS_BELOW_ONE]    = " opgave – se nedenfor",
    [WORD_TASKS_BELOW]        = " opgaver – se nedenfor",
    [WORD_STAKEHOLDERS_BELOW] = "Se nedenfor",
    [WORD_STILL_OPEN]         = "Det mangler vi at aftale",
    [WORD_ALL_SETTLED]        = "Alle syv spørgsmål har fået et svar.",
    [WORD_STAKEHOLDERS_CAPTION] = "Hvem der skal involveres, og hvornår",
    [WORD_WHO]                = "Hvem",
    [WORD_WHEN]               = "Hvornår",
    [WORD_TASKS_CAPTION]      = "Opgaver, ansvarlige og frister",
    [WORD_NUMBER]             = "Nr.",
    [WORD_TASK]               = "Opgave",
    [WORD_OWNER]              = "Ansvarlig",
    [WORD_DUE]                = "Frist",
    [WORD_TO_BE_AGREED]       = "aftales med ",
    [WORD_AT_THE_MEETING]     = "på mødet",
    [WORD_NOT_RELEVANT]       = "ikke relevant",
    [WORD_TASK_NO]            = "Opgave ",
    [WORD_LACKS_OWNER]        = "mangler en ansvarlig",
    [WORD_LACKS_DUE]          = "mangler en frist",
    [WORD_LACKS_BOTH]         = "mangler en ansvarlig og en frist",
    [WORD_CAME]               = "Hvad kom der ud af det?",
    [WORD_CAME_CAPTION]       = "Opgaverne fra sidste møde, og hvad der kom ud af dem",
    [WORD_CAME_HEAD]          = "Hvor langt",
    [WORD_CAME_WORD]          = "Et ord om det",
    [WORD_NOT_SAID]           = "ikke sagt endnu",
    [WORD_GOAL]               = "Mål: ",
    [WORD_RESPONSIBLE]        = "Ansvarlig: ",
    [WORD_UNDER_WAY]          = "I gang nu",
    [WORD_TO_COME]            = "Det er vi ikke nået til endnu.",
    [WORD_FOLLOW_UP_OF]       = "Opfølgning: ",
    [WORD_FROM_MEETING]       = "Aftalt på mødet: ",
    [WORD_NOT_REACHED]        = "Det nåede vi ikke.",
    [WORD_NO_POINTS]          = "Ingen pointer er skrevet ned.",
    [WORD_SHOWN]              = "Vist på tavlen: ",
    [WORD_TOO_LARGE]          = "En stor tabel blev vist på tavlen: ",
    [WORD_LAP]                = "runde",
    [WORD_LATE]               = " – skrevet bagefter",
    [WORD_AND]                = " og ",
    [WORD_BUILDS_ON]          = "bygger på: ",
    [WORD_QUOTE]              = "”",
    [WORD_QUOTE_END]          = "”",
    [WORD_SUGGESTION]         = "Forslag – ",
    [WORD_SEE_DECISIONS]      = "Svarene står samlet under ",
    [WORD_FILE_PUBLIC]        = "referat-offentligt",
    [WORD_FILE_KEPT]          = "naeste-aar",
    [WORD_SOMEBODY]           = "[navn]",
    [WORD_AN_ADDRESS]         = "[e-mail]",
    [WORD_A_CPR]              = "[cpr-nummer]",
    [WORD_A_PHONE]            = "[telefonnummer]",
    [WORD_A_CLASS]            = "en klasse",
    [WORD_A_STREET]           = "[adresse]",
    [WORD_A_DAY]              = "[fødselsdag]",
    [WORD_A_LINK]             = "[link]",
    [WORD_A_HANDLE]           = "[profil]",
    [WORD_A_FEW]              = "få",
    [WORD_UNDER_FIVE]         = "<5",
    [WORD_A_PARTICIPANT]      = "en deltager",
    [WORD_OTHERS]             = "Uden funktion",
    [WORD_TIMING]             = "Plan og forløb",
    [WORD_TIMING_WHOSE]       = "Kun i mødelederens eksemplar. Her står intet om, hvor længe nogen talte.",
    [WORD_PART]               = "Delpunkt",
    [WORD_TIMING_CAPTION]     = "Planlagt og brugt tid, delpunkt for delpunkt",
    [WORD_PLANNED]            = "Planlagt",
    [WORD_USED]               = "Brugt",
    [WORD_DIFFERENCE]         = "Forskel",
    [WORD_ON_TIME]            = "som planlagt",
    [WORD_OVER]               = " over",
    [WORD_LEFT]               = " i overskud",
    [WORD_TOTAL]              = "I alt",
    [WORD_NOT_HELD]           = "blev ikke holdt",

    [WORD_BOXES + BOX_WORKED_WELL - 1]   = "Det fungerede godt",
    [WORD_BOXES + BOX_ADJUST - 1]        = "Det kan justeres",
    [WORD_BOXES + BOX_CARRY_FORWARD - 1] = "Det tager vi med videre",
    [WORD_BOXES + BOX_AGREED - 1]        = "Det er vi enige om",
    [WORD_BOXES + BOX_DIFFERING - 1]     = "Det ser vi forskelligt på",
    [WORD_BOXES + BOX_MISSING - 1]       = "Der mangler noget",

    [WORD_BODIES + BODY_SCHOOL_BOARD - 1]  = "Skolebestyrelsen",
    [WORD_BODIES + BODY_PUPIL_COUNCIL - 1] = "Elevrådet",
    [WORD_BODIES + BODY_STAFF_COUNCIL - 1] = "MED-udvalget",

    [WORD_MONTHS]     = "januar", [WORD_MONTHS + 1]  = "februar",  [WORD_MONTHS + 2]  = "marts",
    [WORD_MONTHS + 3] = "april",  [WORD_MONTHS + 4]  = "maj",      [WORD_MONTHS + 5]  = "juni",
    [WORD_MONTHS + 6] = "juli",   [WORD_MONTHS + 7]  = "august",   [WORD_MONTHS + 8]  = "september",
    [WORD_MONTHS + 9] = "oktober", [WORD_MONTHS + 10] = "november", [WORD_MONTHS + 11] = "december",

    [WORD_OUTCOMES + OUTCOME_DONE - 1]      = "gjort",
    [WORD_OUTCOMES + OUTCOME_UNDER_WAY - 1] = "i gang",
    [WORD_OUTCOMES + OUTCOME_DROPPED - 1]   = "opgivet",
};

static const char *const english[WORD_COUNT] = {
    [WORD_LANG]               = "en",
    [WORD_FILE]               = "minutes",
    [WORD_UNTITLED]           = "Meeting",
    [WORD_MINUTES]            = "Decision minutes – ",
    [WORD_DRAFT]              = "a draft, not approved yet",
    [WORD_CHANGED_SINCE]      = "a draft, changed after it was approved",
    [WORD_APPROVED]           = "approved",
    [WORD_PUBLISHED]          = "published",
    [WORD_DONE_ON]            = " on ",
    [WORD_DONE_BY]            = " by ",
    [WORD_DATE]               = "Date",
    [WORD_PLACE]              = "Place",
    [WORD_FOCUS]              = "Learning focus",
    [WORD_PURPOSE]            = "Purpose",
    [WORD_AT_TIME]            = " at ",
    [WORD_FACILITATED]        = "Facilitator",
    [WORD_PARTICIPANTS]       = "Participants",
    [WORD_NOBODY]             = "There are no participants yet.",
    [WORD_DECISIONS]          = "Decisions",
    [WORD_ANSWERS_CAPTION]    = "The questions, and what we answered",
    [WORD_QUESTION]           = "Question",
    [WORD_ANSWER]             = "Answer",
    [WORD_UNSETTLED]          = "not settled",
    [WORD_LEFT_OPEN]          = "talked about, but not settled",
    [WORD_UNANSWERED]         = "not answered",
    [WORD_RESTS_ON]           = "Builds on: ",
    [WORD_TASKS_BELOW_ONE]    = " task – see below",
    [WORD_TASKS_BELOW]        = " tasks – see below",
    [WORD_STAKEHOLDERS_BELOW] = "See below",
    [WORD_STILL_OPEN]         = "Still to be settled",
    [WORD_ALL_SETTLED]        = "All seven questions have an answer.",
    [WORD_STAKEHOLDERS_CAPTION] = "Who is involved, and when",
    [WORD_WHO]                = "Who",
    [WORD_WHEN]               = "When",
    [WORD_TASKS_CAPTION]      = "Tasks, who is responsible and due dates",
    [WORD_NUMBER]             = "No.",
    [WORD_TASK]               = "Task",
    [WORD_OWNER]              = "Responsible",
    [WORD_DUE]                = "Due",
    [WORD_TO_BE_AGREED]       = "to be agreed with ",
    [WORD_AT_THE_MEETING]     = "at the meeting",
    [WORD_NOT_RELEVANT]       = "not relevant",
    [WORD_TASK_NO]            = "Task ",
    [WORD_LACKS_OWNER]        = "has nobody responsible",
    [WORD_LACKS_DUE]          = "has no due date",
    [WORD_LACKS_BOTH]         = "has nobody responsible and no due date",
    [WORD_CAME]               = "What came of it?",
    [WORD_CAME_CAPTION]       = "The tasks of the last meeting, and what came of them",
    [WORD_CAME_HEAD]          = "How far",
    [WORD_CAME_WORD]          = "A word about it",
    [WORD_NOT_SAID]           = "not said yet",
    [WORD_GOAL]               = "Goal: ",
    [WORD_RESPONSIBLE]        = "Responsible: ",
    [WORD_UNDER_WAY]          = "Under way",
    [WORD_TO_COME]            = "We have not got to this yet.",
    [WORD_FOLLOW_UP_OF]       = "Follow-up: ",
    [WORD_FROM_MEETING]       = "Agreed at the meeting: ",
    [WORD_NOT_REACHED]        = "We did not get to this.",
    [WORD_NO_POINTS]          = "No points were written down.",
    [WORD_SHOWN]              = "Shown on the board: ",
    [WORD_TOO_LARGE]          = "A large table was shown on the board: ",
    [WORD_LAP]                = "Round",
    [WORD_LATE]               = " – written afterwards",
    [WORD_AND]                = " and ",
    [WORD_BUILDS_ON]          = "builds on: ",
    [WORD_QUOTE]              = "“",
    [WORD_QUOTE_END]          = "”",
    [WORD_SUGGESTION]         = "Suggestion – ",
    [WORD_SEE_DECISIONS]      = "All the answers are under ",
    [WORD_FILE_PUBLIC]        = "minutes-public",
    [WORD_FILE_KEPT]          = "next-year",
    [WORD_SOMEBODY]           = "[name]",
    [WORD_AN_ADDRESS]         = "[e-mail]",
    [WORD_A_CPR]              = "[personal number]",
    [WORD_A_PHONE]            = "[phone number]",
    [WORD_A_CLASS]            = "a class",
    [WORD_A_STREET]           = "[address]",
    [WORD_A_DAY]              = "[birthday]",
    [WORD_A_LINK]             = "[link]",
    [WORD_A_HANDLE]           = "[profile]",
    [WORD_A_FEW]              = "a few",
    [WORD_UNDER_FIVE]         = "<5",
    [WORD_A_PARTICIPANT]      = "a participant",
    [WORD_OTHERS]             = "Without a function",
    [WORD_TIMING]             = "Planned and actual times",
    [WORD_TIMING_WHOSE]       = "Only in the facilitator’s copy. It does not show how long anyone spoke.",
    [WORD_PART]               = "Part",
    [WORD_TIMING_CAPTION]     = "Planned and used time, part by part",
    [WORD_PLANNED]            = "Planned",
    [WORD_USED]               = "Used",
    [WORD_DIFFERENCE]         = "Difference",
    [WORD_ON_TIME]            = "as planned",
    [WORD_OVER]               = " over",
    [WORD_LEFT]               = " to spare",
    [WORD_TOTAL]              = "Total",
    [WORD_NOT_HELD]           = "was not held",

    [WORD_BOXES + BOX_WORKED_WELL - 1]   = "What worked well",
    [WORD_BOXES + BOX_ADJUST - 1]        = "What could be adjusted",
    [WORD_BOXES + BOX_CARRY_FORWARD - 1] = "What we take forward",
    [WORD_BOXES + BOX_AGREED - 1]        = "What we agree on",
    [WORD_BOXES + BOX_DIFFERING - 1]     = "Where we differ",
    [WORD_BOXES + BOX_MISSING - 1]       = "Something is missing",

    [WORD_BODIES + BODY_SCHOOL_BOARD - 1]  = "The school board",
    [WORD_BODIES + BODY_PUPIL_COUNCIL - 1] = "The pupil council",
    [WORD_BODIES + BODY_STAFF_COUNCIL - 1] = "The staff council",

    [WORD_MONTHS]     = "January", [WORD_MONTHS + 1]  = "February", [WORD_MONTHS + 2]  = "March",
    [WORD_MONTHS + 3] = "April",   [WORD_MONTHS + 4]  = "May",      [WORD_MONTHS + 5]  = "June",
    [WORD_MONTHS + 6] = "July",    [WORD_MONTHS + 7]  = "August",   [WORD_MONTHS + 8]  = "September",
    [WORD_MONTHS + 9] = "October", [WORD_MONTHS + 10] = "November", [WORD_MONTHS + 11] = "December",

    [WORD_OUTCOMES + OUTCOME_DONE - 1]      = "done",
    [WORD_OUTCOMES + OUTCOME_UNDER_WAY - 1] = "under way",
    [WORD_OUTCOMES + OUTCOME_DROPPED - 1]   = "dropped",
};
/* clang-format on */

const char *word(enum locale locale, enum word w)
{
    assert(w < WORD_COUNT);
    const char *found = locale == LOCALE_EN ? english[w] : danish[w];
    assert(found);
    return found;
}

const char *word_after_day(enum locale locale)
{
    return locale == LOCALE_EN ? " " : ". ";
}

void lap_written(enum locale locale, int64_t lap, char ret_chars[static LAP_WRITTEN])
{
    const char *round = word(locale, WORD_LAP);

    if (locale == LOCALE_EN)
        snprintf(ret_chars, LAP_WRITTEN, "%s %" PRId64, round, lap);
    else
        snprintf(ret_chars, LAP_WRITTEN, "%" PRId64 ". %s", lap, round);
}

void date_written(enum locale locale, const char *date, char ret_chars[static DATE_WRITTEN])
{
    unsigned year, month, day;

    if (sscanf(date, "%4u-%2u-%2u", &year, &month, &day) != 3 || month < 1 || month > 12)
        snprintf(ret_chars, DATE_WRITTEN, "%.10s", date);
    else
        snprintf(ret_chars, DATE_WRITTEN, "%u%s%s %u", day, word_after_day(locale),
                 word(locale, WORD_MONTHS + month - 1), year);
}

void time_written(enum locale locale, const char *time, char ret_chars[static 8])
{
    unsigned hour, minute;

    if (sscanf(time, "%2u:%2u", &hour, &minute) != 2 || hour > 23 || minute > 59)
        snprintf(ret_chars, 8, "%.5s", time);
    else
        snprintf(ret_chars, 8, "%u%c%02u", hour, locale == LOCALE_EN ? ':' : '.', minute);
}
