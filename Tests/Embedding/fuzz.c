/*
** Programs, bytes, mutations of known scripts, values and patterns by chance, each in an
** interpreter with small budgets. A child does the work; what it is at lies in memory
** it shares with its parent, so that a crash or a hang leaves the case behind, as a
** file that the next runs and the tests replay.
**
**   fuzz SECONDS FOUND-DIRECTORY SCRIPT…      by chance, from a seed of the clock
**   fuzz --replay SCRIPT…                     just these
*/
#define _GNU_SOURCE
#include <signal.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "host.h"

#define DEADLINE 0.05
#define GRACE 0.05  /* what a run may take beyond its deadline */
#define LARGEST (640 * 1024)
#define MEMORY (8 << 20)

typedef struct Shared {
  volatile double began; /* of the case under way, or 0 */
  volatile long cases, stops, errors, results, late;
  volatile int problem;
  char why[200];
  size_t length;
  char bytes[LARGEST];
} Shared;

static Shared *shared;

static void keep (const char *bytes, size_t length) {
  if (length > LARGEST) length = LARGEST;
  memcpy(shared->bytes, bytes, length);
  shared->length = length;
}

static void find (const char *why) {
  if (shared->problem) return;
  snprintf(shared->why, sizeof shared->why, "%s", why);
  shared->problem = 1;
}

/* {======== One case ======== */

/* The processor time of this thread: other work on the machine makes no one late. */
static double thread_time (void) {
  struct timespec now;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static double run_script (const char *source, size_t length, int *status) {
  World w;
  Text out = {0};
  ShimLimits limits = {DEADLINE, MEMORY, 10000, 0};
  text_clear(&out);
  if (!world_open(&w, &limits)) find("cannot open");
  double start = thread_time();
  *status = world_run(&w, source, length, &out);
  double taken = thread_time() - start;
  double used, limit;
  int reason = shim_exceeded(w.shim, &used, &limit);
  if ((*status == SHIM_EXCEEDED) != (reason != SHIM_WITHIN)) find("status and reason differ");
  if (shim_usage(w.shim).peak_memory > 4 * (MEMORY + (1 << 20))) find("held too much memory");
  if (reason == SHIM_WITHIN && shim_run(w.shim, "return 1", 8, "@x", 0) == SHIM_SYNTAX)
    find("unusable afterwards");
  if (reason != SHIM_WITHIN && shim_run(w.shim, "return 1", 8, "@x", 0) != SHIM_EXCEEDED)
    find("goes on after a stop");
  if (reason != SHIM_WITHIN) w.savepoints = 0;
  if (!world_close(&w)) find("something is still lent");
  free(out.bytes);
  return taken;
}

static void try_script (const char *source, size_t length) {
  int status;
  keep(source, length);
  shared->began = shim_now();
  for (int i = 0;; i++) {
    double taken = run_script(source, length, &status);
    if (taken < DEADLINE + GRACE) break;
    shared->late++;
    if (i == 2) { find("outlives its time"); break; }
  }
  shared->began = 0;
  shared->cases++;
  if (status == SHIM_EXCEEDED) shared->stops++;
  else if (status == SHIM_OK) shared->results++;
  else shared->errors++;
}

/* }======== Cases by chance {======== */

static void mutate (Random *r, const Text *from, const Text *other, Text *t) {
  text_clear(t);
  text_bytes(t, from->bytes, from->length < 20000 ? from->length : 20000);
  for (int i = 1 + below(r, 4); i > 0 && t->length > 0; i--) {
    size_t at = (size_t)below(r, (int)t->length);
    switch (below(r, 5)) {
      case 0: t->bytes[at] = (char)below(r, 256); break;
      case 1: t->bytes[at] = any_of(r, "(){}[].:,=~<>#'\"%0123456789 \n"); break;
      case 2: t->length = at; text_bytes(t, "", 0); break;
      case 3: { /* a piece of another */
        size_t start = other->length ? (size_t)below(r, (int)other->length) : 0;
        size_t size = other->length - start;
        text_bytes(t, other->bytes + start, size < 80 ? size : 80);
        break;
      }
      default: { /* a piece of itself once more */
        size_t size = t->length - at;
        Text copy = {0};
        text_bytes(&copy, t->bytes + at, size < 60 ? size : 60);
        text_bytes(t, copy.bytes, copy.length);
        free(copy.bytes);
      }
    }
  }
}

static void make_bytes (Random *r, Text *t) {
  static const char *const tokens[] = {
    "and ", "break ", "do ", "else ", "end ", "false ", "for ", "function ", "goto ", "if ", "in ",
    "local ", "nil ", "not ", "or ", "repeat ", "return ", "then ", "until ", "while ", "(", ")", "[[",
    "]]", "--[[", "--", "\"", "'", "\\", "::", "<close>", "<const>", "...", "0x", "1e", "\x1bLua", "#"
  };
  text_clear(t);
  for (int i = below(r, 60); i > 0; i--) {
    if (chance(r, 60)) text_add(t, PICK(r, tokens));
    else text_char(t, (char)below(r, 256));
  }
}

static void make_search (Random *r, Text *t) {
  static const char *const functions[] = {"find", "match", "gsub", "gmatch"};
  Text subject = {0}, pattern = {0}, more = {0};
  make_subject(r, &subject);
  make_pattern(r, &pattern);
  text_clear(t);
  text_add(t, "local s, p = (");
  text_quoted(t, subject.bytes, subject.length);
  text_format(t, "):rep(%d), (", 1 + below(r, chance(r, 30) ? 20000 : 40));
  text_quoted(t, pattern.bytes, pattern.length);
  text_format(t, "):rep(%d)", 1 + below(r, chance(r, 20) ? 300 : 3));
  make_pattern(r, &more);
  text_add(t, " .. ");
  text_quoted(t, more.bytes, more.length);
  const char *function = PICK(r, functions);
  if (strcmp(function, "gmatch") == 0) text_add(t, " for a, b in s:gmatch(p) do t = a end");
  else text_format(t, " return s:%s(p%s)", function, *function == 'g' ? ", '%1'" : "");
  free(subject.bytes);
  free(pattern.bytes);
  free(more.bytes);
}

/* {======== Round trips of values ======== */

static void emit_value (Random *r, World *w, int depth) {
  ShimValue value = {.kind = below(r, depth < 4 ? 7 : 6)};
  switch (value.kind) {
    case SHIM_BOOLEAN: value.integer = below(r, 2); break;
    case SHIM_INTEGER: value.integer = (int64_t)draw(r) >> below(r, 64); break;
    case SHIM_NUMBER: value.number = (double)(int64_t)draw(r) / 1024; break;
    case SHIM_DECIMAL: value.integer = (int64_t)draw(r); value.places = below(r, 10); break;
    case SHIM_STRING: {
      char text[80];
      int length = below(r, sizeof text);
      for (int i = 0; i < length; i++) text[i] = (char)below(r, 128);
      shim_emit_string(w->shim, text, (size_t)length);
      return;
    }
    case SHIM_TABLE: {
      value.count = below(r, 5);
      value.fields = below(r, 2);
      shim_emit(w->shim, value);
      for (int i = 0; i < value.count; i++) {
        if (chance(r, 20)) emit_value(r, w, depth + 1);
        else shim_emit(w->shim, (ShimValue){.kind = SHIM_INTEGER, .integer = i});
      }
      if (value.fields) { shim_emit_string(w->shim, "key", 3); emit_value(r, w, depth + 1); }
      return;
    }
    default: break;
  }
  shim_emit(w->shim, value);
}

/* A value through the border and back, twice, is the same text. */
static void try_values (Random *r) {
  static const char *const sources[] = {
    "return ...", "return host.echo(...)", "return host.call(function(...) return ... end, 1) and ...",
    "return coroutine.wrap(function(...) return coroutine.yield(...) end)(...)",
    "local t = {...} return table.unpack(t, 1, 1)", "return select(2, pcall(error, ...))"
  };
  World w;
  Text first = {0}, second = {0};
  ShimLimits limits = {1, 64 << 20, 0, 0};
  const char *source = PICK(r, sources);
  keep(source, strlen(source));
  shared->began = shim_now();
  text_clear(&first), text_clear(&second);
  if (!world_open(&w, &limits)) find("cannot open");
  emit_value(r, &w, 0);
  int status = shim_run(w.shim, "return ...", 10, "@first", 1);
  if (status == SHIM_OK) {
    world_show(&w, &first);
    int count = world_emit_results(&w);
    shim_done(w.shim);
    if (shim_run(w.shim, source, strlen(source), "@second", count) == SHIM_OK) world_show(&w, &second);
    else text_add(&second, "no result");
    shim_done(w.shim);
    if (strcmp(first.bytes, second.bytes) != 0) find("a value changed on its way");
  } else if (status != SHIM_UNCONVERTIBLE) { /* a list with nil in it is refused */
    find("a value did not arrive");
  }
  if (!world_close(&w)) find("something is still lent");
  free(first.bytes);
  free(second.bytes);
  shared->began = 0;
  shared->cases++;
}

/* }======== Work {======== */

static Text *scripts;
static int script_count;

static void work (Random *r, double until) {
  Text t = {0};
  while (shim_now() < until && !shared->problem) {
    int kind = below(r, 100);
    if (kind < 45) make_program(r, &t);
    else if (kind < 60 && script_count > 0)
      mutate(r, &scripts[below(r, script_count)], &scripts[below(r, script_count)], &t);
    else if (kind < 70) make_bytes(r, &t);
    else if (kind < 85) make_search(r, &t);
    else { try_values(r); continue; }
    try_script(t.bytes, t.length);
  }
  free(t.bytes);
}

typedef struct Job {
  Random random;
  double until;
  bool replay;
} Job;

static void on_thread (void *context) {
  Job *job = context;
  if (job->replay)
    for (int i = 0; i < script_count && !shared->problem; i++) try_script(scripts[i].bytes, scripts[i].length);
  else
    work(&job->random, job->until);
}

/* Gives whether the child ended as it should. */
static bool supervise (Job *job) {
  shared->began = 0;
  shared->problem = 0;
  pid_t child = fork();
  if (child < 0) abort();
  if (child == 0) {
    shim_run_thread(64 << 20, on_thread, job);
    for (int i = 0; i < script_count; i++) free(scripts[i].bytes);
    free(scripts);
    exit(0); /* the leak checker looks here */
  }
  int status;
  while (waitpid(child, &status, WNOHANG) == 0) {
    usleep(20000);
    double began = shared->began;
    if (began == 0 || shim_now() < began + 10) continue;
    find("hangs");
    kill(child, SIGKILL);
    waitpid(child, &status, 0);
    return false;
  }
  if (WIFSIGNALED(status)) find(strsignal(WTERMSIG(status)));
  else if (WEXITSTATUS(status)) find("a sanitizer's report");
  return !shared->problem;
}

static void save (const char *folder) {
  char path[512];
  uint64_t sum = 1469598103934665603u;
  for (size_t i = 0; i < shared->length; i++) sum = (sum ^ (unsigned char)shared->bytes[i]) * 1099511628211u;
  snprintf(path, sizeof path, "%s/found-%016llx.lua", folder, (unsigned long long)sum);
  FILE *file = fopen(path, "wb");
  if (file) {
    fwrite(shared->bytes, 1, shared->length, file);
    fclose(file);
  }
  printf("%s: %s\n", path, shared->why);
}

int main (int count, char **arguments) {
  bool replay = count > 1 && strcmp(arguments[1], "--replay") == 0;
  if (count < 3) return fprintf(stderr, "fuzz SECONDS FOUND SCRIPT… | fuzz --replay SCRIPT…\n"), 64;
  int first = replay ? 2 : 3, findings = 0;
  scripts = calloc((size_t)count, sizeof *scripts);
  for (int i = first; i < count; i++)
    if (read_file(arguments[i], &scripts[script_count])) script_count++;
  shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  const char *wanted = getenv("SEED");
  uint64_t seed = wanted && *wanted ? strtoull(wanted, NULL, 10) : (uint64_t)(shim_now() * 1e6) ^ (uint64_t)getpid();
  double start = shim_now(), end = replay ? start : start + atof(arguments[1]);
  Job job = {{seed}, end, replay};
  do {
    if (!supervise(&job)) {
      findings++;
      if (replay) printf("%s: %.*s\n", shared->why, (int)(shared->length < 300 ? shared->length : 300), shared->bytes);
      else save(arguments[2]);
    }
    job.random.state = draw(&job.random);
  } while (!replay && shim_now() < end && findings < 20);
  printf("fuzz: seed %llu, %ld cases: %ld results, %ld errors, %ld stops, %d findings, %.1f s\n",
         (unsigned long long)seed, shared->cases, shared->results, shared->errors, shared->stops,
         findings, shim_now() - start);
  return findings ? 1 : 0;
}
