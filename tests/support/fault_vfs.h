/* fault_vfs.h -- an SQLite VFS named "fault" that stands before the real one and can fail.
 *
 * Files are real; fsync is only kept account of.  What was written since a file's last fsync is
 * remembered, so that a power cut can take it back.  Only writes, truncations and fsyncs count
 * as operations.  One plan at a time; callable from any thread.
 */
#ifndef SUPPORT_FAULT_VFS_H
#define SUPPORT_FAULT_VFS_H

#include <stdbool.h>
#include <stdint.h>

enum fault {
    FAULT_NONE,
    FAULT_WRITE, /* The n-th write does nothing and returns EIO, once. */
    FAULT_SHORT, /* The n-th write stops half way and returns EIO, once. */
    FAULT_SYNC,  /* The n-th fsync returns EIO, once. */
    FAULT_FULL,  /* From the n-th write on the disk is full, until the next plan. */
    FAULT_POWER, /* At the n-th operation the power goes: nothing works until fault_restore. */
};

/* Registers the VFS; once or often. */
void fault_install(void);

/* Makes it the one that is used where none is named. */
void fault_install_for_all(void);

/* The disk is full as long as there is a file of this name, which is borrowed; NULL: it is not. */
void fault_full_while(const char *name);

/* A power cut that is planned puts the files back at once, as fault_restore does with this seed,
 * and ends the process as the cut would: with SIGKILL. */
void fault_die_of_power(uint64_t seed);

/* Forgets all plans and all that was remembered. */
void fault_reset(void);

/* Plans a fault at the n-th call of its kind from now; 1 is the next. */
void fault_plan(enum fault kind, int64_t n);

/* Whether the planned fault has struck. */
bool fault_struck(void);

/* Operations and fsyncs since fault_reset. */
int64_t fault_operations(void);
int64_t fault_syncs(void);

/* After a power cut, once every file is closed: puts the files back to what was on disk.  With
 * seed 0 exactly what was synced; else some of what was not is there too, in any order, and
 * some of that torn. */
void fault_restore(uint64_t seed);

#endif
