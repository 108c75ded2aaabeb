#include "host.h"

/* {======== Rows ======== */

typedef struct Table {
  World *world;
  int at;
} Table;

static int step (void *context) { return ++((Table *)context)->at < 4; }

static int type (void *context, int column) {
  return column == 0 ? 1 : ((Table *)context)->at == 2 ? 5 : column == 1 ? 3 : 2;
}

static int64_t integer (void *context, int column) {
  (void)column;
  return ((Table *)context)->at * 100;
}

static double real (void *context, int column) {
  (void)column;
  return ((Table *)context)->at / 2.0;
}

static const char *text (void *context, int column, size_t *length) {
  static const char *const words[] = {"", "lamp", "", "a text that is longer than the forty bytes of short ones"};
  (void)column;
  const char *word = words[((Table *)context)->at & 3];
  *length = strlen(word);
  return word;
}

static void finalize (void *context) {
  ((Table *)context)->world->rows--;
  free(context);
}

static int emit_rows (World *w, int mode) {
  static const RowColumn columns[] = {
    {"id", ROW_DECIMAL, 2, -1}, {"name", ROW_PLAIN, 0, -1},
    {"a_name_that_is_longer_than_forty_bytes_in_all", ROW_PLAIN, 0, 1}
  };
  Table *table = realloc(NULL, sizeof *table);
  if (table == NULL) abort();
  *table = (Table){w, 0};
  RowSource source = {table, step, type, integer, real, text, finalize, NULL};
  w->rows++;
  w->closings++;
  shim_emit_rows(w->shim, &source, columns, 3, 7, mode, mode == 2 ? 1 : -1);
  return 1;
}

static void rows_closed (void *host, int64_t cursor) {
  (void)cursor;
  ((World *)host)->closings--;
}

static int unknown_field (void *host, int64_t cursor, const char *name, size_t length) {
  (void)cursor; (void)name; (void)length;
  shim_emit_string(((World *)host)->shim, "unknown", 7);
  return 1;
}

/* }======== Values {======== */

static int emit_node (World *w, const ShimValue *nodes, int at) {
  ShimValue node = nodes[at++];
  if (node.kind == SHIM_STRING) {
    shim_emit_string(w->shim, node.bytes, node.length);
    return at;
  }
  if (node.kind == SHIM_OBJECT) w->objects++;
  shim_emit(w->shim, node);
  if (node.kind == SHIM_TABLE)
    for (int64_t i = node.count + 2 * node.fields; i > 0; i--) at = emit_node(w, nodes, at);
  return at;
}

int world_emit_results (World *w) {
  size_t count;
  int values = 0;
  const ShimValue *nodes = shim_results(w->shim, &count);
  for (int at = 0; at < (int)count; values++) at = emit_node(w, nodes, at);
  return values;
}

static int show_node (const ShimValue *nodes, int at, Text *out) {
  const ShimValue *node = &nodes[at++];
  switch (node->kind) {
    case SHIM_BOOLEAN: text_add(out, node->integer ? "true" : "false"); break;
    case SHIM_INTEGER: text_format(out, "%lld", (long long)node->integer); break;
    case SHIM_NUMBER: text_format(out, "%.17g", node->number); break;
    case SHIM_STRING: text_quoted(out, node->bytes, node->length); break;
    case SHIM_DECIMAL:
      text_format(out, "%lld/%lld", (long long)node->integer, (long long)node->places);
      break;
    case SHIM_TABLE:
      text_char(out, '{');
      for (int i = 0; i < node->count; i++) at = show_node(nodes, at, out), text_char(out, ' ');
      for (int64_t i = 0; i < 2 * node->fields; i++)
        at = show_node(nodes, at, out), text_char(out, i & 1 ? ' ' : '=');
      text_char(out, '}');
      break;
    default: text_format(out, "<%d>", node->kind); break;
  }
  return at;
}

void world_show (World *w, Text *out) {
  size_t count;
  const ShimValue *nodes = shim_results(w->shim, &count);
  for (int at = 0; at < (int)count;) {
    if (at) text_char(out, ' ');
    at = show_node(nodes, at, out);
  }
}

static ShimValue new_object (World *w) {
  w->objects++;
  return (ShimValue){.kind = SHIM_OBJECT, .count = w->type, .integer = 5};
}

/* }======== Host functions {======== */

static int raise_error (World *w, const char *words) {
  shim_forget_emitted(w->shim);
  shim_emit_string(w->shim, words, strlen(words));
  return SHIM_RAISE;
}

static int echo (World *w, ShimCall *call) {
  if (call->arguments->kind < SHIM_STRING) {
    call->result = *call->arguments;
    return SHIM_ONE;
  }
  int status = shim_read_argument(w->shim, 1);
  if (status == SHIM_UNCONVERTIBLE) return raise_error(w, "unconvertible");
  return status == SHIM_OK ? world_emit_results(w) : SHIM_STOP;
}

static int echo_text (World *w, ShimCall *call) {
  if (call->arguments->kind != SHIM_STRING) return raise_error(w, "no text");
  call->result.kind = SHIM_STRING;
  call->result.length = call->arguments->length;
  call->result.offset = shim_put_text(w->shim, call->arguments->bytes, call->arguments->length);
  return SHIM_ONE;
}

/* Call the first argument with the others, which are plain. */
static int call_back (World *w, ShimCall *call) {
  if (call->arguments[0].kind != SHIM_FUNCTION) return raise_error(w, "no function");
  if (shim_read_argument(w->shim, 1) != SHIM_OK) return SHIM_STOP;
  size_t count;
  int64_t function = shim_results(w->shim, &count)->integer;
  for (int64_t i = 1; i < call->count; i++) {
    if (call->arguments[i].kind == SHIM_STRING)
      shim_emit_string(w->shim, call->arguments[i].bytes, call->arguments[i].length);
    else
      shim_emit(w->shim, call->arguments[i].kind < SHIM_STRING ? call->arguments[i] : (ShimValue){0});
  }
  int status = shim_call(w->shim, function, (int)call->count - 1);
  if (status == SHIM_OK) {
    int values = world_emit_results(w);
    shim_done(w->shim);
    return values;
  }
  if (status == SHIM_UNCONVERTIBLE) return raise_error(w, "unconvertible");
  if (status != SHIM_RUNTIME) return SHIM_STOP;
  const char *message = shim_message(w->shim, &count);
  Text copy = {0};
  text_bytes(&copy, message, count);
  int result = raise_error(w, copy.bytes);
  free(copy.bytes);
  return result;
}

static int many (World *w, ShimCall *call) {
  shim_emit(w->shim, new_object(w));
  shim_emit(w->shim, (ShimValue){.kind = SHIM_TABLE, .count = 1, .fields = 1});
  shim_emit(w->shim, new_object(w));
  shim_emit_string(w->shim, "text", 4);
  shim_emit_string(w->shim, "field", 5);
  shim_emit(w->shim, (ShimValue){.kind = SHIM_HOST_FUNCTION, .integer = (intptr_t)&w->functions[ECHO]});
  emit_rows(w, 0);
  shim_emit(w->shim, (ShimValue){.kind = SHIM_DECIMAL, .integer = 1230, .places = 2});
  return call->count > 0 && call->arguments->kind == SHIM_BOOLEAN ? raise_error(w, "many") : 5;
}

static int call_body (ShimCall *call) {
  Body *body = call->body;
  World *w = body->world;
  switch (body->kind) {
    case ECHO: return echo(w, call);
    case ECHO_TEXT: return echo_text(w, call);
    case FAIL: return raise_error(w, "the host failed");
    case FATAL: return SHIM_STOP;
    case CALL: return call_back(w, call);
    case ROWS: return emit_rows(w, 0);
    case LIST: return emit_rows(w, 1);
    case FIRST: return emit_rows(w, 2);
    case OBJECT: shim_emit(w->shim, new_object(w)); return 1;
    default: return many(w, call);
  }
}

static void release (void *host, int64_t slot) {
  (void)slot;
  ((World *)host)->objects--;
}

static void print (void *host, const char *bytes, size_t length) {
  World *w = host;
  if (w->printed.length < 10000) text_bytes(&w->printed, bytes, length);
}

static int require (void *host, const char *name, size_t length) {
  World *w = host;
  if (length != 4 || memcmp(name, "file", 4) != 0) return 0;
  const char *source = "count = (count or 0) + 1 return {count = count}";
  shim_emit_string(w->shim, source, strlen(source));
  shim_emit_string(w->shim, "@file.lua", 9);
  return 2;
}

static int savepoint (void *host, int operation) {
  ((World *)host)->savepoints += operation == SHIM_SAVEPOINT_BEGIN ? 1 : -1;
  return 0;
}

/* }======== Opening {======== */

static void emit_functions (World *w) {
  static const char *const names[] = {
    "echo", "text", "fail", "fatal", "call", "rows", "list", "first", "object", "many"
  };
  static const int arities[] = {1, 1, 0, 0, -2, 0, 0, 0, 0, 1};
  shim_emit(w->shim, (ShimValue){.kind = SHIM_TABLE, .fields = HOST_FUNCTIONS});
  for (int i = 0; i < HOST_FUNCTIONS; i++) {
    w->bodies[i] = (Body){w, i};
    w->functions[i] = (ShimFunction){&w->bodies[i], arities[i], i == ECHO_TEXT};
    shim_emit_string(w->shim, names[i], strlen(names[i]));
    shim_emit(w->shim, (ShimValue){.kind = SHIM_HOST_FUNCTION, .integer = (intptr_t)&w->functions[i]});
  }
}

static void emit_methods (World *w, const char *name) {
  shim_emit(w->shim, (ShimValue){.kind = SHIM_TABLE, .fields = 1});
  shim_emit_string(w->shim, name, strlen(name));
  shim_emit(w->shim, (ShimValue){.kind = SHIM_HOST_FUNCTION, .integer = (intptr_t)&w->functions[FAIL]});
}

bool world_open (World *w, const ShimLimits *limits) {
  ShimHost host = {w, call_body, release, print, require, savepoint, unknown_field, rows_closed};
  memset(w, 0, sizeof *w);
  w->shim = shim_open(&host, limits, 1, 42);
  if (w->shim == NULL) return false;
  emit_functions(w);
  bool good = shim_set_global(w->shim, "host") >= 0;
  emit_functions(w);
  good = shim_set_module(w->shim, "host") >= 0 && good;
  emit_methods(w, "method");
  emit_methods(w, "__tostring");
  w->type = shim_define_type(w->shim, "thing");
  emit_methods(w, "more");
  emit_methods(w, "__div");
  return shim_define_type(w->shim, "decimal") >= 0 && w->type >= 0 && good;
}

bool world_close (World *w) {
  if (w->shim) shim_close(w->shim);
  free(w->printed.bytes);
  return w->objects == 0 && w->rows == 0 && w->closings == 0 && w->savepoints == 0;
}

int world_run (World *w, const char *source, size_t length, Text *out) {
  int status = shim_run(w->shim, source, length, "@case.lua", 0);
  if (status == SHIM_OK) {
    world_show(w, out);
    shim_done(w->shim);
  } else if (status == SHIM_SYNTAX || status == SHIM_RUNTIME) {
    size_t size;
    const char *message = shim_message(w->shim, &size);
    text_bytes(out, message, size);
  } else {
    text_add(out, status == SHIM_EXCEEDED ? "stopped" : "unconvertible");
  }
  return status;
}

/* } */
