#ifndef CLUASHIM_H
#define CLUASHIM_H

#include <stddef.h>
#include <stdint.h>
#include "RowSource.h"

/*
** The only door between Swift and Lua. No function declared here lets a Lua
** error out: each either cannot raise or does its work under lua_pcall. Swift
** is called back with plain values and answers with plain values; errors it
** reports are raised here, after its frames are gone.
*/

typedef struct Shim Shim;

/* Kinds of a value on its way between Lua and Swift. */
enum {
  SHIM_NIL = 0,
  SHIM_BOOLEAN,
  SHIM_INTEGER,
  SHIM_NUMBER,
  SHIM_STRING,
  SHIM_DECIMAL,
  SHIM_TABLE,         /* 'count' items, then 'fields' pairs of key and value */
  SHIM_FUNCTION,      /* 'integer' is its reference */
  SHIM_OBJECT,        /* 'integer' is the slot, 'count' the type */
  SHIM_HOST_FUNCTION, /* outwards only: 'integer' is the address of a ShimFunction */
  SHIM_ROWS,          /* outwards only: see shim_emit_rows */
  SHIM_OTHER          /* inwards only: a coroutine or a live row */
};

typedef struct ShimValue {
  int32_t kind;
  int32_t count;
  union {
    int64_t integer;
    double number;
    size_t offset; /* of a string in the scratch buffer, outwards */
    const char *bytes;
  };
  union {
    size_t length; /* of a string */
    int64_t fields; /* below 0 of an empty table that is an object, no list */ /* of a table */
    int64_t places; /* of a decimal */
  };
} ShimValue;

/* Budgets; 0 or less means none. */
typedef struct ShimLimits {
  double seconds;
  int64_t memory;
  int64_t output;
  int64_t instructions;
} ShimLimits;

enum {
  SHIM_WITHIN = 0,
  SHIM_TIME,
  SHIM_MEMORY,
  SHIM_OUTPUT,
  SHIM_INSTRUCTIONS,
  SHIM_DEPTH,
  SHIM_HOST /* the host reported a failure that no script may catch */
};

/* Where a script was, when it mattered. */
typedef struct ShimPlace {
  char chunk[200];
  int32_t line;
} ShimPlace;

typedef struct ShimUsage {
  int64_t memory;
  int64_t peak_memory;
  int64_t output;
  int64_t instructions;
  double seconds;
} ShimUsage;

/*
** What Swift gives. Every function but 'call' gets 'host' first. Those that return int
** give the number of values emitted, SHIM_RAISE after emitting one string as
** the message, or SHIM_STOP for a failure that no script may catch. 'call' may
** instead put its only result, a plain value, in 'result' and give SHIM_ONE: a
** string then lies in the scratch buffer, see shim_put_text.
*/
#define SHIM_RAISE (-1)
#define SHIM_STOP (-2)
#define SHIM_ONE (-3)

/* A host function; belongs to the host, for as long as the shim is open. */
typedef struct ShimFunction {
  void *body;
  int32_t arity;  /* how many arguments it reads, at most 8; or -1 - n: all, at least n */
  uint32_t texts; /* bit n: argument n is likely a string */
} ShimFunction;

/* One call of a host function: at least as many arguments as its arity. */
typedef struct ShimCall {
  void *body;
  const ShimValue *arguments;
  int64_t count;
  int64_t surplus; /* how many more were given than the function declares */
  ShimValue result;
} ShimCall;

enum { SHIM_SAVEPOINT_BEGIN, SHIM_SAVEPOINT_RELEASE, SHIM_SAVEPOINT_ROLLBACK };

typedef struct ShimHost {
  void *host;
  int (*call) (ShimCall *call);
  void (*release) (void *host, int64_t slot); /* an object was collected */
  void (*print) (void *host, const char *bytes, size_t length);
  int (*require) (void *host, const char *name, size_t length);
  int (*savepoint) (void *host, int operation);
  int (*unknown_field) (void *host, int64_t cursor, const char *name, size_t length);
  void (*rows_closed) (void *host, int64_t cursor);
} ShimHost;

/* Results of the functions below that run Lua. */
enum {
  SHIM_OK = 0,
  SHIM_SYNTAX,
  SHIM_RUNTIME,
  SHIM_EXCEEDED,
  SHIM_UNCONVERTIBLE
};

/* Why a value could not be converted. */
enum {
  SHIM_CONVERTIBLE = 0,
  SHIM_TOO_DEEP,
  SHIM_TOO_MANY,
  SHIM_CYCLE,
  SHIM_BAD_KEY,
  SHIM_BAD_TEXT, /* 'position' is the first bad byte, from 1 */
  SHIM_BAD_KIND,
  SHIM_DECIMAL_KEY
};

/* Open and close. NULL when there is no memory to begin with. */
Shim *shim_open (const ShimHost *host, const ShimLimits *limits, int seeded, uint64_t seed);
void shim_close (Shim *shim);

/* Emitting: a value, in preorder, into the buffer that the next build reads. */
void shim_emit (Shim *shim, ShimValue value);
void shim_emit_string (Shim *shim, const char *bytes, size_t length);
void shim_emit_rows (Shim *shim, const RowSource *source, const RowColumn *columns,
                     int count, int64_t cursor, int as_list, int64_t most);
void shim_forget_emitted (Shim *shim);

/* Only the bytes of a string, into the scratch buffer; gives their offset. */
size_t shim_put_text (Shim *shim, const char *bytes, size_t length);

/* Run: the emitted values become arguments; results stay for shim_result. */
int shim_run (Shim *shim, const char *source, size_t length, const char *name, int arguments);
int shim_call (Shim *shim, int64_t function, int arguments);
int shim_check (Shim *shim, const char *source, size_t length, const char *name);

/* After shim_run or shim_call gave SHIM_OK; then shim_done. */
int shim_result_count (Shim *shim);
const ShimValue *shim_results (Shim *shim, size_t *count);
void shim_done (Shim *shim);

/* A table argument of the host function being called, as a tree. */
int shim_read_argument (Shim *shim, int index);

/* The position of the first byte that is not UTF-8, from 1, or 0. */
size_t shim_bad_text (const char *text, size_t length);

/* Names: the one emitted value becomes a global, or what require gives. */
int shim_set_global (Shim *shim, const char *name);
int shim_set_module (Shim *shim, const char *name);

/* Remember what tables and functions of scripts hold now, once; put it back, any
   number of times, between two calls. */
int shim_remember_state (Shim *shim);
int shim_put_state_back (Shim *shim);

/* A kind of object: two emitted records, methods and metamethods. Gives its
   number, or -1. The name "decimal" extends the decimals. */
int shim_define_type (Shim *shim, const char *name);

/* After a failure. */
const char *shim_message (Shim *shim, size_t *length);
const char *shim_traceback (Shim *shim, size_t *length);
int shim_is_incomplete (Shim *shim);
ShimPlace shim_place (Shim *shim);
int shim_exceeded (Shim *shim, double *used, double *limit);
int shim_unconvertible (Shim *shim, size_t *position, const char **path);

void shim_charge (Shim *shim, int64_t bytes);

/* Whether a host function under way should give up. */
int shim_must_end (const Shim *shim);

/* What a host function keeps to be printed later counts as printed. Gives 0 when that is
   too much; the run is over then, and what the function raises is replaced by the stop. */
int shim_count_output (Shim *shim, int64_t bytes);

/* The interpreter that runs on this thread, innermost, or NULL. */
Shim *shim_running (void);
ShimUsage shim_usage (Shim *shim);
void shim_on_stop (Shim *shim, void (*interrupt) (void *), void *context);

void shim_use_savepoints (Shim *shim, int use);

/* From now on a traversal of a table with two keys that have no order from run to run
   (tables, functions, objects) is an error. */
void shim_require_order (Shim *shim);
/* From now on the shim's own messages are Chinese. */
void shim_speak_chinese (Shim *shim);
void shim_close_cursors (Shim *shim);

/* What the calling script's line is, during a host call. */
ShimPlace shim_caller (Shim *shim);

/* A plain thread with a stack of this size; returns when the body has ended. */
int shim_run_thread (size_t stack, void (*body) (void *), void *context);

/* From now on the flag becomes 1 when a run on this thread hangs in one instruction of Lua
   after its deadline, which nothing can stop. NULL: no more. Gives the flag before. */
int32_t *shim_notice_stall (int32_t *flag);

/* The flag, as another thread may read it. */
int32_t shim_stalled (const int32_t *flag);

#endif
