// SPDX-License-Identifier: MIT
#include "capi/objects.h"

#include "ligature/symbol_space.h"

using namespace ligature;
using namespace ligature::capi;

static SymbolSpace &space_of(LigatureSpace *space) {
  return *reinterpret_cast<SymbolSpace *>(space);
}
static const SymbolSpace &space_of(const LigatureSpace *space) {
  return *reinterpret_cast<const SymbolSpace *>(space);
}

static SymbolSpaceOptions space_options(const LigatureSpaceOptions *given) {
  LigatureSpaceOptions options = complete(given, ligature_space_options_init_sized);
  SymbolSpaceOptions result;
  if (options.name)
    result.name = options.name;
  result.threads = options.threads;
  if (options.compile)
    result.compile = compile_options(options.compile);
  result.finalise_at_exit = options.finalise_at_exit;
  if (options.resolve)
    result.resolve = [resolve = options.resolve, data = options.resolve_data](std::string_view name) {
      return resolve(data, std::string(name).c_str());
    };
  return result;
}

static llvm::MemoryBufferRef bytes_of(const char *name, const void *bytes, size_t size) {
  return {{static_cast<const char *>(bytes), size}, name};
}

void ligature_space_options_init_sized(LigatureSpaceOptions *options, size_t size) {
  const SymbolSpaceOptions defaults;
  LigatureSpaceOptions filled{};
  filled.size = size;
  filled.threads = defaults.threads;
  filled.finalise_at_exit = defaults.finalise_at_exit;
  fill(options, filled);
}

LigatureError ligature_space_create(LigatureSession *session, const LigatureSpaceOptions *options,
                                    LigatureSpace **space) {
  return guarded([&] {
    *space = reinterpret_cast<LigatureSpace *>(
        SymbolSpace::create(session_of(session), space_options(options)).release());
    return llvm::Error::success();
  });
}

void ligature_space_dispose(LigatureSpace *space) {
  if (space)
    delete &space_of(space);
}

LigatureError ligature_space_define(LigatureSpace *space, const char *name, const void *address) {
  return guarded([&] { return space_of(space).define(name, address); });
}

LigatureError ligature_space_add_bitcode(LigatureSpace *space, const char *name, const void *bytes,
                                         size_t size) {
  return guarded([&] { return space_of(space).add_bitcode(bytes_of(name, bytes, size)); });
}

LigatureError ligature_space_add_object(LigatureSpace *space, const char *name, const void *bytes,
                                        size_t size) {
  return guarded([&] {
    auto copy = llvm::MemoryBuffer::getMemBufferCopy(bytes_of(name, bytes, size).getBuffer(), name);
    return space_of(space).add_object(std::move(copy));
  });
}

LigatureError ligature_space_add_module(LigatureSpace *space, LLVMModuleRef module) {
  return guarded([&] {
    std::unique_ptr<llvm::LLVMContext> context(&llvm::unwrap(module)->getContext());
    std::unique_ptr<llvm::Module> taken(llvm::unwrap(module));
    return space_of(space).add_module(std::move(context), std::move(taken));
  });
}

LigatureError ligature_space_link(LigatureSpace *space) {
  return guarded([&] { return space_of(space).link(); });
}

LigatureError ligature_space_initialise(LigatureSpace *space, int argc, char **argv, char **environment) {
  return guarded([&] { return space_of(space).initialise(argc, argv, environment); });
}

void ligature_space_finalise(LigatureSpace *space) {
  space_of(space).finalise();
}

LigatureError ligature_space_lookup(LigatureSpace *space, const char *name, void **address) {
  return guarded([&]() -> llvm::Error {
    auto found = space_of(space).lookup(name);
    if (!found)
      return found.takeError();
    *address = *found;
    return llvm::Error::success();
  });
}

void *ligature_space_find(const LigatureSpace *space, const char *name) {
  return space_of(space).find(name);
}

char *ligature_space_symbols(const LigatureSpace *space) {
  std::string text;
  for (const std::string &name : space_of(space).symbols())
    text += name + "\n";
  return copy_text(text);
}

size_t ligature_space_bytes(const LigatureSpace *space) {
  return space_of(space).bytes();
}
