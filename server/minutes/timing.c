#include <inttypes.h>
#include <stdio.h>

#include "minutes/build.h"

enum { ON_TIME_MS = 30000 }; /* A difference below it is none. */

static void say_span(struct builder *b, struct span span)
{
    char written[24];
    int64_t seconds = span.ms / 1000;

    snprintf(written, sizeof(written), "%" PRId64 ":%02d", seconds / 60, (int)(seconds % 60));
    document_say(b->d, MARK_NONE, written);
}

static void span_cell(struct builder *b, struct span span)
{
    document_open(b->d, NODE_CELL);
    say_span(b, span);
    document_close(b->d);
}

/* Of what is written: whole seconds. */
static void difference_cell(struct builder *b, struct span planned, struct span used)
{
    int64_t over = (used.ms / 1000 - planned.ms / 1000) * 1000;

    document_open(b->d, NODE_CELL);
    if (over > -ON_TIME_MS && over < ON_TIME_MS) {
        say(b, MARK_NONE, WORD_ON_TIME);
    } else {
        say_span(b, (struct span){ over > 0 ? over : -over });
        say(b, MARK_NONE, over > 0 ? WORD_OVER : WORD_LEFT);
    }
    document_close(b->d);
}

/* `used`: as it is written, so that the rows come to their sum. */
static void part_row(struct builder *b, const struct item *item, const struct part *part,
                     const struct minutes_part *stands, struct span used)
{
    document_open(b->d, NODE_ROW);
    document_open(b->d, NODE_ROW_HEAD);
    say_number(b, MARK_NONE, item->no);
    document_say(b->d, MARK_NONE, ". ");
    say_part(b, part);
    document_close(b->d);
    span_cell(b, stands->planned);
    if (stands->begun) {
        span_cell(b, used);
        difference_cell(b, stands->planned, used);
    } else {
        block(b, NODE_CELL, MARK_SOFT, WORD_NOT_HELD);
        difference_cell(b, stands->planned, (struct span){ 0 });
    }
    document_close(b->d);
}

static void total_row(struct builder *b, struct span planned, struct span used)
{
    document_open(b->d, NODE_ROW);
    block(b, NODE_ROW_HEAD, MARK_NONE, WORD_TOTAL);
    span_cell(b, planned);
    span_cell(b, used);
    difference_cell(b, planned, used);
    document_close(b->d);
}

void timing_add(struct builder *b)
{
    static const enum word heads[4] = { WORD_PART, WORD_PLANNED, WORD_USED, WORD_DIFFERENCE };
    const struct item_list *items = &b->source->agenda->items;
    struct span planned = { 0 }, used = { 0 };
    size_t index = 0;

    heading(b, 2, WORD_TIMING);
    block(b, NODE_PARAGRAPH, MARK_SOFT, WORD_TIMING_WHOSE);
    open_table(b, WORD_TIMING_CAPTION, heads);
    for (size_t i = 0; i < items->count; i++) {
        for (size_t p = 0; p < items->at[i].parts.count; p++, index++) {
            const struct minutes_part *stands = &b->source->parts[index];
            if (!stands->on && !stands->begun)
                continue;
            int64_t before = used.ms / 1000;
            used.ms += stands->used.ms;
            planned.ms += stands->planned.ms;
            part_row(b, &items->at[i], &items->at[i].parts.at[p], stands,
                     (struct span){ (used.ms / 1000 - before) * 1000 });
        }
    }
    total_row(b, planned, used);
    document_close(b->d);
}
