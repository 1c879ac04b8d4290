#include "cli/journal.h"

#include <errno.h>
#include <sysexits.h>

#include "cli/data.h"
#include "store/journal_postgres.h"

int journal_wrong(int error, const char *why)
{
    switch (error) {
    case 0:
        return 0;
    case -EINVAL:
    case -EPERM:
    case -ENOSYS:
        return complain(EX_USAGE, "--journal", why);
    case -EBADMSG:
    case -EPROTO:
        return complain(EX_DATAERR, "--journal", why);
    case -EACCES:
        return complain_of(
            EX_NOPERM,
            "--journal: %s; `runde upgrade` makes or upgrades the tables as the role "
            "that owns them",
            why);
    case -EBUSY:
        return complain(EX_TEMPFAIL, "--journal", why);
    default:
        return complain(EX_UNAVAILABLE, "--journal", why);
    }
}

static int open_file(const struct options *o, void (*wake)(void *), void *wake_context,
                     struct journal **ret_journal)
{
    char path[DATA_PATH_MAX];
    const char *why = "";
    int code = data_path(options_get(o, "data"), "runde.db", path);

    if (code)
        return code;
    switch (journal_sqlite_open(path, wake, wake_context, ret_journal, &why)) {
    case 0:
        return 0;
    case -EBADMSG:
    case -EPROTO:
        return complain(EX_DATAERR, path, why);
    default:
        return complain(EX_CANTCREAT, path, why);
    }
}

int journal_open(const struct options *o, const char *node, void (*wake)(void *),
                 void *wake_context, struct journal **ret_journal)
{
    const char *where = options_get(o, "journal"), *why = "";

    if (!where)
        return open_file(o, wake, wake_context, ret_journal);
    int error = journal_postgres_open(where, node, wake, wake_context, ret_journal, &why);
    return journal_wrong(error, why);
}

int journal_lease(const struct options *o, const char *mark, const struct lease_ports *ports,
                  struct lease **ret_lease)
{
    const char *why = "";
    struct ownership *ownership;
    int error = ownership_postgres_open(options_get(o, "journal"), options_get(o, "node"),
                                        options_get(o, "node-url"), mark, &ownership, &why);

    if (error)
        return journal_wrong(error, why);
    struct lease *lease = lease_new(ownership, ports);
    if (!lease) {
        ownership_close(ownership);
        return complain(EX_OSERR, "runde", "memory is exhausted");
    }
    error = lease_start(lease);
    if (!error) {
        *ret_lease = lease;
        return 0;
    }
    lease_close(lease);
    if (error == -EKEYREJECTED)
        return complain(EX_CONFIG, "--cluster-key-file", "the other servers have another key");
    if (error == -EADDRINUSE)
        return complain(EX_CONFIG, "--node-url", "another server has this one");
    return error == -EEXIST ? complain(EX_TEMPFAIL, "--node", "another server has this name")
                            : complain(EX_UNAVAILABLE, "--node", "the database gives no lease");
}
