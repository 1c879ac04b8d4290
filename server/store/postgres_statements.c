#include "store/postgres_statements.h"

#include <stddef.h>

#include "store/postgres_schema.h"

/* Parameters are named beside each; `owner` is null where a server is alone. */
const struct postgres_statement postgres_statements[] = {
    /* code, owner */
    { "meeting",
      "SELECT id, origin, epoch, fence, last_seq, (owner IS DISTINCT FROM $2)::int::bigint"
      " FROM runde.meeting WHERE code = $1" },
    /* code, origin, owner, epoch: a meeting's row before its first facts; one that is there stays.
     */
    { "begin", "INSERT INTO runde.meeting (code, origin, owner, epoch, last_seq)"
               " VALUES ($1, $2, $3, $4, 0) ON CONFLICT (code) DO NOTHING" },
    /* code, epoch, last_seq before, fence, last_seq after, wall, at[], body[], text[], command,
     * made. Gives the meeting's id, or no row when it is fenced: then it has changed nothing. */
    { "append", "WITH own AS (UPDATE runde.meeting SET last_seq = $5"
                "  WHERE code = $1 AND epoch = $2 AND last_seq = $3 AND fence = $4 RETURNING id),"
                " facts AS (INSERT INTO runde.fact (meeting, seq, epoch, at, wall, rest, body)"
                "  SELECT own.id, $3 + f.n, $2, f.at, $6::bigint, $5 - $3 - f.n, f.body FROM own,"
                "   unnest($7::bigint[], $8::text[]) WITH ORDINALITY AS f (at, body, n)"
                "  RETURNING id, seq),"
                " texts AS (INSERT INTO runde.text (fact, body) SELECT facts.id, t.body FROM facts"
                "  JOIN unnest($9::text[]) WITH ORDINALITY AS t (body, n) ON facts.seq = $3 + t.n"
                "  WHERE t.body IS NOT NULL),"
                " commands AS (INSERT INTO runde.command (fact, id, made)"
                "  SELECT id, $10::uuid, $11::text FROM facts WHERE seq = $5 AND $10 IS NOT NULL)"
                " SELECT id FROM own" },
    /* code, epoch, last_seq, fence, and facts' numbers: of those that lose their text, and of those
     * that lose their command as well, which stands under the last fact of their batch. */
    { "blank", "WITH own AS (SELECT id FROM runde.meeting"
               "  WHERE code = $1 AND epoch = $2 AND last_seq = $3 AND fence = $4),"
               " texts AS (DELETE FROM runde.text WHERE fact IN (SELECT f.id FROM own"
               "  JOIN runde.fact f ON f.meeting = own.id AND f.seq = ANY ($5::bigint[])))"
               " DELETE FROM runde.command WHERE fact IN (SELECT last.id FROM own"
               "  JOIN runde.fact f ON f.meeting = own.id AND f.seq = ANY ($6::bigint[])"
               "  JOIN runde.fact last ON last.meeting = own.id AND last.seq = f.seq + f.rest)" },
    /* code, origin, owner, epoch: fences what is on its way, also of a meeting that is not there.
     * Gives no row when the meeting has another epoch. */
    { "find", "INSERT INTO runde.meeting AS m (code, origin, owner, epoch, fence, last_seq)"
              " VALUES ($1, $2, $3, $4, 1, 0)"
              " ON CONFLICT (code) DO UPDATE SET fence = m.fence + 1"
              "  WHERE m.epoch = $4 AND m.owner IS NOT DISTINCT FROM $3"
              " RETURNING id, origin, epoch, fence, last_seq" },
    /* code, epoch: the newest fact that was written in this epoch. */
    { "newest", "SELECT coalesce(max(f.seq), 0) FROM runde.meeting m"
                " JOIN runde.fact f ON f.meeting = m.id WHERE m.code = $1 AND f.epoch = $2" },
    /* meeting, from, to */
    { "read", "SELECT f.seq, f.at, f.wall, f.rest, f.body, t.body, c.id, c.made FROM runde.fact f"
              " LEFT JOIN runde.text t ON t.fact = f.id LEFT JOIN runde.command c ON c.fact = f.id"
              " WHERE f.meeting = $1 AND f.seq >= $2 AND f.seq <= $3 ORDER BY f.seq LIMIT 256" },
    /* code, epoch, SHA-256 of the code, when, and what was noted before which is forgotten. */
    { "erase", "WITH own AS (DELETE FROM runde.meeting WHERE code = $1 AND epoch = $2"
               "  RETURNING id, last_seq),"
               " facts AS (DELETE FROM runde.fact USING own WHERE meeting = own.id"
               "  RETURNING fact.id),"
               " texts AS (DELETE FROM runde.text USING facts WHERE fact = facts.id),"
               " commands AS (DELETE FROM runde.command USING facts WHERE fact = facts.id),"
               " old AS (DELETE FROM runde.erased WHERE wall < $5 AND EXISTS (SELECT FROM own)),"
               " noted AS (INSERT INTO runde.erased (code, wall)"
               "  SELECT $3::bytea, $4::bigint FROM own WHERE last_seq > 0)"
               " SELECT id FROM own" },
    { "meetings", "SELECT code, origin, last_seq, epoch FROM runde.meeting WHERE last_seq > 0"
                  " ORDER BY id" },
    { "erased", "SELECT code, wall FROM runde.erased ORDER BY id" },
    /* node: its mark, if there is one, and what the clock shows that servers with a name share */
    { "mark", "SELECT coalesce(m.boot_id, ''), coalesce(m.boottime, 0), coalesce(m.wall, 0),"
              " coalesce(m.server, 0), " POSTGRES_CLOCK(
                  "clock_timestamp()") ", zero FROM runde.clock"
                                       " LEFT JOIN runde.mark m ON m.node = $1" },
    /* node, boot_id, boottime, wall, server */
    { "mark_set", "INSERT INTO runde.mark (node, boot_id, boottime, wall, server)"
                  " VALUES ($1, $2, $3, $4, $5) ON CONFLICT (node) DO UPDATE SET"
                  " boot_id = $2, boottime = $3, wall = $4, server = $5" },
    /* Makes all meetings those of a server that is alone, which nobody else can be beside. */
    { "alone", "UPDATE runde.meeting SET epoch = epoch + (owner IS NOT NULL)::int::bigint,"
               " owner = NULL, led = NULL WHERE owner IS NOT NULL OR led IS NOT NULL" },
    /* owner: rows that a question left behind. */
    { "tidy", "DELETE FROM runde.meeting WHERE last_seq = 0 AND owner IS NOT DISTINCT FROM $1" },
    { NULL, NULL },
};
