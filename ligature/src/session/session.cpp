// SPDX-License-Identifier: MIT
#include "debug/gdb.h"
#include "session/impl.h"

namespace ligature {

namespace {

/// The linker's options are its own, whatever the session was given.
SessionOptions with_options_of(const Linker &linker, SessionOptions options) {
  static_cast<LinkerOptions &>(options) = linker.options();
  return options;
}

} // namespace

Session::Impl::Impl(SessionOptions given, std::shared_ptr<Linker> linker, AdapterEmitter &client)
    : options(with_options_of(*linker, std::move(given))), linker(*linker->impl_), linker_(std::move(linker)),
      client_(client), compiling_(std::make_shared<Compiling>(options, this->linker.stats)) {
  if (options.debugger == DebuggerSupport::Always)
    this->linker.add_listener(make_gdb_listener(), Linker::Impl::Position::First);
  this->linker.set_adapter_maker(std::make_shared<Linker::Impl::AdapterMaker>(
      [this](Entry &entry, Abi abi) { return add_adapter(entry, abi); }));
}

Session::Impl::~Impl() {
  linker.set_adapter_maker(nullptr);
}

llvm::Expected<UnitHandle> Session::Impl::add(Unit unit, std::optional<Object> object, Keep keep) {
  if (options.verify && unit.module)
    if (llvm::Error error = verify_unit(unit))
      return std::move(error);
  LinkInfo info = std::move(unit.link_info);
  const llvm::Module *module = unit.module.get();
  std::string attribute = unit.signature_attribute;
  UnitHandle handle =
      linker.new_unit(std::move(info), module_code(compiling_, std::move(unit), std::move(object), keep));
  linker.dump(DumpStage::Unit, *handle, [&] {
    std::string text;
    llvm::raw_string_ostream out(text);
    if (module)
      print_unit(*module, out, attribute);
    return text + print_link_info(handle->info);
  });
  linker.add(handle);
  return handle;
}

Result<UnitHandle> Session::Impl::add_adapter(Entry &entry, Abi abi) {
  auto unit = client_.emit_adapter(entry, abi);
  if (!unit)
    return from_llvm(unit.takeError());
  const auto &definitions = unit->link_info.definitions;
  if (definitions.size() != 1 || definitions[0].kind != DefinitionKind::Adapter ||
      definitions[0].entry != &entry || definitions[0].abi != abi)
    return std::unexpected("the client's adapter defines something else than was asked for");
  auto handle = add(std::move(*unit), std::nullopt);
  if (!handle)
    return from_llvm(handle.takeError());
  return std::move(*handle);
}

// --- The public face.

Session::Session(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Session::~Session() = default;

llvm::Expected<std::unique_ptr<Session>> Session::create(SessionOptions options, Client &client) {
  auto linker = Linker::create(options, client);
  if (!linker)
    return llvm::createStringError(linker.error());
  return create(std::move(options), std::move(*linker), client);
}

llvm::Expected<std::unique_ptr<Session>>
Session::create(SessionOptions options, std::shared_ptr<Linker> linker, AdapterEmitter &client) {
  auto impl = std::make_unique<Impl>(std::move(options), std::move(linker), client);
  return std::unique_ptr<Session>(new Session(std::move(impl)));
}

llvm::Expected<UnitHandle> Session::add(Unit unit) {
  return impl_->add(std::move(unit), std::nullopt);
}
llvm::Expected<UnitHandle> Session::add(LinkInfo info, Object object) {
  Unit unit;
  unit.link_info = std::move(info);
  return impl_->add(std::move(unit), std::move(object));
}
llvm::Error Session::materialize(const UnitHandle &unit) {
  return to_llvm(impl_->linker.materialize(unit));
}

llvm::Expected<UnitHandle> Session::link(Unit unit) {
  auto handle = add(std::move(unit));
  if (!handle)
    return handle.takeError();
  if (llvm::Error error = to_llvm(impl_->linker.link(*handle)))
    return std::move(error);
  return handle;
}

llvm::Expected<UnitHandle> Session::link(LinkInfo info, const UnitKey &key) {
  std::optional<Object> object = impl_->compiling_->objects.find(key);
  if (!object)
    return UnitHandle();
  Unit unit;
  unit.link_info = std::move(info);
  auto handle = impl_->add(std::move(unit), std::move(object), Keep::No);
  if (handle)
    if (llvm::Error error = to_llvm(impl_->linker.link(*handle)))
      return std::move(error);
  return handle;
}

void Session::enqueue(UnitHandle unit, std::function<void(llvm::Error)> done) {
  std::function<void(Result<void>)> told;
  if (done)
    told = [done = std::move(done)](const Result<void> &linked) { done(to_llvm(linked)); };
  impl_->linker.enqueue(std::move(unit), std::move(told));
}

Linker &Session::linker() {
  return *impl_->linker_;
}
llvm::Expected<bool> Session::require(Entry &entry) {
  return to_llvm(impl_->linker.require(entry));
}
llvm::Expected<void *> Session::callable(Entry &entry, Abi abi) {
  return to_llvm(impl_->linker.callable(entry, abi));
}
llvm::Expected<void *> Session::stub(Entry &entry, Abi abi) {
  return to_llvm(impl_->linker_->stub(entry, abi));
}
bool Session::publish(Entry &entry, const Publication &code) {
  return impl_->linker.publish(entry, code);
}
bool Session::replace(Entry &entry, void *from, void *to) {
  return impl_->linker.replace(entry, from, to);
}
void Session::unlink(UnitHandle unit) {
  impl_->linker.unlink(std::move(unit));
}
void Session::unregister(const UnitHandle &unit) {
  impl_->linker.unregister(unit);
}
void Session::forget(Entry &entry) {
  impl_->linker.forget(entry);
}
void *Session::address(const UnitHandle &unit, size_t index) const {
  return impl_->linker_->address(unit, index);
}
void *Session::allocate_cell(const void *value) {
  return impl_->linker.cells->allocate(value);
}
void Session::release_cell(void *cell) {
  impl_->linker.cells->release(cell);
}
void Session::before_fork() {
  impl_->linker_->before_fork();
}
void Session::after_fork(ForkSide side) {
  impl_->linker_->after_fork(side);
}

CodeMap &Session::code_map() {
  return impl_->linker.code_map;
}
const Stats &Session::stats() const {
  return impl_->linker.stats;
}
const SessionOptions &Session::options() const {
  return impl_->options;
}
std::pair<uintptr_t, uintptr_t> Session::code_range() const {
  return impl_->linker_->code_range();
}
Session::MemoryUse Session::memory_use() const {
  return impl_->linker_->memory_use();
}

} // namespace ligature
