# Gongyue: developer commands. `make help` lists them.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

PACKAGES := gcc libc6-dev liblua5.4-dev libsqlite3-dev libsodium-dev pkg-config
SUDO := $(shell [ "$$(id -u)" = 0 ] || command -v sudo || echo no-sudo)
RELEASE := .build/release/gongyue
DEMO := demo

.PHONY: help
help: ## list these commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 14

.PHONY: packages
packages: ## install the Debian packages that are missing
	@missing=""; for package in $(PACKAGES); do \
	  dpkg-query -W -f='$${Status}' $$package 2>/dev/null | grep -q 'ok installed' || missing="$$missing $$package"; \
	done; \
	[ -z "$$missing" ] && exit 0; \
	echo "installing Debian packages:$$missing" >&2; \
	if [ "$(SUDO)" = no-sudo ] || ! command -v apt-get >/dev/null; then \
	  echo "cannot install them here; please ask an administrator for: apt-get install$$missing" >&2; exit 1; \
	fi; \
	$(SUDO) apt-get update -qq && $(SUDO) apt-get install -y -qq --no-install-recommends $$missing >/dev/null

.PHONY: build
build: packages ## build the program, optimised
	@swift build -c release --product gongyue
	@.ci/check-raising-symbols .build/release

.PHONY: demo
demo: build ## build, make the demo street and print its ranking
	@rm -rf $(DEMO) && $(RELEASE) init $(DEMO) --demo
	@$(RELEASE) assess community-assessment 2026-04 --workspace $(DEMO)
	@printf '\n接着试试（在 $(DEMO) 目录中）：\n'
	@printf '  ../$(RELEASE) assess community-assessment 2026-04 --unit sll-02 --explain\n'
	@printf '  ../$(RELEASE) why assessment.weights sll-02\n'

.PHONY: test
test: packages embedding ## run every test: unit, property, end-to-end and the plugins' own
	@swift build --build-tests
	@.ci/check-raising-symbols --self-check
	@.ci/check-raising-symbols
	@$(EMBEDDING)/language Tests/LuaTests/Language
	@$(EMBEDDING)/fuzz --replay $(SCRIPTS)
	@swift test --skip-build
	@.build/debug/gongyue plugin test --shipped

# The proofs of the embedding, in C: no Swift is built for them.
EMBEDDING := .build/embedding
PAIRS := 1000000
SECONDS := 60
# What only the second wall ends is for a whole program: see `make hostile`.
SCRIPTS = $(filter-out Tests/LuaTests/Hostile/wall-%,$(wildcard Tests/LuaTests/Hostile/*.lua)) $(wildcard Tests/Embedding/Found/*.lua)

.PHONY: embedding
embedding: packages
	@$(MAKE) -s -C Tests/Embedding

.PHONY: differential
differential: embedding ## compare our library functions with stock Lua's; PAIRS=1000000 SEED=…
	@$(EMBEDDING)/differential $(PAIRS) $(SEED)

.PHONY: allocations
allocations: embedding ## refuse every allocation of every entry to Lua, one after another
	@$(EMBEDDING)/allocations

.PHONY: fuzz
fuzz: embedding ## programs, bytes, values and patterns by chance; SECONDS=60 SEED=…
	@$(EMBEDDING)/fuzz --replay $(SCRIPTS)
	@SEED=$(SEED) $(EMBEDDING)/fuzz $(SECONDS) Tests/Embedding/Found $(SCRIPTS)

.PHONY: sanitize
sanitize: packages ## the embedding under address, undefined and leak checks; FUZZ=30
	@.ci/sanitize address

.PHONY: low-memory
low-memory: packages ## the Swift tests of the embedding again, with 4 MiB for each interpreter
	@.ci/low-memory

.PHONY: other-lua
other-lua: packages ## the proofs of the embedding on another Lua 5.4; LUA=SOURCES CHECKED=--checked
	@.ci/other-lua "$(LUA)" $(CHECKED)

.PHONY: threads
threads: packages ## the Swift tests of the embedding under the thread sanitizer
	@.ci/sanitize thread

.PHONY: lint
lint: ## check formatting, forbidden names and that nothing that raises is called from Swift
	@swift format lint --strict --parallel --recursive Sources Tests Package.swift
	@.ci/check-repository

.PHONY: format
format: ## format the Swift sources in place
	@swift format --in-place --parallel --recursive Sources Tests Package.swift

.PHONY: bench
bench: packages ## measure against C on the same Lua and SQLite
	@Benchmarks/run

.PHONY: hostile
hostile: build ## run the program over every hostile script and print what came of each
	@Tests/LuaTests/Hostile/run

.PHONY: docs
docs: build ## write the script reference and the editor stubs again
	@$(RELEASE) api --format markdown --lang zh > Documentation/Scripting.md
	@$(RELEASE) api --format luals > Documentation/gongyue.lua

.PHONY: clean
clean: ## remove what was built and the demo street
	@rm -rf .build $(DEMO)
