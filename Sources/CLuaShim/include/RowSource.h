#ifndef CLUASHIM_ROWSOURCE_H
#define CLUASHIM_ROWSOURCE_H

#include <stddef.h>
#include <stdint.h>

/*
** How rows reach Lua: a database driver fills this table of functions, the
** shim steps it and pushes columns straight onto the Lua stack. Nothing here
** may raise a Lua error or call back into Lua.
*/
typedef struct RowSource {
  void *context;

  /* Go to the next row: 1 there is one, 0 there are no more, -1 it failed. */
  int (*step) (void *context);

  /* The storage class of a column, in SQLite's numbers:
     1 integer, 2 real, 3 text, 4 blob (read as text), 5 null. */
  int (*type) (void *context, int column);

  int64_t (*integer) (void *context, int column);
  double (*real) (void *context, int column);

  /* The bytes of a text column; valid until the next step. */
  const char *(*text) (void *context, int column, size_t *length);

  /* Reset and give back the statement; called exactly once. */
  void (*finalize) (void *context);

  /* What went wrong, after 'step' gave -1. May be NULL. */
  const char *(*message) (void *context);
} RowSource;

/* What a stored value becomes in Lua. */
enum {
  ROW_PLAIN = 0,   /* integer, real or text as it is */
  ROW_BOOLEAN = 1, /* 0 and 1 as false and true */
  ROW_DECIMAL = 2  /* an integer scaled by 10^places as a decimal */
};

/* What the shim knows of one column that a script may read. */
typedef struct RowColumn {
  const char *name;
  int32_t conversion; /* ROW_… */
  int32_t places;     /* for ROW_DECIMAL */
  int32_t state;      /* the column that holds its value state as text, or -1 */
} RowColumn;

#endif
