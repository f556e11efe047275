// SPDX-License-Identifier: MIT
#include "jl/engine/library.h"

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <stdexcept>

#include "jl/engine/base_files.h"
#include "jl/engine/imports.h"
#include "jl/engine/state.h"
#include "jl/engine/toplevel.h"
#include "jl/runtime/exceptions.h"
#include "jl/runtime/values.h"
#include "jl/stored/reader.h"
#include "jl/stored/writer.h"

// Base as lig-store-library wrote it (cmake/StoreLibrary.cmake); absent in that program itself and in unit
// tests.
extern "C" {
[[gnu::weak]] extern const char lig_stored_library[], lig_stored_library_end[];
}

namespace jl {

namespace {

void load_from_text(Task *task) {
  define_module_functions(task, modules::Base);
  define_module_functions(task, modules::Main);
  eval_text(task, modules::Base, find_base_file("base.jl")->text, "./base.jl");
}

[[noreturn]] void fail_to_store(const std::string &problem) {
  std::fprintf(stderr, "lig-store-library: %s\n", problem.c_str());
  std::_Exit(1);
}

/// Loads from the text and writes what that did to a file.
void load_and_store(Task *task, const std::string &path) {
  Engine::Impl &engine = Engine::Impl::get();
  stored::Writer writer;
  engine.library_writer = &writer;
  try {
    load_from_text(task);
    std::string bytes = writer.finish(engine.sources);
    std::ofstream file(path, std::ios::binary);
    if (!file.write(bytes.data(), std::streamsize(bytes.size())).flush())
      fail_to_store(path + " cannot be written");
  } catch (const std::runtime_error &problem) {
    fail_to_store(problem.what());
  }
  engine.library_writer = nullptr;
}

/// What lowering left in the module when the library's text was evaluated.
void restore_state(Task *task, const stored::NextStep &step) {
  step.module->counter = step.counter;
  for (Symbol name : step.names)
    find_binding(step.module, name);
  for (auto [name, count] : step.counters)
    get_binding_for_write(task, step.module, name)
        ->value.store(box_uint64(task, count), std::memory_order_release);
}

void take(Task *task, const stored::NextStep &step) {
  switch (step.step) {
  case stored::Step::End:
    break;
  case stored::Step::Module:
    define_module(task, step.module, step.name, step.flag);
    break;
  case stored::Step::Thunk:
    run_toplevel_code(task, step.module, step.code);
    *step.code = CodeInfo(); // nobody runs it again: the next one has its memory
    break;
  case stored::Step::Names:
    use_names(step.module, step.flag, step.names);
    break;
  case stored::Step::Import:
    eval_import(task, step.module, step.syntax);
    break;
  case stored::Step::State:
    restore_state(task, step);
    break;
  }
}

std::string_view text_of_library(std::string_view name) {
  if (name == kModuleFunctionsName)
    return kModuleFunctions;
  const BaseFile *file = name.starts_with("./") ? find_base_file(name.substr(2)) : nullptr;
  return file ? file->text : std::string_view();
}

void load_stored(Task *task, std::string_view bytes) {
  auto *library = gc_new<stored::Library>(bytes, Engine::Impl::get().sources);
  gc_keep(library);
  if (!library->add_texts(text_of_library))
    throw_error(task, "Base is stored as another text");
  auto *step = gc_new<stored::NextStep>();
  do {
    library->next(task, *step);
    take(task, *step);
  } while (step->step != stored::Step::End);
}

} // namespace

void load_library(Task *task) {
  const EngineOptions &options = Engine::Impl::get().options;
  if (!options.store_library.empty())
    load_and_store(task, options.store_library);
  else if (lig_stored_library && !options.library_from_text)
    load_stored(task, {lig_stored_library, size_t(lig_stored_library_end - lig_stored_library)});
  else
    load_from_text(task);
}

} // namespace jl
