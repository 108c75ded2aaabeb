/*
** Programs by chance: valid Lua most of the time, made of what is dangerous.
*/
#include "support.h"

typedef struct Maker {
  Random *r;
  Text *t;
  int depth, size, variables;
} Maker;

static void expression (Maker *m);
static void block (Maker *m);

static void name (Maker *m) {
  static const char *const globals[] = {"_G", "_ENV", "string", "table", "t", "f", "x", "host"};
  if (m->variables > 0 && chance(m->r, 80)) text_format(m->t, "v%d", below(m->r, m->variables));
  else text_add(m->t, PICK(m->r, globals));
}

static void constant (Maker *m) {
  static const char *const constants[] = {
    "nil", "true", "false", "0", "1", "-1", "2", "3", "10", "1000", "1 << 31", "math.maxinteger",
    "math.mininteger", "0.5", "1/0", "0/0", "-0.0", "1e308", "''", "'a'", "'abc'", "'%d'", "'\\0'",
    "'\\xff'", "'公'", "'__index'", "'x.y'", "('ab'):rep(500)", "'.-.-b'", "'%w+'", "'()%1'",
    "'[^%s]*'", "'k'", "'return 1'", "'>i4'", "'s8'", "{}", "{1, 2, 3}", "{x = 1, 2}", "print"
  };
  text_add(m->t, PICK(m->r, constants));
}

static const char *const functions[] = {
  "pcall", "xpcall", "error", "select", "tostring", "tonumber", "type", "next", "pairs", "ipairs",
  "rawget", "rawset", "rawlen", "rawequal", "setmetatable", "getmetatable", "load", "require",
  "print", "assert", "collectgarbage", "string.find", "string.match", "string.gsub", "string.gmatch",
  "string.rep", "string.format", "string.byte", "string.char", "string.sub", "string.upper",
  "string.reverse", "string.pack", "string.unpack", "string.packsize", "string.len", "table.concat",
  "table.insert", "table.remove", "table.move", "table.sort", "table.unpack", "table.pack",
  "utf8.char", "utf8.len", "utf8.offset", "utf8.codepoint", "utf8.codes", "coroutine.create",
  "coroutine.resume", "coroutine.wrap", "coroutine.yield", "coroutine.close", "coroutine.status",
  "coroutine.running", "coroutine.isyieldable", "math.floor", "math.random", "math.tointeger",
  "math.fmod", "host.echo", "host.text", "host.fail", "host.call", "host.rows", "host.list",
  "host.first", "host.object", "host.many"
};

/* Calls that get far enough to do harm. */
static void ready_call (Maker *m) {
  static const char *const calls[] = {
    "table.move(t, 1, %d, 2)", "table.concat(t, ',', 1, %d)", "table.unpack({}, 1, %d)",
    "table.insert(t, %d)", "table.remove(t)", "table.sort(t)", "string.rep('ab', %d, ',')",
    "select(-1, 1, %d)", "string.format('%%5d', %d)", "('x'):rep(%d):gsub('x', '%%0%%0')",
    "coroutine.wrap(function(...) return coroutine.yield(...) end)(%d)", "host.call(f, %d)",
    "host.call(function(...) return host.list() end, %d)", "host.echo({%d, {x = 'y'}})",
    "load('return ' .. %d)()", "tostring(host.many())", "host.object():method(%d)",
    "string.pack('>i4', %d)", "utf8.char(%d)", "select(2, pcall(host.fail, %d))",
    "setmetatable(t, {__index = function(_, k) return k end, __len = function() return %d end})",
    "coroutine.close(coroutine.create(f), %d)", "xpcall(error, function(e) return e end, %d)"
  };
  static const int numbers[] = {0, 1, 2, 3, 5, 9, 50, 300, 70000, 2000000, -1, 2147483647};
  char words[200];
  snprintf(words, sizeof words, PICK(m->r, calls), PICK(m->r, numbers));
  text_add(m->t, words);
}

static void arguments (Maker *m) {
  text_char(m->t, '(');
  for (int i = below(m->r, 5); i > 0; i--) {
    expression(m);
    if (i > 1) text_add(m->t, ", ");
  }
  text_char(m->t, ')');
}

static void function_body (Maker *m) {
  int variables = m->variables, count = below(m->r, 3);
  text_char(m->t, '(');
  for (int i = 0; i < count; i++) text_format(m->t, "%sv%d", i ? ", " : "", m->variables++);
  text_add(m->t, chance(m->r, 40) ? count ? ", ...) " : "...) " : ") ");
  block(m);
  if (chance(m->r, 50)) {
    text_add(m->t, "return ");
    expression(m);
  }
  text_add(m->t, " end");
  m->variables = variables;
}

static void metatable (Maker *m) {
  static const char *const events[] = {
    "__index", "__newindex", "__call", "__eq", "__lt", "__le", "__len", "__concat", "__add", "__unm",
    "__close", "__tostring", "__name", "__pairs", "__metatable", "__gc", "__mode", "__idiv", "__band"
  };
  text_add(m->t, "setmetatable({}, {");
  for (int i = 1 + below(m->r, 3); i > 0; i--) {
    text_format(m->t, "%s = ", PICK(m->r, events));
    if (chance(m->r, 60)) { text_add(m->t, "function"); function_body(m); }
    else expression(m);
    text_add(m->t, ", ");
  }
  text_add(m->t, "})");
}

static void expression (Maker *m) {
  static const char *const operators[] = {
    " + ", " - ", " * ", " / ", " // ", " % ", " ^ ", " .. ", " == ", " ~= ", " < ", " <= ", " and ",
    " or ", " & ", " | ", " ~ ", " << ", " >> "
  };
  if (m->depth > 6 || m->size-- < 0) { constant(m); return; }
  m->depth++;
  int kind = below(m->r, 100);
  if (kind < 22) constant(m);
  else if (kind < 42) name(m);
  else if (kind < 52) ready_call(m);
  else if (kind < 65) { text_add(m->t, PICK(m->r, functions)); arguments(m); }
  else if (kind < 72) { text_add(m->t, "(function"); function_body(m); text_char(m->t, ')'); if (chance(m->r, 40)) arguments(m); }
  else if (kind < 78) { text_char(m->t, '('); expression(m); text_add(m->t, PICK(m->r, operators)); expression(m); text_char(m->t, ')'); }
  else if (kind < 82) { text_add(m->t, chance(m->r, 50) ? "#" : chance(m->r, 50) ? "- " : "not "); name(m); }
  else if (kind < 87) { name(m); text_char(m->t, '['); expression(m); text_char(m->t, ']'); }
  else if (kind < 94) metatable(m);
  else if (kind < 97) text_add(m->t, PICK(m->r, functions));
  else { text_char(m->t, '{'); expression(m); text_add(m->t, ", x = "); expression(m); text_add(m->t, ", [2.5] = 1}"); }
  m->depth--;
}

static void call (Maker *m) {
  text_add(m->t, "pcall(function() return ");
  expression(m);
  text_add(m->t, " end)");
}

static void statement (Maker *m) {
  int variables = m->variables, kind = below(m->r, 100);
  if (kind < 25) {
    text_format(m->t, "local v%d%s = ", m->variables, chance(m->r, 10) ? " <close>" : "");
    expression(m);
    m->variables++;
    text_char(m->t, '\n');
    return;
  }
  if (kind < 45) { name(m); if (chance(m->r, 50)) { text_char(m->t, '['); expression(m); text_char(m->t, ']'); } text_add(m->t, " = "); expression(m); }
  else if (kind < 60) { text_add(m->t, PICK(m->r, functions)); arguments(m); }
  else if (kind < 70) call(m);
  else if (kind < 76) { text_add(m->t, "while "); expression(m); text_add(m->t, " do "); block(m); if (chance(m->r, 70)) text_add(m->t, " break "); text_add(m->t, " end"); }
  else if (kind < 82) { text_format(m->t, "for v%d = 1, ", m->variables++); expression(m); text_add(m->t, " do "); block(m); text_add(m->t, " end"); }
  else if (kind < 88) { text_format(m->t, "for v%d, v%d in ", m->variables, m->variables + 1); m->variables += 2; text_add(m->t, chance(m->r, 40) ? "pairs(" : chance(m->r, 40) ? "(" : "host.rows("); expression(m); text_add(m->t, ") do "); block(m); text_add(m->t, " end"); }
  else if (kind < 93) { text_add(m->t, "if "); expression(m); text_add(m->t, " then "); block(m); text_add(m->t, " else "); block(m); text_add(m->t, " end"); }
  else if (kind < 96) { text_add(m->t, "repeat "); block(m); text_add(m->t, " until "); expression(m); }
  else if (kind < 98) { text_add(m->t, "goto l"); text_format(m->t, "%d", below(m->r, 3)); }
  else { text_format(m->t, "::l%d::", below(m->r, 1000)); }
  text_char(m->t, '\n');
  m->variables = variables;
}

static void block (Maker *m) {
  int variables = m->variables;
  if (m->depth < 6) {
    m->depth++;
    for (int i = 1 + below(m->r, 3); i > 0 && m->size > 0; i--) statement(m);
    m->depth--;
  }
  m->variables = variables;
}

void make_program (Random *r, Text *t) {
  Maker m = {r, t, 0, 20 + below(r, 100), 0};
  text_clear(t);
  text_add(t, "local t, f, x = {}, function(...) return ... end, 'x'\n");
  for (int i = 2 + below(r, 12); i > 0; i--) {
    bool caught = chance(r, 80);
    if (caught) text_add(t, "pcall(function() "); /* so that the next ones run too */
    statement(&m);
    if (caught) text_add(t, " end)\n");
  }
  if (chance(r, 70)) {
    text_add(t, "return ");
    expression(&m);
  }
}
