# SPDX-License-Identifier: MIT
# The few commands that people need; CMake and Ninja do the work.
# Every target first installs the Debian packages that are missing.

SHELL  := bash
.SHELLFLAGS := -o pipefail -c
PRESET := release
LIG    := build/$(PRESET)/bin/lig
NINJA  := ninja -C build/$(PRESET)

.PHONY: help setup build run test debug tsan stress fuzz bench determinism warm faults random clean
.DEFAULT_GOAL := help

help: ## List these targets
	@sed -nE 's/^([a-z]+):.*## (.*)/  make \1\t\2/p' Makefile | expand -t 20

setup:
	@tools/setup.sh

# Ninja runs cmake again by itself when a CMakeLists.txt changes.
build/$(PRESET)/build.ninja: | setup
	@cmake --preset $(PRESET) >&2

# When there is nothing to build, `make run` shows the program's output alone: ninja says that even with --quiet.
build: setup build/$(PRESET)/build.ninja ## Build build/release/bin/lig
	@$(if $(wildcard $(LIG)),$(NINJA) --quiet lig | sed '/^ninja: no work to do/d',$(NINJA) lig) >&2

run: build ## Run a program: make run FILE=examples/mandelbrot.jl [ARGS="200"]
	@test -n "$(FILE)" || { echo 'make run: say which program: make run FILE=examples/mandelbrot.jl' >&2; exit 2; }
	@$(LIG) $(FILE) $(ARGS)

test: setup ## Build everything and run all tests
	@tools/run_tests release

debug: setup ## The tests with ASan, UBSan and assertions
	@tools/run_tests debug

tsan: setup ## The tests with ThreadSanitizer
	@tools/run_tests tsan

stress: setup ## Tests of threads, each 200 times under ThreadSanitizer
	@test -e build/tsan/build.ninja || cmake --preset tsan >&2
	@ninja -C build/tsan stress-tests >&2
	@ctest --test-dir build/tsan -L stress -j "$$(nproc)" --output-on-failure --no-tests=error

fuzz: setup ## Run the fuzzers: make fuzz [RUNS=1000000]
	@tools/fuzz $(RUNS)

bench: build ## Our programs beside C, C++ and JavaScript, cold starts, linking beside LLJIT
	@bench/run

determinism: build ## Emit every unit several ways and compare the bitcode
	@tools/determinism

warm: build ## Run every program again with a full cache, in six ways: it must do the same, infer and compile nothing
	@tools/warm

faults: build ## What may happen to the object cache, done to it under lig: make faults [AMOUNT=1]
	@tools/cache_faults/run --amount $(or $(AMOUNT),1)

random: build ## Random programs, compiled and interpreted: make random [COUNT=10000] [SEED=1] [OPTIONS="-O2 -t4"]
	@tools/generate/run --count $(or $(COUNT),10000) --seed $(or $(SEED),1) --options="$(or $(OPTIONS),-O0)"

clean: ## Remove all build trees that make created
	@rm -rf build/release build/debug build/tsan build/fuzz
