#include "engine/undo_values.h"

#include "engine/roster.h"

bool undo_has_values(const struct fact_undo_kept *kept)
{
    return kept->has_was && kept->has_became;
}

int64_t undo_seat(const struct meeting *m, const struct fact_undo_kept *kept)
{
    return kept->undo_label.has_seat && roster_has(m, kept->undo_label.seat) ? kept->undo_label.seat
                                                                             : 0;
}
