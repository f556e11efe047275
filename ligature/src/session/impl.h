// SPDX-License-Identifier: MIT
//
// The session's half of a world whose other half is the linker's (linker/impl.h): where objects come from,
// and how adapters are emitted. A unit that was added takes what it needs along (Compiling), so that it can
// be linked when the session is gone already.
#pragma once

#include "ligature/session.h"
#include "linker/impl.h"
#include "object/object_source.h"

namespace ligature {

/// What units share on their way from module to code. Outlived by the linker, whose counters it counts on.
struct Compiling {
  Compiling(const SessionOptions &options, Stats &stats)
      : objects(options.compile, stats, options.cache), keep(options.keep) {}
  ObjectSource objects;
  const std::function<void(const KeptUnit &unit)> keep;
};

/// Whether SessionOptions::keep is told of a unit.
enum class Keep : uint8_t { No, Yes };

class Session::Impl {
public:
  Impl(SessionOptions options, std::shared_ptr<Linker> linker, AdapterEmitter &client);
  ~Impl();

  /// `object` if the unit has no module.
  llvm::Expected<UnitHandle> add(Unit unit, std::optional<Object> object, Keep keep = Keep::Yes);

  const SessionOptions options; ///< with the linker's own
  Linker::Impl &linker;

private:
  friend class Session;
  Result<UnitHandle> add_adapter(Entry &entry, Abi abi);

  std::shared_ptr<Linker> linker_;
  AdapterEmitter &client_;
  std::shared_ptr<Compiling> compiling_;
};

/// The code of a unit of LLVM's: a module, or an object that was compiled already.
std::unique_ptr<UnitCode> module_code(std::shared_ptr<Compiling> compiling, Unit unit,
                                      std::optional<Object> object, Keep keep);

/// What the linker answers, as LLVM has it.
inline llvm::Error to_llvm(const Result<void> &result) {
  return result ? llvm::Error::success() : llvm::createStringError(result.error());
}
template <class T> llvm::Expected<T> to_llvm(Result<T> result) {
  if (!result)
    return llvm::createStringError(result.error());
  return std::move(*result);
}
/// The reverse.
inline std::unexpected<std::string> from_llvm(llvm::Error error) {
  return std::unexpected(llvm::toString(std::move(error)));
}

} // namespace ligature
