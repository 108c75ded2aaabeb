#ifndef HOST_H
#define HOST_H

#include "Internal.h"
#include "support.h"

/*
** A host in C with one function of each kind, which counts what it lends to Lua.
** Its functions are the fields of the global 'host'.
*/
enum {
  ECHO, ECHO_TEXT, FAIL, FATAL, CALL, ROWS, LIST, FIRST, OBJECT, MANY, HOST_FUNCTIONS
};

typedef struct World World;

typedef struct Body {
  World *world;
  int kind;
} Body;

struct World {
  Shim *shim;
  long objects;  /* lent and not released */
  long rows;     /* sources not finalized */
  long closings; /* cursors opened less closed */
  long savepoints;
  int type;
  Text printed;
  Body bodies[HOST_FUNCTIONS];
  ShimFunction functions[HOST_FUNCTIONS];
};

/* Open with all its functions, a module, a type and a global. Gives false when memory
   was refused; then 'shim' may still be there. */
bool world_open (World *w, const ShimLimits *limits);

/* Close and give back everything. Gives false when something is still lent. */
bool world_close (World *w);

/* Run; append the results or what went wrong to 'out'. Gives the status. */
int world_run (World *w, const char *source, size_t length, Text *out);

/* The results that the shim holds, as text. */
void world_show (World *w, Text *out);

/* Emit what the shim read last. Gives how many values. */
int world_emit_results (World *w);

#endif
