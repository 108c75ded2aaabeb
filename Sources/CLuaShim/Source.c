/*
** Source texts are compiled in pieces, with a look at the budgets between them: a
** name costs the compiler a search through every function around it. What it does
** within one piece takes time by the square of the jumps in one list: 512 KiB of
** 'goto a' hold it for seconds, so these words are counted before.
*/
#include <ctype.h>

#include "Internal.h"

/* Words that begin a jump; so many take at most some 40 ms. */
#define MAX_JUMPS 5000

static bool jumps (const char *word, size_t length) {
  static const char *const words[] = {"and", "or", "elseif", "break", "goto"};
  for (size_t i = 0; i < sizeof words / sizeof *words; i++)
    if (strlen(words[i]) == length && memcmp(words[i], word, length) == 0) return true;
  return false;
}

/* How many words jump; they count in comments and strings too. */
static int count_jumps (const char *source, size_t length) {
  int count = 0;
  for (size_t i = 0; i < length; i++) {
    size_t start = i;
    while (i < length && (isalnum((unsigned char)source[i]) || source[i] == '_')) i++;
    if (i - start >= 2 && i - start <= 6 && jumps(source + start, i - start)) count++;
  }
  return count;
}

/* Whether the source is too long or has too many words that jump; then pushes why. */
bool source_refused (lua_State *L, const char *source, size_t length, const char *name) {
  if (*name == '@' || *name == '=') name++;
  if (length > MAX_SOURCE)
    lua_pushfstring(L, "%s: source is longer than %d KiB", name, MAX_SOURCE / 1024);
  else if (length > MAX_JUMPS * 3 && count_jumps(source, length) > MAX_JUMPS)
    lua_pushfstring(L, "%s: more than %d times 'and', 'or', 'elseif', 'break', 'goto'", name,
                    MAX_JUMPS);
  else
    return false;
  return true;
}

/* So few bytes that compiling them takes no more than some milliseconds. */
#define PIECE 64

typedef struct Pieces {
  const char *next;
  size_t left;
} Pieces;

static const char *next_piece (lua_State *L, void *context, size_t *size) {
  Pieces *pieces = context;
  const char *piece = pieces->next;
  shim_poll(L);
  *size = pieces->left < PIECE ? pieces->left : PIECE;
  pieces->next += *size;
  pieces->left -= *size;
  return piece;
}

/* As luaL_loadbufferx of a text, but a stop ends it too: then the stop's value is on
   the top, and whoever called asks for stops. */
int source_load (lua_State *L, const char *source, size_t length, const char *name) {
  Pieces pieces = {source, length};
  return lua_load(L, next_piece, &pieces, name, "t");
}

/*
** The source without the mark that some editors put at the head of a file, which is
** no part of the text (RFC 3629, section 6); 'lua' skips it too (lauxlib.c, skipBOM).
*/
const char *source_text (const char *source, size_t *length) {
  static const char mark[] = "\xEF\xBB\xBF";
  if (*length < 3 || memcmp(source, mark, 3) != 0) return source;
  *length -= 3;
  return source + 3;
}
