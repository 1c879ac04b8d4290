/* pairs.c -- people talk two and two, and each pair writes one text.
 *
 * When the part begins, those who are here are paired in the order of the table, or across it; an
 * odd number gives one group of three.  Who comes late joins the smallest.  A pair's text is its
 * own until the console shows all of them: then they are points on the board, by those who wrote
 * them.  Texts that were never shown are blanked with the private notes.
 */
#include <assert.h>
#include <stdlib.h>
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

/* How many of the pair have not left; `but` does not count. */
static size_t present(const struct meeting *m, const struct pair *p, int64_t but)
{
    size_t count = 0;

    for (size_t i = 0; i < p->seats.count; i++)
        count += p->seats.at[i] != but && roster_seat(m, p->seats.at[i])->presence != PRESENCE_LEFT;
    return count;
}

/* Whether the others of its pair have left before anything was written: the seat may go to
 * another. */
static bool alone(const struct meeting *m, const struct pair_text *p, int64_t seat)
{
    return !p->text && present(m, &p->pair, seat) == 0;
}

/* Who is here and talks with nobody, in the table's order.  Where the part's pairs are made anew,
 * that is everybody who is in none that has written; else who is in none, or alone. */
static bool strays(const struct meeting *m, const struct text *part, bool anew,
                   struct seats *ret_seats)
{
    const struct pair_text_list *all = pairs_of(m);
    const struct pair_text **of = alloc_many(m->seat_count + 1, sizeof(*of));
    struct seats some = { 0 };
    bool whole = of && seats_reserve(&some, m->table.count);

    for (size_t i = 0; whole && i < all->count; i++)
        for (size_t k = 0; k < all->at[i].pair.seats.count; k++)
            if (text_same(all->at[i].pair.part, part))
                of[all->at[i].pair.seats.at[k]] = &all->at[i];
    for (size_t i = 0; whole && i < m->table.count; i++) {
        int64_t seat = m->table.at[i];
        const struct pair_text *p = of[seat];
        if (roster_seat(m, seat)->presence == PRESENCE_HERE &&
            (!p || (anew ? !p->text : alone(m, p, seat))))
            seats_push(&some, seat);
    }
    free(of);
    *ret_seats = some;
    return whole;
}

/* Of the part's pairs that somebody is in, the first of those with fewest people; `but` is not
 * among them, nor is one that has as many as there may be.  Of `anew` see strays. */
static const struct pair_text *smallest(const struct meeting *m, const struct text *part,
                                        const struct pair_text *but, bool anew)
{
    const struct pair_text_list *all = pairs_of(m);
    const struct pair_text *best = NULL;

    for (size_t i = 0; i < all->count; i++) {
        const struct pair_text *p = &all->at[i];
        size_t people = present(m, &p->pair, 0);
        if (p == but || !text_same(p->pair.part, part) || (anew && !p->text) || people == 0 ||
            p->pair.seats.count == LIMIT_TOGETHER)
            continue;
        if (!best || people < present(m, &best->pair, 0))
            best = p;
    }
    return best;
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

static bool add_seat(struct ints *seats, int64_t seat)
{
    if (!record_list_room(seats, 1, sizeof(seat)))
        return false;
    seats->at[seats->count++] = seat;
    return true;
}

/* Whether somebody who comes to the pair has to hear something. */
static bool has_to_tell(const struct pair_text *p)
{
    return p->text || p->moved.count > 0;
}

/* `moves` is a seat that gets another phone just now, or 0. */
static void tell_text(const struct pair_text *p, int64_t seat, struct text *text, int64_t moves,
                      struct facts *out)
{
    struct fact_pairs_written *f = &facts_add(out, FACT_PAIRS_WRITTEN)->is.pairs_written;

    *f = (struct fact_pairs_written){
        .seat = seat, .part = text_ref(p->pair.part), .pair = p->pair.pair, .text = text_ref(text)
    };
    for (size_t i = 0; i < p->moved.count; i++)
        if (p->moved.at[i] != moves)
            out->failed |= !add_seat(&f->moved, p->moved.at[i]);
    if (moves != 0)
        out->failed |= !add_seat(&f->moved, moves);
    f->has_moved = f->moved.count > 0;
}

static void take_out(struct ints *seats, int64_t seat)
{
    size_t stay = 0;

    for (size_t i = 0; i < seats->count; i++)
        if (seats->at[i] != seat)
            seats->at[stay++] = seats->at[i];
    seats->count = stay;
}

/* The pairs that stay, without those who go to another or are not at the table any more; ret_number
 * is the first that is free. */
static bool stay(const struct meeting *m, const struct text *part, bool anew,
                 const struct seats *some, struct pair_list *to, int64_t *ret_number)
{
    const struct pair_text_list *all = pairs_of(m);

    *ret_number = 1;
    for (size_t i = 0; i < all->count; i++) {
        const struct pair *from = &all->at[i].pair;
        struct pair *p = &to->at[to->count];
        if (!text_same(from->part, part) || (anew && !all->at[i].text))
            continue;
        if (!record_copy(&pair_record, p, from))
            return false;
        for (size_t k = 0; k < from->seats.count; k++)
            if (seats_have(some, from->seats.at[k]) || roster_seat(m, from->seats.at[k])->removed)
                take_out(&p->seats, from->seats.at[k]);
        if (p->seats.count == 0)
            record_release(&pair_record, p);
        else
            to->count++;
        *ret_number = from->pair >= *ret_number ? from->pair + 1 : *ret_number;
    }
    return true;
}

static bool put_into(struct pair_list *all, int64_t number, int64_t seat)
{
    size_t i = 0;

    while (all->at[i].pair != number)
        i++;
    return record_list_room(&all->at[i].seats, 1, sizeof(seat)) && put(&all->at[i], seat);
}

/* Tells who talks with whom: pairs that have written stay, and others where they are not made anew;
 * `some` are put together.  One of them alone joins the smallest. */
static void make(const struct meeting *m, const struct part *part, bool anew,
                 const struct seats *some, struct facts *out)
{
    struct fact_pairs_made *f = &facts_add(out, FACT_PAIRS_MADE)->is.pairs_made;
    const struct pair_text *own = some->count == 1 ? find(m, part->id, 0, some->at[0]) : NULL;
    const struct pair_text *to = some->count == 1 ? smallest(m, part->id, own, anew) : NULL;
    int64_t number;

    f->part = text_ref(part->id);
    f->pairs.at = alloc_many(pairs_of(m)->count + some->count, sizeof(*f->pairs.at));
    out->failed |= !f->pairs.at || !stay(m, part->id, anew, some, &f->pairs, &number);
    if (out->failed)
        return;
    if (to)
        out->failed = !put_into(&f->pairs, to->pair.pair, some->at[0]);
    else
        out->failed = !pair_up(some, part->pairs.across, part->id, number, &f->pairs);
    if (to && has_to_tell(to))
        tell_text(to, some->at[0], to->text, 0, out);
}

void pairs_begin(const struct meeting *m, int part, const struct context *context,
                 struct facts *out)
{
    struct seats some = { 0 };

    if (strays(m, m->parts[part].part->id, true, &some))
        make(m, m->parts[part].part, true, &some, out);
    else
        out->failed = true;
    seats_free(&some);
}

/* The seat joins the pair and gets to know its text; NULL: one of its own. */
static void join(const struct meeting *m, const struct text *part, const struct pair_text *to,
                 int64_t seat, struct facts *out)
{
    const struct pair_text_list *all = pairs_of(m);
    int64_t number = to ? to->pair.pair : 1;

    for (size_t i = 0; !to && i < all->count; i++)
        if (text_same(all->at[i].pair.part, part) && all->at[i].pair.pair >= number)
            number = all->at[i].pair.pair + 1;
    facts_add(out, FACT_PAIRS_JOINED)->is.pairs_joined = (struct fact_pairs_joined){
        .part = text_ref((struct text *)part), .pair = number, .seat = seat
    };
    if (to && has_to_tell(to))
        tell_text(to, seat, to->text, 0, out);
}

void pairs_seat_joins(const struct meeting *m, int64_t seat, struct facts *out)
{
    const struct progress_state *now = &m->parts[m->floor.part];
    const struct pair_text *own = find(m, now->part->id, 0, seat);
    const struct pair_text *to = smallest(m, now->part->id, own, false);

    if (!now->shown && (!own || (to && alone(m, own, seat))))
        join(m, now->part->id, to, seat, out);
}

/* Whoever is left alone before anything was written goes to the smallest of the others. */
void pairs_seat_leaves(const struct meeting *m, int64_t seat, struct facts *out)
{
    const struct progress_state *now = &m->parts[m->floor.part];
    const struct pair_text *p = find(m, now->part->id, 0, seat);
    const struct pair_text *to = p ? smallest(m, now->part->id, p, false) : NULL;

    if (!to || p->text || now->shown || present(m, &p->pair, seat) != 1)
        return;
    for (size_t i = 0; i < p->pair.seats.count; i++) {
        int64_t other = p->pair.seats.at[i];
        if (other != seat && roster_seat(m, other)->presence != PRESENCE_LEFT)
            join(m, now->part->id, to, other, out);
    }
}

/* The text is the people's, and whoever gets another phone goes on with it there.  That phone may
 * be in anybody's hands: so the others of the pair are told. */
void pairs_seat_moves(const struct meeting *m, int64_t seat, struct facts *out)
{
    enum { TOLD_MAX = LIMIT_FACTS_A_COMMAND - 12 }; /* There are others in a command that moves. */
    const struct pair_text_list *all = pairs_of(m);
    size_t told = 0;

    for (size_t i = 0; i < all->count; i++) {
        const struct pair_text *p = &all->at[i];
        int part = agenda_find(m, p->pair.part);
        bool open =
            part != PART_NONE && !m->parts[part].shown && (p->text || part == m->floor.part);
        size_t people = p->pair.seats.count;
        if (!open || !has_seat(&p->pair, seat) || people < 2 || told + people > TOLD_MAX)
            continue;
        for (size_t k = 0; k < people; k++)
            tell_text(p, p->pair.seats.at[k], p->text, seat, out);
        told += people;
    }
}

/* Whoever is in pairs of more parts than this is no mistake that can be taken back. */
enum { PARTS_OF_A_MISTAKE = 8 };

bool pairs_wrote(const struct meeting *m, int64_t seat)
{
    const struct pair_text_list *all = pairs_of(m);
    size_t parts = 0;

    for (size_t i = 0; i < all->count; i++) {
        bool in = has_seat(&all->at[i].pair, seat);
        if (in && has_to_tell(&all->at[i]))
            return true;
        parts += in;
    }
    return parts > PARTS_OF_A_MISTAKE;
}

/* Everybody sees who talks with whom; its own phones see what a pair has written, the console that
 * it has. */
bool pairs_see(const struct meeting *m, const struct reader *reader, void *ret_seen)
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
        for (size_t k = 0; own && k < all->at[i].moved.count; k++)
            if (!add_seat(&to->moved, all->at[i].moved.at[k]))
                return false;
        to->has_moved = to->moved.count > 0;
        to->has_written = reader->role == ROLE_CONSOLE;
        to->written = all->at[i].text != NULL;
    }
    return true;
}

void pairs_blank(struct meeting *m)
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
void pairs_end(const struct meeting *m, const struct context *context, struct facts *out)
{
    const struct progress_state *now = &m->parts[m->floor.part];
    size_t texts = count_texts(m, now->part->id);

    if (!now->shown && texts > 0 && m->contribution_count + texts <= LIMIT_CONTRIBUTIONS)
        show(m, context, out);
}

static bool names(const struct uuids *ids, struct uuid id)
{
    for (size_t i = 0; i < ids->count; i++)
        if (uuid_same(ids->at[i], id))
            return true;
    return false;
}

/* Whether the point is as it was shown: as written, alone, and nothing rests on it. */
static bool untouched(const struct meeting *m, const struct pair_text *p)
{
    const struct board_point *shown = board_find(m, p->point);

    if (!shown || shown->group != 0 || shown->post.content.builds_on.count > 0 ||
        !text_same(shown->post.content.text, p->text) || shown->post.seat != p->pair.seats.at[0])
        return false;
    for (size_t i = 0; i < m->contribution_count; i++)
        if (!m->contributions[i].withdrawn &&
            names(&m->contributions[i].post.content.builds_on, p->point))
            return false;
    for (size_t i = 0; i < ANSWER_COUNT; i++)
        if (names(&m->answers[i].based_on, p->point))
            return false;
    return true;
}

/* Takes back that the part's points were shown, if they were since the fact with this number and
 * all are untouched.  Whether it did. */
static bool hide(const struct meeting *m, const struct text *part, int64_t since, struct facts *out)
{
    const struct pair_text_list *all = pairs_of(m);
    size_t points = 0;

    for (size_t i = 0; i < all->count; i++) {
        const struct pair_text *p = &all->at[i];
        if (!text_same(p->pair.part, part) || !p->has_point)
            continue;
        if (p->shown < since || !untouched(m, p))
            return false;
        points++;
    }
    if (points == 0)
        return false;
    struct fact_pairs_hidden *f = &facts_add(out, FACT_PAIRS_HIDDEN)->is.pairs_hidden;
    f->part = text_ref((struct text *)part);
    f->contributions.at = alloc_many(points, sizeof(*f->contributions.at));
    out->failed |= !f->contributions.at;
    for (size_t i = 0; i < all->count && !out->failed; i++)
        if (text_same(all->at[i].pair.part, part) && all->at[i].has_point)
            f->contributions.at[f->contributions.count++] = all->at[i].point;
    return true;
}

static bool has_removed(const struct meeting *m, const struct text *part)
{
    const struct pair_text_list *all = pairs_of(m);

    for (size_t i = 0; i < all->count; i++)
        for (size_t k = 0; k < all->at[i].pair.seats.count; k++)
            if (text_same(all->at[i].pair.part, part) &&
                roster_seat(m, all->at[i].pair.seats.at[k])->removed)
                return true;
    return false;
}

/* Whether there is somebody to be put together with others. */
static bool moves(const struct meeting *m, const struct text *part, const struct seats *some)
{
    const struct pair_text *own = some->count == 1 ? find(m, part, 0, some->at[0]) : NULL;

    return some->count > 1 || (some->count == 1 && (!own || smallest(m, part, own, false)));
}

/* What the step had shown, by a press or by leaving the part, is the pairs' own again.  Who came
 * since the part was left is in a pair of it, who was put at the table by mistake in none. */
void pairs_undone(const struct meeting *then, int64_t step, struct facts *out)
{
    for (int i = 0; i < (int)then->part_count; i++) {
        const struct part *part = then->parts[i].part;
        struct seats some = { 0 };
        if (part->method != METHOD_PAIRS)
            continue;
        bool hidden = hide(then, part->id, step, out);
        if (i == then->floor.part && (hidden || !then->parts[i].shown))
            out->failed |= !strays(then, part->id, false, &some);
        if (moves(then, part->id, &some) || has_removed(then, part->id))
            make(then, part, false, &some, out);
        seats_free(&some);
    }
}

/* The pair that is meant: a phone need not say which of its own, for it seldom has two. */
static const struct pair_text *meant(const struct meeting *m, const struct text *part,
                                     int64_t number, const struct context *context)
{
    const struct pair_text *p = number ? find(m, part, number, 0) : NULL;

    for (size_t i = 0; !number && !p && i < context->own_count; i++)
        p = find(m, part, 0, context->own[i]);
    return p;
}

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
    if (part != m->floor.part || m->parts[part].shown)
        return REFUSED_PART_OVER; /* What came too late would never be shown. */
    const struct pair_text *p = meant(m, m->parts[part].part->id, c->pair, context);
    if (!p || !may_write(m, &p->pair, context))
        return REFUSED_NOT_YOURS;
    struct text *text = c->text->len > 0 ? c->text : NULL;
    if (text_same(text, p->text))
        return REFUSED_NOTHING_CHANGED;
    if (c->base && !text_same(c->base->len > 0 ? c->base : NULL, p->text))
        return REFUSED_TEXT_CHANGED;
    for (size_t i = 0; i < p->pair.seats.count; i++)
        tell_text(p, p->pair.seats.at[i], text, 0, out);
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

void pairs_show_back(struct meeting *then, const struct fact_undo_kept *kept, struct facts *out)
{
    /* As after every step that has shown something: see undone. */
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

/* Takes what was made ready for the part, in its order, to the end of `to`, or frees it (NULL). */
static void take_ready(struct pairs_state *state, const struct text *part,
                       struct pair_text_list *to)
{
    size_t stay = 0;

    for (size_t i = 0; i < state->next.count; i++) {
        struct pair *p = &state->next.at[i];
        if (!text_same(p->part, part))
            state->next.at[stay++] = *p;
        else if (to)
            to->at[to->count++] = (struct pair_text){ .pair = *p };
        else
            record_release(&pair_record, p);
    }
    state->next.count = stay;
}

/* Makes these pairs of the part ready in `next`, each with a place more, and room for them beside
 * those that are there: applying the fact cannot fail then.  What an earlier command that came to
 * nothing had made ready is freed. */
static bool ready(struct meeting *m, const struct text *part, const struct pair *at, size_t count)
{
    struct pairs_state *to = &m->methods.pairs;

    take_ready(to, part, NULL);
    if (!record_list_room(&to->next, count, sizeof(*at)))
        return false;
    for (size_t i = 0; i < count; i++) {
        struct pair *p = &to->next.at[to->next.count];
        if (!record_copy(&pair_record, p, &at[i]))
            return false;
        to->next.count++;
        if (!record_list_room(&p->seats, 1, sizeof(*p->seats.at)))
            return false;
    }
    return record_list_room(&to->pairs, to->next.count, sizeof(*to->pairs.at));
}

bool pairs_made_room(struct meeting *m, const struct fact_pairs_made *f)
{
    return ready(m, f->part, f->pairs.at, f->pairs.count);
}

/* Whether everybody of the one is in the other. */
static bool within(const struct pair *one, const struct pair *other)
{
    for (size_t i = 0; i < one->seats.count; i++)
        if (!has_seat(other, one->seats.at[i]))
            return false;
    return true;
}

/* Of the first pairs in the list, the one that this was has its text and its point.  One that has
 * written nothing is another where somebody of it has gone: whose phone is another now was told to
 * the people of that time. */
static void keep_text(struct pair_text_list *all, size_t first, struct pair_text *to)
{
    for (size_t i = 0; i < first; i++) {
        struct pair_text *was = &all->at[i];
        if (was->pair.pair != to->pair.pair || !text_same(was->pair.part, to->pair.part))
            continue;
        text_put(&to->text, was->text);
        to->has_point = was->has_point;
        to->point = was->point;
        to->has_shown = was->has_shown;
        to->shown = was->shown;
        to->moved = was->moved; /* With the room that it has. */
        was->moved = (struct ints){ 0 };
        if (!was->text && !within(&was->pair, &to->pair))
            to->moved.count = 0;
    }
}

/* Pairs of the part that are not among the new ones are no more; the others keep what they have. */
void pairs_made_apply(struct meeting *m, const struct fact_pairs_made *f)
{
    struct pairs_state *state = &m->methods.pairs;
    struct pair_text_list *all = &state->pairs;
    size_t first = all->count;

    take_ready(state, f->part, all);
    assert(all->count - first == f->pairs.count);
    for (size_t i = first; i < all->count; i++)
        keep_text(all, first, &all->at[i]);
    forget(all, f->part, first);
}

bool pairs_joined_room(struct meeting *m, const struct fact_pairs_joined *f)
{
    const struct pair_text *p = find(m, f->part, f->pair, 0);
    const struct pair fresh = { .part = f->part, .pair = f->pair };

    return ready(m, f->part, p ? &p->pair : &fresh, 1);
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
    struct pair_text_list *all = pairs_of(m);
    struct pair_text *was = find(m, f->part, 0, f->seat);
    struct pair_text *to = find(m, f->part, f->pair, 0);

    if (was)
        take_out(&was->pair.seats, f->seat);
    take_ready(&m->methods.pairs, f->part, all); /* The pair with a place more, the last. */
    struct pair_text *next = &all->at[--all->count];
    assert(next->pair.pair == f->pair);
    next->pair.seats.at[next->pair.seats.count++] = f->seat;
    if (to) {
        record_release(&pair_record, &to->pair);
        to->pair = next->pair;
    } else
        all->count++;
    drop_empty(all);
}

/* A pair that the same command makes is not there yet, and nobody of it has another phone. */
bool pairs_written_room(struct meeting *m, const struct fact_pairs_written *f)
{
    struct pair_text *p = find(m, f->part, f->pair, 0);

    return notes_text_room(m) &&
           (!p || f->moved.count == 0 ||
            record_list_room(&p->moved, f->moved.count, sizeof(*f->moved.at)));
}

void pairs_written_apply(struct meeting *m, const struct fact_pairs_written *f)
{
    struct pair_text *p = find(m, f->part, f->pair, 0);

    notes_text_kept(m);
    assert(p);
    text_put(&p->text, f->text);
    p->moved.count = 0;
    for (size_t i = 0; i < f->moved.count; i++)
        p->moved.at[p->moved.count++] = f->moved.at[i];
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
        p->has_point = p->has_shown = true;
        p->point = from->contribution;
        p->shown = m->seq;
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
            all->at[i].has_point = all->at[i].has_shown = false;
}
