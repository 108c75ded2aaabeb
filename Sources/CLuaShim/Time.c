/*
** Time: the deadline of a run, the thread it owns, and how it is noticed that neither helps.
*/
#define _GNU_SOURCE
#include <errno.h>
#include <link.h>
#include <pthread.h>
#include <sys/syscall.h>
#include <ucontext.h>
#include <unistd.h>

#include "Internal.h"

#ifndef sigev_notify_thread_id
#define sigev_notify_thread_id _sigev_un._tid
#endif

/* The interpreters that run on this thread, innermost first. */
static _Thread_local Shim *volatile active = NULL;

Shim *shim_running (void) {
  return active;
}

static int deadline_signal (void) {
  return SIGRTMIN + 7;
}

double shim_now (void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

/* {======== Stalls ======== */

/* So much of its own time a thread may spend inside liblua after its deadline: a hook
   comes by at every instruction, so what takes longer is one instruction that never ends. */
#define STALL 0.030

static _Thread_local struct {
  int32_t *volatile flag; /* where it is told, or NULL */
  double since;           /* time of the thread when it was first found there, or 0 */
} stall;

/* Where liblua's code lies; empty where it cannot be told from the program's own. */
static uintptr_t lua_begin, lua_end;

static bool holds (const struct dl_phdr_info *object, const ElfW(Phdr) *part, uintptr_t address) {
  uintptr_t begin = object->dlpi_addr + part->p_vaddr;
  return address >= begin && address < begin + part->p_memsz;
}

static int find_lua (struct dl_phdr_info *object, size_t size, void *unused) {
  (void)size, (void)unused;
  for (int i = 0; i < object->dlpi_phnum; i++) {
    const ElfW(Phdr) *part = &object->dlpi_phdr[i];
    if (part->p_type != PT_LOAD || !holds(object, part, (uintptr_t)&lua_newstate)) continue;
    if (holds(object, part, (uintptr_t)&find_lua)) return 1; /* linked into the program */
    lua_begin = object->dlpi_addr + part->p_vaddr;
    lua_end = lua_begin + part->p_memsz;
    return 1;
  }
  return 0;
}

/* The machine instruction that a signal interrupted; 0 where we do not know how to ask. */
static uintptr_t interrupted (const void *context) {
  const ucontext_t *at = context;
#if defined(__x86_64__)
  return (uintptr_t)at->uc_mcontext.gregs[REG_RIP];
#elif defined(__aarch64__)
  return (uintptr_t)at->uc_mcontext.pc;
#else
  (void)at;
  return 0;
#endif
}

/* At each strike after the deadline. A run that hooks, host functions or SQLite still
   reach is soon found elsewhere. */
static void notice_stall (const Shim *s, const void *context) {
  uintptr_t at = interrupted(context);
  if (s->reason != SHIM_WITHIN || at < lua_begin || at >= lua_end) {
    stall.since = 0;
    return;
  }
  struct timespec own;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &own);
  double now = (double)own.tv_sec + (double)own.tv_nsec * 1e-9;
  if (stall.since == 0) stall.since = now;
  else if (now - stall.since > STALL) __atomic_store_n(stall.flag, 1, __ATOMIC_RELAXED);
}

int32_t *shim_notice_stall (int32_t *flag) {
  int32_t *outer = stall.flag;
  stall.flag = NULL;
  stall.since = 0;
  stall.flag = flag;
  return outer;
}

int32_t shim_stalled (const int32_t *flag) {
  return __atomic_load_n(flag, __ATOMIC_RELAXED);
}

/* }======== Deadlines {======== */

/* Runs on the thread of the run, between any two machine instructions: looks at
   the clock, sets a flag and a hook, interrupts the statement under way. */
static void strike (int number, siginfo_t *info, void *context) {
  (void)number, (void)info;
  int saved = errno;
  double now = shim_now();
  for (Shim *s = active; s != NULL; s = s->outer) {
    if (s->deadline <= 0 || now < s->deadline) continue;
    s->due_time = 1;
    if (s->current)
      lua_sethook(s->current, shim_hook, LUA_MASKCALL | LUA_MASKRET | LUA_MASKLINE | LUA_MASKCOUNT, 1);
    if (s->interrupt) s->interrupt(s->interrupt_context);
    if (s == active && stall.flag) notice_stall(s, context);
  }
  errno = saved;
}

static void install_handler (void) {
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_sigaction = strike;
  action.sa_flags = SA_RESTART | SA_SIGINFO;
  sigemptyset(&action.sa_mask);
  dl_iterate_phdr(find_lua, NULL);
  sigaction(deadline_signal(), &action, NULL);
}

/* A timer that signals this very thread; strikes again every 5 ms, so that a
   hook lost in a change of coroutines is set once more. */
static void arm_timer (Shim *s) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, install_handler);
  static _Thread_local int thread = 0;
  if (thread == 0) thread = (int)syscall(SYS_gettid);
  if (s->timer_thread == thread) return;
  if (s->timer_thread) timer_delete(s->timer);
  struct sigevent event;
  memset(&event, 0, sizeof event);
  event.sigev_notify = SIGEV_THREAD_ID;
  event.sigev_signo = deadline_signal();
  event.sigev_notify_thread_id = thread;
  if (timer_create(CLOCK_MONOTONIC, &event, &s->timer) != 0) return;
  s->timer_thread = thread;
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, deadline_signal());
  pthread_sigmask(SIG_UNBLOCK, &set, NULL);
  struct itimerspec when;
  memset(&when, 0, sizeof when);
  when.it_value.tv_sec = (time_t)s->deadline;
  when.it_value.tv_nsec = (long)((s->deadline - (double)when.it_value.tv_sec) * 1e9);
  when.it_interval.tv_nsec = 5000000;
  timer_settime(s->timer, TIMER_ABSTIME, &when, NULL);
}

void shim_disarm_timer (Shim *s) {
  if (s->timer_thread) timer_delete(s->timer);
  s->timer_thread = 0;
}

/* Before Lua runs. Gives 0 when the run is over already. */
int shim_enter (Shim *s) {
  if (s->entered++ == 0) {
    s->outer = active;
    active = s;
    if (s->deadline > 0) {
      arm_timer(s);
      if (shim_now() >= s->deadline) s->due_time = 1;
    }
  }
  return s->reason == SHIM_WITHIN;
}

void shim_leave (Shim *s) {
  if (--s->entered > 0) return;
  active = s->outer;
  s->outer = NULL;
  if (s->reason) {
    shim_disarm_timer(s);
    shim_close_cursors(s);
  }
}

/* }======== Threads {======== */

typedef struct Run {
  void (*body) (void *);
  void *context;
} Run;

static void *begin (void *argument) {
  Run *run = argument;
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, deadline_signal());
  pthread_sigmask(SIG_UNBLOCK, &set, NULL);
  run->body(run->context);
  return NULL;
}

int shim_run_thread (size_t stack, void (*body) (void *), void *context) {
  pthread_attr_t attributes;
  pthread_t thread;
  Run run = {body, context};
  int failed = pthread_attr_init(&attributes);
  if (failed) return failed;
  failed = pthread_attr_setstacksize(&attributes, stack);
  if (!failed) failed = pthread_create(&thread, &attributes, begin, &run);
  pthread_attr_destroy(&attributes);
  if (failed) return failed;
  return pthread_join(thread, NULL);
}

/* } */
