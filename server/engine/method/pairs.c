/* pairs.c -- people talk two and two, and each pair writes one text.
 *
 * When the part begins, those who are here are paired in the order of the table, or across it; an
 * odd number gives one group of three.  Who comes late joins the smallest.  A pair's text is its
 * own until the console shows all of them: then they are points on the board, by those who wrote
 * them.  Texts that were never shown are blanked with the private notes.
 */
#include <assert.h>
#include <string.h>

#include "base/alloc.h"
#include "dispatch.gen.h"
#include "engine/agenda.h"
#include "engine/board.h"
#include "engine/dice.h"
#include "engine/method/method.h"
#include "engine/notes.h"
#include "engine/roster.h"
#include "engine/turn.h"
#include "engine/undo.h"

static struct pair_text_list *pairs_of(const struct meeting *m)
{
    return (struct pair_text_list *)&m->methods.pairs.pairs;
}

static bool has_seat(const struct pair *p, int64_t seat)
{
    for (size_t i = 0; i < p->seats.count; i++)
        if (p->seats.at[i] == seat)
            return true;
    return false;
}

static bool holds_any(const struct context *context, const struct pair *p)
{
    for (size_t i = 0; i < context->own_count; i++)
        if (has_seat(p, context->own[i]))
            return true;
    return false;
}

/* The pair with this number, or the one that the seat is in (number 0); NULL when there is none. */
static struct pair_text *find(const struct meeting *m, const struct text *part, int64_t number,
                              int64_t seat)
{
    struct pair_text_list *all = pairs_of(m);

    for (size_t i = 0; i < all->count; i++) {
        struct pair_text *p = &all->at[i];
        if (text_same(p->pair.part, part) &&
            (number ? p->pair.pair == number : has_seat(&p->pair, seat)))
            return p;
    }
    return NULL;
}

static size_t present(const struct meeting *m, const struct pair *p)
{
    size_t count = 0;

    for (size_t i = 0; i < p->seats.count; i++)
        count += roster_seat(m, p->seats.at[i])->presence != PRESENCE_LEFT;
    return count;
}

/* Who is here, in the table's order, and in no pair of the part that has written. */
static bool unpaired(const struct meeting *m, const struct text *part, struct seats *ret_seats)
{
    struct seats some = { 0 };

    if (!seats_reserve(&some, m->table.count))
        return false;
    for (size_t i = 0; i < m->table.count; i++) {
        int64_t seat = m->table.at[i];
        const struct pair_text *p = find(m, part, 0, seat);
        if (roster_seat(m, seat)->presence == PRESENCE_HERE && !(p && p->text))
            seats_push(&some, seat);
    }
    *ret_seats = some;
    return true;
}

static bool put(struct pair *p, int64_t seat)
{
    if (p->seats.count == LIMIT_TOGETHER || !record_list_room(&p->seats, 1, sizeof(seat)))
        return p->seats.count == LIMIT_TOGETHER;
    p->seats.at[p->seats.count++] = seat;
    return true;
}

/* Neighbours sit together; across the table, each with the one who sits half the table away.  Who
 * is left over is the third of the last pair. */
static bool pair_up(const struct seats *some, bool across, struct text *part, int64_t number,
                    struct pair_list *to)
{
    size_t pairs = some->count > 1 ? some->count / 2 : some->count;
    bool whole = true;

    for (size_t i = 0; i < pairs; i++) {
        struct pair *p = &to->at[to->count++];
        size_t first = across ? i : 2 * i, second = across ? i + pairs : 2 * i + 1;
        *p = (struct pair){ .part = text_ref(part), .pair = number + (int64_t)i };
        whole &= put(p, some->at[first]);
        if (second < some->count)
            whole &= put(p, some->at[second]);
    }
    if (some->count > 1 && some->count % 2 == 1)
        whole &= put(&to->at[to->count - 1], some->at[some->count - 1]);
    return whole;
}

/* Pairs that have written stay; all others are made anew. */
static bool make(const struct meeting *m, const struct part *part, struct fact_pairs_made *f)
{
    const struct pair_text_list *all = pairs_of(m);
    struct seats some = { 0 };
    int64_t number = 1;
    bool whole = unpaired(m, part->id, &some);

    f->pairs.at = alloc_many(all->count + some.count, sizeof(*f->pairs.at));
    whole &= f->pairs.at != NULL;
    for (size_t i = 0; i < all->count && whole; i++) {
        const struct pair *p = &all->at[i].pair;
        if (!text_same(p->part, part->id) || !all->at[i].text)
            continue;
        whole = record_copy(&pair_record, &f->pairs.at[f->pairs.count], p);
        f->pairs.count += whole;
        number = p->pair >= number ? p->pair + 1 : number;
    }
    whole = whole && pair_up(&some, part->has_across && part->across, part->id, number, &f->pairs);
    seats_free(&some);
    return whole;
}

static void begin(const struct meeting *m, int part, const struct context *context,
                  struct facts *out)
{
    struct fact_pairs_made *f = &facts_add(out, FACT_PAIRS_MADE)->is.pairs_made;

    f->part = text_ref(m->parts[part].part->id);
    if (!make(m, m->parts[part].part, f))
        out->failed = true;
}

/* Of the part's pairs with fewest people, the first; `but` is not among them; NULL: none. */
static const struct pair_text *smallest(const struct meeting *m, const struct text *part,
                                        const struct pair_text *but)
{
    const struct pair_text_list *all = pairs_of(m);
    const struct pair_text *best = NULL;

    for (size_t i = 0; i < all->count; i++) {
        const struct pair_text *p = &all->at[i];
        if (p == but || !text_same(p->pair.part, part) || p->pair.seats.count == LIMIT_TOGETHER)
            continue;
        if (!best || present(m, &p->pair) < present(m, &best->pair))
            best = p;
    }
    return best;
}

static void tell_text(const struct pair *p, int64_t seat, struct text *text, struct facts *out)
{
    facts_add(out, FACT_PAIRS_WRITTEN)->is.pairs_written = (struct fact_pairs_written){
        .seat = seat, .part = text_ref(p->part), .pair = p->pair, .text = text_ref(text)
    };
}

/* The seat joins the pair, or one of its own where there is none, and gets to know its text. */
static void join(const struct text *part, const struct pair_text *to, int64_t seat,
                 struct facts *out)
{
    facts_add(out, FACT_PAIRS_JOINED)->is.pairs_joined = (struct fact_pairs_joined){
        .part = text_ref((struct text *)part), .pair = to ? to->pair.pair : 1, .seat = seat
    };
    if (to && to->text)
        tell_text(&to->pair, seat, to->text, out);
}

static void seat_joins(const struct meeting *m, int64_t seat, struct facts *out)
{
    const struct progress_state *now = &m->parts[m->floor.part];

    if (!now->shown && !find(m, now->part->id, 0, seat))
        join(now->part->id, smallest(m, now->part->id, NULL), seat, out);
}

/* Whoever is left alone before anything was written goes to the smallest of the others. */
static void seat_leaves(const struct meeting *m, int64_t seat, struct facts *out)
{
    const struct progress_state *now = &m->parts[m->floor.part];
    const struct pair_text *p = find(m, now->part->id, 0, seat);
    const struct pair_text *to = p ? smallest(m, now->part->id, p) : NULL;
    int64_t alone = 0, count = 0;

    for (size_t i = 0; p && i < p->pair.seats.count; i++)
        if (p->pair.seats.at[i] != seat &&
            roster_seat(m, p->pair.seats.at[i])->presence != PRESENCE_LEFT) {
            alone = p->pair.seats.at[i];
            count++;
        }
    if (to && count == 1 && !p->text && !now->shown)
        join(now->part->id, to, alone, out);
}

static bool wrote(const struct meeting *m, int64_t seat)
{
    const struct pair_text_list *all = pairs_of(m);

    for (size_t i = 0; i < all->count; i++)
        if (all->at[i].text && has_seat(&all->at[i].pair, seat))
            return true;
    return false;
}

/* Everybody sees who talks with whom; its own phones see what a pair has written, the console that
 * it has. */
static bool see(const struct meeting *m, const struct reader *reader, void *ret_seen)
{
    const struct pair_text_list *all = pairs_of(m);
    struct pairs_seen *seen = ret_seen;

    seen->has_pairs = true;
    seen->pairs.at = alloc_many(all->count, sizeof(*seen->pairs.at));
    if (!seen->pairs.at)
        return false;
    for (size_t i = 0; i < all->count; i++) {
        struct pair_seen *to = &seen->pairs.at[seen->pairs.count];
        if (!record_copy(&pair_record, &to->pair, &all->at[i].pair))
            return false;
        seen->pairs.count++;
        bool own = false;
        for (size_t k = 0; k < reader->own_count; k++)
            own |= has_seat(&to->pair, reader->own[k]);
        if (own)
            to->text = text_ref(all->at[i].text);
        to->has_written = reader->role == ROLE_CONSOLE;
        to->written = all->at[i].text != NULL;
    }
    return true;
}

static void blank(struct meeting *m)
{
    struct pair_text_list *all = pairs_of(m);

    for (size_t i = 0; i < all->count; i++)
        text_put(&all->at[i].text, NULL);
}

static bool fill_point(const struct pair_text *p, uint64_t *dice, struct pair_point *to)
{
    const struct ints *seats = &p->pair.seats;

    *to = (struct pair_point){ .pair = p->pair.pair,
                               .contribution = dice_id(dice),
                               .has_seat = seats->count > 0,
                               .seat = seats->count > 0 ? seats->at[0] : 0,
                               .has_with_seats = seats->count > 1,
                               .text = text_ref(p->text) };
    if (seats->count < 2)
        return true;
    if (!record_list_room(&to->with_seats, seats->count - 1, sizeof(*seats->at)))
        return false;
    to->with_seats.count = seats->count - 1;
    memcpy(to->with_seats.at, &seats->at[1], to->with_seats.count * sizeof(*seats->at));
    return true;
}

static size_t count_texts(const struct meeting *m, const struct text *part)
{
    const struct pair_text_list *all = pairs_of(m);
    size_t count = 0;

    for (size_t i = 0; i < all->count; i++)
        count += all->at[i].text && text_same(all->at[i].pair.part, part);
    return count;
}

static void show(const struct meeting *m, const struct context *context, struct facts *out)
{
    const struct pair_text_list *all = pairs_of(m);
    struct text *part = m->parts[m->floor.part].part->id;
    struct fact_pairs_shown *f = &facts_add(out, FACT_PAIRS_SHOWN)->is.pairs_shown;
    uint64_t dice = context->dice;

    f->part = text_ref(part);
    f->points.at = alloc_many(count_texts(m, part), sizeof(*f->points.at));
    out->failed |= !f->points.at;
    for (size_t i = 0; i < all->count && !out->failed; i++) {
        if (!all->at[i].text || !text_same(all->at[i].pair.part, part))
            continue;
        out->failed = !fill_point(&all->at[i], &dice, &f->points.at[f->points.count++]);
    }
}

/* What was written and not shown stands on the board once the part is left: nothing is lost by a
 * press too few. */
static void end(const struct meeting *m, const struct context *context, struct facts *out)
{
    const struct progress_state *now = &m->parts[m->floor.part];
    size_t texts = count_texts(m, now->part->id);

    if (!now->shown && texts > 0 && m->contribution_count + texts <= LIMIT_CONTRIBUTIONS)
        show(m, context, out);
}

const struct method_hooks pairs_method = {
    .method = METHOD_PAIRS,
    .begin = begin,
    .end = end,
    .wrote = wrote,
    .seat_joins = seat_joins,
    .seat_leaves = seat_leaves,
    .blank = blank,
    .see = see,
};

/* The console writes for those who have no phone; the others write themselves. */
static bool may_write(const struct meeting *m, const struct pair *p, const struct context *context)
{
    if (context->role == ROLE_PHONE)
        return holds_any(context, p);
    for (size_t i = 0; i < p->seats.count; i++)
        if (roster_seat(m, p->seats.at[i])->held)
            return false;
    return true;
}

enum refusal pairs_write_decide(const struct meeting *m, const struct command_pairs_write *c,
                                const struct context *context, struct facts *out)
{
    int part = PART_NONE;
    enum refusal refusal = board_part_meant(m, c->part, &part);

    if (refusal != REFUSED_NOT)
        return refusal;
    if (m->parts[part].part->method != METHOD_PAIRS)
        return REFUSED_WRONG_METHOD;
    const struct pair_text *p = find(m, m->parts[part].part->id, c->pair, 0);
    if (!p)
        return REFUSED_NO_SUCH_PAIR;
    if (!may_write(m, &p->pair, context))
        return REFUSED_NOT_YOURS;
    if (m->parts[part].shown)
        return REFUSED_PART_OVER;
    struct text *text = c->text->len > 0 ? c->text : NULL;
    if (text_same(text, p->text))
        return REFUSED_NOTHING_CHANGED;
    if (c->base && !text_same(c->base->len > 0 ? c->base : NULL, p->text))
        return REFUSED_TEXT_CHANGED;
    for (size_t i = 0; i < p->pair.seats.count; i++)
        tell_text(&p->pair, p->pair.seats.at[i], text, out);
    if (!text != !p->text)
        facts_add(out, FACT_PAIRS_NOTED)->is.pairs_noted = (struct fact_pairs_noted){
            .part = text_ref(p->pair.part), .pair = p->pair.pair, .written = text != NULL
        };
    return REFUSED_NOT;
}

enum refusal pairs_show_decide(const struct meeting *m, const struct command_pairs_show *c,
                               const struct context *context, struct facts *out)
{
    enum refusal refusal = turn_open(m);

    if (refusal != REFUSED_NOT)
        return refusal;
    const struct progress_state *now = &m->parts[m->floor.part];
    if (now->part->method != METHOD_PAIRS || (c->part && !text_same(c->part, now->part->id)))
        return REFUSED_WRONG_METHOD;
    if (now->shown)
        return REFUSED_ALREADY_SHOWN;
    size_t texts = count_texts(m, now->part->id);
    if (texts == 0)
        return REFUSED_NOTHING_CHANGED;
    if (m->contribution_count + texts > LIMIT_CONTRIBUTIONS)
        return REFUSED_FULL;
    show(m, context, out);
    return REFUSED_NOT;
}

bool pairs_show_keep(const struct meeting *m, const struct command_pairs_show *c,
                     const struct context *context, struct keeping *keeping, struct facts *out)
{
    return true; /* What was before is that nothing was shown. */
}

/* Whether the point is as it was shown: as written, alone, and nothing rests on it. */
static bool untouched(const struct meeting *m, const struct pair_text *p)
{
    const struct board_point *shown = board_find(m, p->point);

    if (!shown || shown->group != 0 || !text_same(shown->post.content.text, p->text))
        return false;
    for (size_t i = 0; i < m->contribution_count; i++) {
        const struct uuids *on = &m->contributions[i].post.content.builds_on;
        for (size_t k = 0; k < on->count; k++)
            if (uuid_same(on->at[k], p->point))
                return false;
    }
    return true;
}

void pairs_show_back(struct meeting *then, const struct fact_undo_kept *kept, struct facts *out)
{
    const struct meeting *m = then;
    const struct pair_text_list *all = pairs_of(m);
    const struct text *id = kept->undo_label.part;
    int part = id ? agenda_find(m, id) : PART_NONE;

    if (part == PART_NONE || !m->parts[part].shown)
        return;
    for (size_t i = 0; i < all->count; i++)
        if (text_same(all->at[i].pair.part, id) && all->at[i].has_point &&
            !untouched(m, &all->at[i]))
            return;
    struct fact_pairs_hidden *f = &facts_add(out, FACT_PAIRS_HIDDEN)->is.pairs_hidden;
    f->part = text_ref((struct text *)id);
    f->contributions.at = alloc_many(all->count, sizeof(*f->contributions.at));
    if (!f->contributions.at) {
        out->failed = true;
        return;
    }
    for (size_t i = 0; i < all->count; i++)
        if (text_same(all->at[i].pair.part, id) && all->at[i].has_point)
            f->contributions.at[f->contributions.count++] = all->at[i].point;
}

/* Makes pairs ready in `next`, and room for them beside those that are there: applying the fact
 * cannot fail then.  Takes over what `pairs` owns. */
static bool ready(struct meeting *m, struct pair_list *pairs)
{
    struct pairs_state *to = &m->methods.pairs;
    struct fact_pairs_made was = { .pairs = to->next };

    to->next = *pairs;
    record_release(&fact_pairs_made_record, &was);
    return record_list_room(&to->pairs, to->next.count, sizeof(*to->pairs.at));
}

bool pairs_made_room(struct meeting *m, const struct fact_pairs_made *f)
{
    struct fact_pairs_made copy = { 0 };

    if (!record_copy(&fact_pairs_made_record, &copy, f))
        return false;
    text_unref(copy.part);
    return ready(m, &copy.pairs);
}

/* The text of the part's pair with this number, with a reference of its own; NULL: none. */
static struct text *text_of(const struct pair_text_list *all, const struct text *part,
                            int64_t number)
{
    for (size_t i = 0; i < all->count; i++)
        if (text_same(all->at[i].pair.part, part) && all->at[i].pair.pair == number)
            return text_ref(all->at[i].text);
    return NULL;
}

/* Of the first pairs in the list, those of this part go. */
static void forget(struct pair_text_list *all, const struct text *part, size_t first)
{
    size_t stay = 0;

    for (size_t i = 0; i < all->count; i++) {
        if (i < first && text_same(all->at[i].pair.part, part))
            record_release(&pair_text_record, &all->at[i]);
        else
            all->at[stay++] = all->at[i];
    }
    all->count = stay;
}

/* Pairs of the part that are not among the new ones are no more; the others keep their text. */
void pairs_made_apply(struct meeting *m, const struct fact_pairs_made *f)
{
    struct pairs_state *to = &m->methods.pairs;
    size_t first = to->pairs.count;

    assert(to->next.count == f->pairs.count);
    for (size_t i = 0; i < to->next.count; i++) {
        const struct pair *p = &to->next.at[i];
        struct text *text = text_of(&to->pairs, f->part, p->pair);
        to->pairs.at[to->pairs.count++] = (struct pair_text){ .pair = *p, .text = text };
    }
    to->next.count = 0; /* What it held has moved. */
    forget(&to->pairs, f->part, first);
}

bool pairs_joined_room(struct meeting *m, const struct fact_pairs_joined *f)
{
    const struct pair_text *p = find(m, f->part, f->pair, 0);
    struct pair_list one = { .at = alloc_many(1, sizeof(*one.at)) };
    const struct pair fresh = { .part = f->part, .pair = f->pair };

    if (!one.at)
        return false;
    one.count = record_copy(&pair_record, one.at, p ? &p->pair : &fresh) ? 1 : 0;
    return ready(m, &one) && m->methods.pairs.next.count == 1 &&
           record_list_room(&m->methods.pairs.next.at[0].seats, 1, sizeof(f->seat));
}

static void take_out(struct ints *seats, int64_t seat)
{
    size_t stay = 0;

    for (size_t i = 0; i < seats->count; i++)
        if (seats->at[i] != seat)
            seats->at[stay++] = seats->at[i];
    seats->count = stay;
}

/* A pair that nobody is left in is none. */
static void drop_empty(struct pair_text_list *all)
{
    size_t stay = 0;

    for (size_t i = 0; i < all->count; i++) {
        if (all->at[i].pair.seats.count == 0)
            record_release(&pair_text_record, &all->at[i]);
        else
            all->at[stay++] = all->at[i];
    }
    all->count = stay;
}

void pairs_joined_apply(struct meeting *m, const struct fact_pairs_joined *f)
{
    struct pairs_state *state = &m->methods.pairs;
    struct pair_text *was = find(m, f->part, 0, f->seat);
    struct pair_text *to = find(m, f->part, f->pair, 0);
    struct pair *next = &state->next.at[0];

    assert(state->next.count == 1 && next->pair == f->pair);
    if (was)
        take_out(&was->pair.seats, f->seat);
    next->seats.at[next->seats.count++] = f->seat;
    if (to)
        record_release(&pair_record, &to->pair);
    else
        state->pairs.at[state->pairs.count++] = (struct pair_text){ 0 };
    to = to ? to : &state->pairs.at[state->pairs.count - 1];
    to->pair = *next;
    state->next.count = 0; /* What it held has moved. */
    drop_empty(&state->pairs);
}

bool pairs_written_room(struct meeting *m, const struct fact_pairs_written *f)
{
    return notes_text_room(m);
}

void pairs_written_apply(struct meeting *m, const struct fact_pairs_written *f)
{
    struct pair_text *p = find(m, f->part, f->pair, 0);

    notes_text_kept(m);
    assert(p);
    text_put(&p->text, f->text);
}

void pairs_noted_apply(struct meeting *m, const struct fact_pairs_noted *f)
{
    /* The console alone needs to be told; here the text says it. */
}

/* The points are made ready as what the pairs wrote, for they hold the same. */
bool pairs_shown_room(struct meeting *m, const struct fact_pairs_shown *f)
{
    struct pairs_state *to = &m->methods.pairs;
    struct fact_pairs_shown copy = { 0 }, was = { .points = to->points };

    if (!record_copy(&fact_pairs_shown_record, &copy, f))
        return false;
    text_unref(copy.part);
    to->points = copy.points;
    record_release(&fact_pairs_shown_record, &was);
    return board_reserve_contributions(m, f->points.count);
}

void pairs_shown_apply(struct meeting *m, const struct fact_pairs_shown *f)
{
    struct pair_point_list *points = &m->methods.pairs.points;
    int part = agenda_find(m, f->part);

    assert(part != PART_NONE && points->count == f->points.count);
    m->parts[part].shown = true;
    for (size_t i = 0; i < points->count; i++) {
        struct pair_point *from = &points->at[i];
        struct pair_text *p = find(m, f->part, from->pair, 0);
        struct board_point *to = &m->contributions[m->contribution_count++];
        assert(p && m->contribution_count <= m->contribution_room);
        p->has_point = true;
        p->point = from->contribution;
        *to = (struct board_point){ .id = from->contribution, .part = part };
        to->post.part = text_ref(f->part);
        to->post.has_seat = from->has_seat;
        to->post.seat = from->seat;
        to->post.has_with_seats = from->has_with_seats;
        to->post.with_seats = from->with_seats;
        to->post.content.text = from->text;
        *from = (struct pair_point){ 0 }; /* What it held has moved. */
    }
    points->count = 0;
}

void pairs_hidden_apply(struct meeting *m, const struct fact_pairs_hidden *f)
{
    struct pair_text_list *all = pairs_of(m);
    int part = agenda_find(m, f->part);

    assert(part != PART_NONE);
    m->parts[part].shown = false;
    for (size_t i = 0; i < f->contributions.count; i++)
        board_take_off(m, f->contributions.at[i]);
    for (size_t i = 0; i < all->count; i++)
        if (text_same(all->at[i].pair.part, f->part))
            all->at[i].has_point = false;
}
