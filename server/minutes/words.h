/* words.h -- the minutes' own words, in each language.
 *
 * All other texts that people read stand in web/locale; what methods and answers are called comes
 * from there, as method_words and answer_words.  A language that lacks a word does not pass the
 * tests.
 */
#ifndef MINUTES_WORDS_H
#define MINUTES_WORDS_H

#include "protocol.gen.h"

enum word {
    WORD_LANG, /* "da" */
    WORD_FILE, /* How a file of minutes is called. */
    WORD_UNTITLED,
    WORD_MINUTES, /* What the document is, before how it stands. */
    WORD_DRAFT,
    WORD_CHANGED_SINCE,
    WORD_APPROVED,
    WORD_PUBLISHED,
    WORD_DONE_ON, /* Before the day, */
    WORD_DONE_BY, /* and before the name. */
    WORD_DATE,
    WORD_PLACE,
    WORD_FOCUS,
    WORD_PURPOSE,
    WORD_AT_TIME, /* Between date and time of day. */
    WORD_FACILITATED,
    WORD_PARTICIPANTS,
    WORD_NOBODY,
    WORD_DECISIONS,
    WORD_ANSWERS_CAPTION,
    WORD_QUESTION,
    WORD_ANSWER,
    WORD_UNSETTLED,
    WORD_LEFT_OPEN, /* Talked about, and that it is not settled was said. */
    WORD_UNANSWERED,
    WORD_RESTS_ON,
    WORD_TASKS_BELOW_ONE,
    WORD_TASKS_BELOW,
    WORD_STAKEHOLDERS_BELOW,
    WORD_STILL_OPEN,
    WORD_ALL_SETTLED,
    WORD_STAKEHOLDERS_CAPTION,
    WORD_WHO,
    WORD_WHEN,
    WORD_TASKS_CAPTION,
    WORD_NUMBER,
    WORD_TASK,
    WORD_OWNER,
    WORD_DUE,
    WORD_TO_BE_AGREED, /* Before the name of an owner who has left. */
    WORD_AT_THE_MEETING,
    WORD_NOT_RELEVANT,
    WORD_TASK_NO, /* Before a task's number. */
    WORD_LACKS_OWNER,
    WORD_LACKS_DUE,
    WORD_LACKS_BOTH,
    WORD_CAME,
    WORD_CAME_CAPTION,
    WORD_CAME_HEAD,
    WORD_CAME_WORD,
    WORD_NOT_SAID, /* What came of it. */
    WORD_GOAL,
    WORD_RESPONSIBLE,
    WORD_UNDER_WAY,
    WORD_TO_COME,
    WORD_FOLLOW_UP_OF,
    WORD_FROM_MEETING,
    WORD_NOT_REACHED,
    WORD_NO_POINTS,
    WORD_SHOWN,     /* Before the title of what was shown and is no table. */
    WORD_TOO_LARGE, /* The same, of a table that is too large for the minutes. */
    WORD_LAP,       /* See lap_written. */
    WORD_LATE,
    WORD_AND, /* Before the last of several names. */
    WORD_BUILDS_ON,
    WORD_QUOTE, /* Before a quoted text. */
    WORD_QUOTE_END,
    WORD_SUGGESTION,
    WORD_SEE_DECISIONS, /* Before the heading of the section. */
    WORD_FILE_PUBLIC,   /* How a file of the public edition is called. */
    WORD_FILE_KEPT,     /* And one of what is kept for the next meeting. */
    WORD_SOMEBODY,      /* In the place of a name, */
    WORD_AN_ADDRESS,    /* of an e-mail address, */
    WORD_A_CPR,         /* and of other things that are not published. */
    WORD_A_PHONE,
    WORD_A_CLASS,
    WORD_A_STREET,
    WORD_A_DAY,
    WORD_A_LINK,
    WORD_A_HANDLE,
    WORD_A_FEW, /* Before "pupils". */
    WORD_UNDER_FIVE,
    WORD_A_PARTICIPANT,
    WORD_OTHERS, /* Those who have said no function, before how many. */
    WORD_TIMING,
    WORD_TIMING_WHOSE,
    WORD_TIMING_CAPTION,
    WORD_PART,
    WORD_PLANNED,
    WORD_USED,
    WORD_DIFFERENCE,
    WORD_ON_TIME,
    WORD_OVER, /* After a time, as "2:05". */
    WORD_LEFT, /* The same. */
    WORD_TOTAL,
    WORD_NOT_HELD,
    WORD_BOXES,                                 /* One for each of enum box, from its first. */
    WORD_BODIES = WORD_BOXES + BOX_COUNT - 1,   /* School board, pupil council, staff council. */
    WORD_MONTHS = WORD_BODIES + BODY_COUNT - 2, /* January to December. */
    WORD_OUTCOMES = WORD_MONTHS + 12,           /* One for each of enum outcome, from its first. */
    WORD_COUNT = WORD_OUTCOMES + OUTCOME_COUNT - 1,
};

/* The word in this language; LOCALE_NOT is Danish. */
const char *word(enum locale locale, enum word w);

/* What stands between day and month in a written date: ". " or " ". */
const char *word_after_day(enum locale locale);

enum { DATE_WRITTEN = 40, LAP_WRITTEN = 40 };

/* Writes 2 as "2. runde" or "Round 2". */
void lap_written(enum locale locale, int64_t lap, char ret_chars[static LAP_WRITTEN]);

/* Writes "2026-11-17" as "17. november 2026"; what is no date is written as it is, cut where it
 * is too long. */
void date_written(enum locale locale, const char *date, char ret_chars[static DATE_WRITTEN]);

/* Writes "09:00" as "9.00" or "9:00". */
void time_written(enum locale locale, const char *time, char ret_chars[static 8]);

#endif
