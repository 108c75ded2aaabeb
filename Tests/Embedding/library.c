/*
** Calls of library functions by chance, as source texts. Left out: what differs on
** purpose, as Documentation/Safety.md lists it.
*/
#include "support.h"

static void add_text_literal (Random *r, Text *t) {
  static const char *const texts[] = {
    "''", "'a'", "'ab'", "'abc'", "'0'", "'10'", "'0x1p4'", "' 7 '", "'-3'", "'1e2'", "'x y'",
    "'\\0'", "'a\\0b'", "'\\xff'", "'公约'", "'é'", "'\\u{10FFFF}'", "'\\x80'", "'\\xed\\xa0\\x80'",
    "('ab'):rep(9)", "'%d'", "','", "'\\n'", "'nan'", "'a.b'", "'\\xf4\\x90\\x80\\x80'", "'zz'"
  };
  text_add(t, PICK(r, texts));
}

static void add_number (Random *r, Text *t) {
  static const char *const numbers[] = {
    "0", "1", "2", "3", "4", "5", "-1", "-2", "-3", "7", "10", "255", "256", "1.0", "2.0", "1.5",
    "-0.0", "0.1", "1e15", "2^53", "2^63", "1e308", "-1e308", "1/0", "-1/0", "math.maxinteger",
    "math.mininteger", "1 << 31", "1 << 32", "-5", "100", "0x7fffffff", "3.14159"
  };
  text_add(t, PICK(r, numbers));
}

static void add_small (Random *r, Text *t) {
  text_format(t, "%d", below(r, 11) - 3);
}

static void add_list (Random *r, Text *t);

static void add_value (Random *r, Text *t) {
  int kind = below(r, 100);
  if (kind < 35) add_number(r, t);
  else if (kind < 65) add_text_literal(r, t);
  else if (kind < 72) text_add(t, "nil");
  else if (kind < 78) text_add(t, chance(r, 50) ? "true" : "false");
  else if (kind < 88) add_list(r, t);
  else if (kind < 92) text_add(t, "print");
  else if (kind < 96) text_add(t, "setmetatable({}, {__tostring = function() return 'T' end})");
  else text_add(t, "setmetatable({}, {__name = 'N'})");
}

/* A position or a count. */
static void add_place (Random *r, Text *t) {
  int kind = below(r, 100);
  if (kind < 70) add_small(r, t);
  else if (kind < 90) add_number(r, t);
  else add_value(r, t);
}

static void add_items (Random *r, Text *t, int how) {
  for (int i = below(r, 8); i > 0; i--) {
    if (how == 0) text_format(t, "%d", below(r, 20) - 5);
    else if (how == 1) add_text_literal(r, t);
    else if (chance(r, 8)) text_add(t, "nil");
    else if (chance(r, 50)) text_format(t, "%d", below(r, 9));
    else if (chance(r, 70)) add_text_literal(r, t);
    else text_add(t, "true");
    text_add(t, ", ");
  }
}

static void add_list (Random *r, Text *t) {
  text_char(t, '{');
  add_items(r, t, below(r, 4));
  text_char(t, '}');
}

/* A list, or something with metamethods that behaves like one, or neither. */
static void add_listlike (Random *r, Text *t) {
  int kind = below(r, 100);
  if (kind < 75) {
    add_list(r, t);
  } else if (kind < 83) {
    text_add(t, "setmetatable(");
    add_list(r, t);
    text_format(t, ", {__len = function() return %d end})", below(r, 9) - 1);
  } else if (kind < 91) {
    text_add(t, "setmetatable({}, {__index = function(_, k) return k end, __len = function() return ");
    text_add(t, chance(r, 80) ? "4 end})" : chance(r, 50) ? "'x' end})" : "2.5 end})");
  } else if (kind < 95) {
    text_add(t, "setmetatable(");
    add_list(r, t);
    text_add(t, ", {__newindex = function(t, k, v) rawset(t, k, tostring(v)) end})");
  } else {
    add_value(r, t);
  }
}

static void add_arguments (Random *r, Text *t, int most) {
  for (int i = below(r, most + 1), first = 1; i > 0; i--, first = 0) {
    if (!first) text_add(t, ", ");
    if (chance(r, 60)) add_place(r, t);
    else add_value(r, t);
  }
}

static void add_format (Random *r, Text *t) {
  int wanted = 0;
  text_add(t, "return string.format('");
  for (int i = below(r, 4); i >= 0; i--) {
    if (chance(r, 30)) { text_add(t, chance(r, 50) ? "%%" : "a "); continue; }
    text_char(t, '%');
    while (chance(r, 25)) text_char(t, any_of(r, "-+ #0"));
    if (chance(r, 25)) text_format(t, "%d", below(r, chance(r, 10) ? 1000 : 30));
    if (chance(r, 20)) text_format(t, ".%d", below(r, chance(r, 10) ? 1000 : 30));
    text_char(t, any_of(r, "dddsssigGeEfaAxXocquyz"));
    wanted++;
  }
  if (chance(r, 2)) text_char(t, '%');
  text_char(t, '\'');
  if (chance(r, 8)) wanted--;
  for (; wanted > 0; wanted--) {
    text_add(t, ", ");
    if (chance(r, 45)) add_number(r, t);
    else if (chance(r, 70)) add_text_literal(r, t);
    else if (chance(r, 50)) text_add(t, "setmetatable({}, {__tostring = function() return 'T' end})");
    else text_add(t, chance(r, 50) ? "nil" : "true"); /* no address, which a width would shift */
  }
  text_char(t, ')');
}

static void add_sort (Random *r, Text *t) {
  static const char *const orders[] = {
    "", "", ", function(a, b) return a > b end", ", function(a, b) return true end",
    ", function(a, b) return tostring(a) < tostring(b) end", ", 5", ", nil",
    ", function(a, b) error('no') end", ", function(a, b) return a % 3 < b % 3 end"
  };
  static const char *const floats[] = {
    "0.0", "-0.0", "1.0", "-1.5", "1e308", "-1e308", "5e-324", "-5e-324", "1/0", "-1/0", "0.1"
  };
  static const char *const integers[] = {
    "0", "1", "-1", "7", "math.maxinteger", "math.mininteger", "1 << 53", "-(1 << 53) - 1"
  };
  text_add(t, "local t = ");
  int kind = below(r, 14);
  if (kind >= 10) { /* of one kind, as a rule: those go another way */
    text_char(t, '{');
    for (int many = below(r, 40); many > 0; many--) {
      if (chance(r, 1)) text_add(t, "0/0");
      else if (chance(r, 1)) text_add(t, PICK(r, integers));
      else if (kind < 12) text_add(t, PICK(r, floats));
      else text_add(t, PICK(r, integers));
      text_add(t, ", ");
    }
    text_char(t, '}');
  } else if (kind < 7) {
    int how = below(r, 2), many = chance(r, 10) ? below(r, 99) : 0;
    text_char(t, '{');
    add_items(r, t, how);
    for (; many > 0; many--) text_format(t, "%d, ", below(r, 50));
    text_char(t, '}');
  } else {
    add_listlike(r, t);
  }
  text_format(t, " table.sort(t%s) return t", PICK(r, orders));
}

static void add_table_call (Random *r, Text *t) {
  switch (below(r, 6)) {
    case 0:
      text_add(t, "return table.concat(");
      add_listlike(r, t);
      if (chance(r, 70)) { text_add(t, ", "); add_text_literal(r, t); }
      else if (chance(r, 30)) { text_add(t, ", "); add_value(r, t); }
      else { text_char(t, ')'); break; }
      for (int i = below(r, 3); i > 0; i--) {
        text_add(t, ", ");
        if (chance(r, 85)) add_small(r, t);
        else text_add(t, chance(r, 50) ? "nil" : "math.maxinteger - 1, math.maxinteger");
      }
      text_char(t, ')');
      break;
    case 1:
      text_add(t, "local t = ");
      add_listlike(r, t);
      text_add(t, " return table.insert(t");
      if (chance(r, 60)) { text_add(t, ", "); add_place(r, t); }
      if (chance(r, 90)) { text_add(t, ", "); add_value(r, t); }
      text_add(t, "), t");
      break;
    case 2:
      text_add(t, "local t = ");
      add_listlike(r, t);
      text_add(t, " return table.remove(t");
      if (chance(r, 60)) { text_add(t, ", "); add_small(r, t); }
      else if (chance(r, 20)) { text_add(t, ", "); add_value(r, t); }
      text_add(t, "), t");
      break;
    case 3:
      text_add(t, "local t, u = ");
      add_listlike(r, t);
      text_add(t, ", {9, 8} return table.move(t, ");
      add_small(r, t);
      text_add(t, ", ");
      if (chance(r, 95)) add_small(r, t);
      else text_add(t, "'x'");
      text_add(t, ", ");
      if (chance(r, 90)) add_small(r, t);
      else text_add(t, "math.maxinteger");
      text_add(t, chance(r, 60) ? "), t" : "), t, table.move(t, 1, 2, 1, u)");
      break;
    case 4:
      text_add(t, "return table.unpack(");
      add_listlike(r, t);
      if (chance(r, 60)) { text_add(t, ", "); add_small(r, t); }
      else if (chance(r, 10)) text_add(t, ", 1, 1e8");
      else if (chance(r, 10)) text_add(t, ", math.mininteger, math.maxinteger");
      text_char(t, ')');
      break;
    default: add_sort(r, t); break;
  }
}

static void add_string_call (Random *r, Text *t) {
  static const char *const names[] = {
    "byte", "sub", "upper", "lower", "reverse", "len", "rep", "char", "unpack", "packsize", "find",
    "match"
  };
  static const char *const formats[] = {
    "'i4'", "'<i8'", "'>I2'", "'z'", "'s1'", "'s'", "'c3'", "'b'", "'d'", "'!8 i1 i8'", "'i17'",
    "'x'", "'Xi4'", "'j n'", "'c'", "'?'", "'f'", "'i16'"
  };
  if (chance(r, 20)) {
    text_format(t, "return string.%s(%s", chance(r, 50) ? "pack" : "unpack", PICK(r, formats));
    for (int i = below(r, 4); i > 0; i--) { text_add(t, ", "); add_value(r, t); }
    text_char(t, ')');
    return;
  }
  const char *name = PICK(r, names);
  text_format(t, "return string.%s(", name);
  if (strcmp(name, "rep") == 0) {
    if (chance(r, 5)) { /* stock would really do it with an empty text */
      text_add(t, "'ab', 1 << 60)");
      return;
    }
    if (chance(r, 95)) add_text_literal(r, t);
    else add_value(r, t);
    text_add(t, ", ");
    add_small(r, t);
    if (chance(r, 40)) { text_add(t, ", "); add_text_literal(r, t); }
  } else if (strcmp(name, "char") == 0 || strcmp(name, "packsize") == 0) {
    if (*name == 'p') text_add(t, PICK(r, formats));
    else add_arguments(r, t, 3);
  } else {
    if (chance(r, 95)) add_text_literal(r, t);
    else add_value(r, t);
    for (int i = below(r, 3); i > 0; i--) { text_add(t, ", "); add_place(r, t); }
  }
  text_char(t, ')');
}

static void add_utf8_call (Random *r, Text *t) {
  static const char *const names[] = {"len", "offset", "codepoint", "char", "codes"};
  const char *name = PICK(r, names);
  if (strcmp(name, "codes") == 0) {
    text_add(t, "local t = {} for p, c in utf8.codes(");
    add_text_literal(r, t);
    text_add(t, chance(r, 50) ? ", true" : "");
    text_add(t, ") do t[#t + 1] = p .. ':' .. c end return t, utf8.charpattern");
    return;
  }
  text_format(t, "return utf8.%s(", name);
  if (strcmp(name, "char") != 0) {
    for (int i = 1 + below(r, 3); i > 0; i--) {
      add_text_literal(r, t);
      if (i > 1) text_add(t, " .. ");
    }
    if (chance(r, 80)) { text_add(t, ", "); add_place(r, t); }
    if (chance(r, 50)) { text_add(t, ", "); add_place(r, t); }
    if (chance(r, 30)) text_add(t, ", true");
  } else {
    add_arguments(r, t, 3);
  }
  text_char(t, ')');
}

static void add_load_call (Random *r, Text *t) {
  static const char *const cases[] = {
    "return load('return 1 + 1')()", "return load('return x', 'n', 't', {x = 7})()",
    "return load('x =')", "return load('x =', '=name')", "return load('x =', '@file.lua')",
    "return load('return ...', nil, nil)(1, 2)", "return load('error(\"e\")', '=c')()",
    "local n = 0 return load(function() n = n + 1 return ({'return ', '9', nil})[n] end)()",
    "local n = 0 return load(function() n = n + 1 return ({'return ', '', '9'})[n] end)",
    "local n = 0 return load(function() n = n + 1 return ({'return ', 5, nil})[n] end)()", "return load(function() error 'reader' end)",
    "return load(function() error({1}) end)", "return load()", "return load(5)", "return load({})",
    "return load('return 1', 'n', 'b')", "return load('return 1', 'n', 'bt')()",
    "return load('\\27Lua', 'n', 't')", "return load('')", "return load('return 1', {})",
    "return load(function() return nil end)", "return load('goto x')", "return load('break')",
    "return load('local a <const> = 1; a = 2')", "return load('::a:: ::a::')",
    "return load('for i = 1 do end')", "return load('return \"\\\\q\"')", "return load('\"abc')",
    "return load('--[[')", "return load('return 0x')", "return load('x = }', ('long'):rep(40))",
    "return load('x = }', '=' .. ('long'):rep(40))", "return load('x = }', 'a\\nb')",
    "return pcall(load, 'x', nil, 1)", "return load('return _ENV', 'x', 't', false)()",
    "return load('return x', 'n', 't', nil)"
  };
  text_add(t, PICK(r, cases));
}

static void add_control_call (Random *r, Text *t) {
  static const char *const cases[] = {
    "return pcall(error)", "return pcall(error, nil)", "return pcall(error, {1, 2})",
    "return pcall(error, 'x', 0)", "return pcall(error, 'x', 2)", "return pcall(error, 5)",
    "return pcall()", "return xpcall()", "return xpcall(error)", "return xpcall(error, 5)",
    "return xpcall(error, function(e) return e, 2 end, 'm')",
    "return xpcall(function(...) return select('#', ...), ... end, print, 1, nil, 3, nil)",
    "return xpcall(error, function(e) error(e) end, 'x')",
    "return pcall(pcall, error, 'x')", "return pcall(function() local x = nil; x.y = 1 end)",
    "return pcall(function() return 1 + {} end)", "return pcall(function() return #5 end)",
    "return pcall(function() return {} < {} end)", "return pcall(function() return 1 < 'x' end)",
    "return pcall(function() local t <close> = setmetatable({}, {__close = function() error 'c' end}) end)",
    "return pcall(function() local t <close> = 5 end)",
    "return coroutine.wrap(function(...) return coroutine.yield(...) end)(1, 2)",
    "local f = coroutine.wrap(function() error 'in' end) return f()",
    "local f = coroutine.wrap(function() error({7}) end) return f()",
    "local f = coroutine.wrap(function() end) f() return f()",
    "return coroutine.resume(coroutine.create(error), 'x')",
    "local c = coroutine.create(function() end) coroutine.resume(c) return coroutine.resume(c)",
    "return coroutine.resume(5)", "return coroutine.create(5)", "return coroutine.wrap()",
    "local c c = coroutine.create(function() return coroutine.resume(c) end) return coroutine.resume(c)",
    "local c c = coroutine.wrap(function() return pcall(c) end) return c()",
    "local c = coroutine.create(function() coroutine.yield() end) coroutine.resume(c) return coroutine.close(c), coroutine.status(c)",
    "local c = coroutine.create(function() local x <close> = setmetatable({}, {__close = function() error 'cl' end}) coroutine.yield() end) coroutine.resume(c) return coroutine.close(c)",
    "return pcall(coroutine.close, coroutine.running())", "return coroutine.isyieldable()",
    "return coroutine.wrap(function() return pcall(coroutine.yield, 3) end)()",
    "local f = coroutine.wrap(function() return pcall(function() coroutine.yield(1) error 'after' end) end) f() return f()",
    "local f = coroutine.wrap(function() return xpcall(function() coroutine.yield(1) return 2, 3 end, print) end) f() return f()",
    "local f = coroutine.wrap(function() for k in pairs(setmetatable({}, {__pairs = function() coroutine.yield(4) return next, {5} end})) do return k end end) return f(), f()",
    "return coroutine.status(coroutine.create(print))", "return coroutine.yield()",
    "return next({})", "return next({5})", "return next({}, 1)", "return next()", "return pairs()",
    "return ipairs()", "local t = {} for k, v in pairs({1, 2, x = 3}) do t[k] = v end return t",
    "local t = {1, 2, 3} for k in pairs(t) do t[k] = nil end return t", "return rawequal(1)",
    "return select('#')", "return select('#', nil, nil)", "return select(0, 1)",
    "return select(-1, 1, 2)", "return select(-3, 1, 2)", "return select(2, 'a', 'b', 'c')",
    "return select('x', 1)", "return select(math.mininteger, 1)", "return select(math.maxinteger)",
    "return setmetatable(1, {})", "return setmetatable({})", "return setmetatable({}, 5)",
    "return setmetatable(setmetatable({}, {__metatable = 1}), {})",
    "return getmetatable(setmetatable({}, {__metatable = 'm'}))", "return tostring()",
    "return tostring(setmetatable({}, {__tostring = function() return 5 end}))",
    "return tostring(setmetatable({}, {__name = 'My'})):sub(1, 6)", "return tostring(print):sub(1, 9)",
    "return tostring(-0.0), tostring(1e100), tostring(2^63), tostring(1/0)", "return assert()",
    "return assert(false, 'm')", "return assert(nil)", "return assert(1, 2, 3)",
    "return ('x'):bad()", "return ('abc'):find('b', 1, true)", "return (''):rep(5)"
  };
  text_add(t, PICK(r, cases));
}

void make_library_call (Random *r, Text *t) {
  text_clear(t);
  int kind = below(r, 100);
  if (kind < 18) add_format(r, t);
  else if (kind < 55) add_table_call(r, t);
  else if (kind < 73) add_string_call(r, t);
  else if (kind < 86) add_utf8_call(r, t);
  else if (kind < 90) add_load_call(r, t);
  else if (kind < 95) add_control_call(r, t);
  else {
    static const char *const names[] = {
      "tostring", "select", "tonumber", "type", "rawlen", "rawequal", "rawget", "math.tointeger",
      "math.type", "ipairs", "table.pack", "pcall", "error", "assert", "math.floor", "math.fmod"
    };
    text_format(t, "return %s(", PICK(r, names));
    add_arguments(r, t, 4);
    text_char(t, ')');
  }
}
