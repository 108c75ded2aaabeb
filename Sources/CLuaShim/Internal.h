#ifndef INTERNAL_H
#define INTERNAL_H

#include <signal.h>
#include <stdbool.h>
#include <string.h>
#include <time.h>

#include <lua.h>
#include <lauxlib.h>
#include <lualib.h>

#include "CLuaShim.h"

/* The longest source text of one chunk, also for 'load'. */
#define MAX_SOURCE (512 * 1024)

/* The longest format of string.format and string.pack. */
#define MAX_FORMAT (1024 * 1024)

/* The longest text that a script can make: one comparison or hash of it takes no more
   than some 40 ms, and nothing can stop it. */
#define MAX_TEXT (4 * 1024 * 1024)

/* Conversions between Lua and Swift. */
#define MAX_DEPTH 64
#define MAX_VALUES 100000

/* The longest chain of '__call' tables: calling one shifts the stack once a link, for each link. */
#define MAX_CALL_LINKS 1000

/* How many calls of C inside one another Lua allows (its LUAI_MAXCCALLS). */
#define MAX_C_CALLS 200

/* The most arguments of a host function that are read in place. */
#define MAX_ARITY 8

/* Nested coroutine.close; each is one C stack of its own in Lua's eyes. */
#define MAX_CLOSE_DEPTH 100

/* Every full userdata begins with one of these. */
enum { TAG_DECIMAL = 0x6dec1, TAG_OBJECT, TAG_CURSOR, TAG_ROW, TAG_KEYS, TAG_SCRATCH };

typedef struct Decimal {
  uint32_t tag;
  int32_t places;
  int64_t units;
} Decimal;

typedef struct Object {
  uint32_t tag;
  int32_t type;
  int64_t slot;
} Object;

typedef struct Cursor Cursor;

/* A buffer outside Lua whose bytes count against the script's memory. */
typedef struct Buffer {
  char *bytes;
  size_t length;
  size_t capacity;
} Buffer;

struct Shim {
  lua_State *main;
  lua_State *volatile current; /* the coroutine that runs */
  ShimHost host;

  /* limits */
  ShimLimits limits;
  int64_t hard_memory;
  volatile sig_atomic_t due_time;   /* set by the signal handler */
  volatile sig_atomic_t due_memory; /* over the soft cap */
  int reason;                       /* SHIM_TIME …, once stopped */
  double stop_used, stop_limit;
  ShimPlace stop_place;
  int64_t used, peak, output, instructions;
  int64_t steps;
  struct timespec started;
  double deadline; /* seconds on the monotonic clock, or 0 */
  int refused;     /* the allocator said no, to this much of that much */
  size_t refused_size;
  double refused_used, refused_limit;
  ShimPlace refused_place;
  void (*interrupt) (void *);
  void *interrupt_context;

  /* the timer and the runs active on this thread */
  int entered;
  Shim *outer;
  timer_t timer;
  int timer_thread; /* the thread the timer signals, or 0 */

  /* values under way */
  Buffer nodes;   /* ShimValue, inwards */
  Buffer emitted; /* ShimValue, outwards */
  Buffer scratch; /* bytes of emitted strings */
  int pending_top;

  /* failures */
  Buffer message, traceback;
  ShimPlace error_place;
  Buffer raised, raised_traceback; /* an error on its way out of a coroutine or file */
  ShimPlace raised_place;
  Buffer unloaded;       /* the message of a file that is no Lua */
  char unloaded_name[256];
  int syntax, incomplete;
  int convert_problem;
  size_t convert_position;
  char convert_path[256];

  int close_depth;
  int nesting;     /* coroutines that run inside one another */
  int overflowed;  /* a coroutine failed because the C stack was full */
  int deep;        /* the error under way comes from a full stack */
  int savepoints;
  int seeded;
  int chinese; /* the language of our own messages */
  int strict_order;

  /* references in the registry */
  int ref_decimal, ref_object, ref_row, ref_cursor, ref_loaded, ref_functions, ref_ids;
  int ref_keys, ref_tables, ref_copied, ref_types;
  int ref_state, ref_metatables; /* 0 until they are remembered */
  int64_t function_count, id_count;
  int64_t ids_kept; /* of them, given before the state was remembered */
  int type_count;

  /* cursors */
  Cursor **cursors;
  int cursor_capacity;
  int64_t row_serial;
};

static inline Shim *self (lua_State *L) {
  return *(Shim **)lua_getextraspace(L);
}

/* Time.c */
double shim_now (void);
int shim_enter (Shim *s);
void shim_leave (Shim *s);
void shim_disarm_timer (Shim *s);

/* Shim.c */
void shim_hook (lua_State *L, lua_Debug *ar);
int shim_stop (lua_State *L, int reason, double used, double limit);
void shim_settle (lua_State *L);
int shim_weak_table (lua_State *L); /* its reference in the registry */
void shim_find_place (lua_State *L, ShimPlace *place);
bool shim_grow (Shim *s, Buffer *buffer, size_t more);
void shim_shrink (Shim *s, Buffer *buffer);
void shim_arm_memory (Shim *s);
void shim_stop_refused (lua_State *L, int status);

/* Everything here that is not Lua's own asks the system for memory through this. */
void *shim_realloc (void *block, size_t size);
/* The system has no more memory: the run is over, and nothing was lost but its result. */
void shim_starve (Shim *s);
/* For tests, on this thread: after so many allocations, so many are refused. Gives how
   many of the refusals asked for before are still to come. */
int64_t shim_refuse_allocations (int64_t after, int64_t count);

/* Gives false, and stops the run, when there is no memory; then nothing was appended. */
static inline bool shim_append (Shim *s, Buffer *buffer, const void *bytes, size_t length) {
  if (buffer->length + length > buffer->capacity && !shim_grow(s, buffer, length)) return false;
  if (length) memcpy(buffer->bytes + buffer->length, bytes, length);
  buffer->length += length;
  return true;
}

/* Must be asked by everything that takes long or swallows errors. */
static inline void shim_poll (lua_State *L) {
  Shim *s = self(L);
  if (s->due_time | s->due_memory | s->reason) shim_settle(L);
}

/* Work of a C loop, in units of about an instruction. */
static inline void shim_steps (lua_State *L, int64_t steps) {
  Shim *s = self(L);
  s->steps += steps;
  if (s->limits.instructions > 0) {
    s->instructions += steps / 8;
    if (s->instructions > s->limits.instructions)
      shim_stop(L, SHIM_INSTRUCTIONS, (double)s->instructions, (double)s->limits.instructions);
  }
  shim_poll(L);
}

/* Step i of a loop whose steps are worth an instruction each. */
static inline void shim_tick (lua_State *L, lua_Integer i) {
  if ((i & 255) == 0) shim_steps(L, 256);
}

/* Whether this many bytes more are within the script's memory, garbage included. */
static inline bool shim_fits (const Shim *s, size_t bytes) {
  return s->limits.memory <= 0 || s->used + (int64_t)bytes <= s->limits.memory;
}

/* Room for a result of this many bytes, or the memory stop. */
void shim_need (lua_State *L, size_t bytes);

/* Source.c */
bool source_refused (lua_State *L, const char *source, size_t length, const char *name);
int source_load (lua_State *L, const char *source, size_t length, const char *name);
const char *source_text (const char *source, size_t *length);

/* Values.c */
void values_build (lua_State *L, Shim *s, size_t *next);
void values_emitted_done (Shim *s);
bool values_is_marked (lua_State *L, int index);
void values_open (lua_State *L);
int values_read (lua_State *L, Shim *s, int first);
void values_describe_other (lua_State *L, int index, ShimValue *value);

/* One plain value; of a table or function only what it is. */
static inline __attribute__((always_inline)) void values_describe (
  lua_State *L, int index, ShimValue *value
) {
  if (!lua_isinteger(L, index)) {
    values_describe_other(L, index, value);
    return;
  }
  value->kind = SHIM_INTEGER;
  value->integer = lua_tointegerx(L, index, NULL);
}

/* Runs.c */
void runs_keep_error (lua_State *L, Shim *s);
void runs_note_raised (lua_State *L, lua_State *from);
void runs_rename_raised (lua_State *L);
void runs_note_unloaded (lua_State *L, const char *name);

/* A message of our own in the language of the script's author. */
#define SAY(L, chinese_text, english_text) (self(L)->chinese ? (chinese_text) : (english_text))

/* Calls.c */
void calls_push (lua_State *L, const ShimFunction *function);
int calls_raise (lua_State *L, Shim *s, int status);

/* Numerals.c */
void numerals_settle (lua_State *L, int index);
void numerals_cut (lua_State *L, int index);

/* Tables.c: a table, or something that behaves like one. Gives whether it has no
   metatable, so that it can be read directly. */
enum { READS = 1, WRITES = 2, MEASURES = 4 };
bool tables_check (lua_State *L, int index, int needs);
lua_Integer tables_length (lua_State *L, bool raw, int table);

/* Sort.c: the function table.sort. */
int sort_table (lua_State *L);

/* Each puts its functions into the tables of an interpreter being opened. */
void base_open (lua_State *L);
void coroutines_open (lua_State *L);
void order_open (lua_State *L);
void addresses_open (lua_State *L);
void patterns_open (lua_State *L);
void texts_open (lua_State *L);
void numerals_open (lua_State *L);
void tables_open (lua_State *L);
void decimals_open (lua_State *L);
void rows_open (lua_State *L);

/* Push what tostring gives for the value at 'index'. */
const char *addresses_tostring (lua_State *L, int index, size_t *length);
int order_pairs (lua_State *L);

void decimals_push (lua_State *L, int64_t units, int places);
bool decimals_is (lua_State *L, int index);
void decimals_refuse_key (lua_State *L, int index);
size_t decimals_text (int64_t units, int places, char *text);

int rows_push (lua_State *L, Shim *s, size_t offset);
void rows_emitted_drop (Shim *s, size_t offset);

int savepoint_begin (lua_State *L);
void savepoint_end (lua_State *L, int begun, bool success);

#endif
