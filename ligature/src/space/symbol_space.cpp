// SPDX-License-Identifier: MIT
#include "space/impl.h"

#include "linker/code_writer.h"
#include "linker/libcalls.h"

#include <algorithm>

#include <dlfcn.h>

extern "C" {
// Of the compiler's own library, which has no header: where exceptions find what stands in .eh_frame.
void __register_frame(void *frames);
void __deregister_frame(void *frames);
}

namespace ligature {
namespace {

/// ".init_array.00101" -> 101; without a number they come last.
unsigned priority_of(llvm::StringRef section) {
  unsigned priority = 65535;
  (void)section.rsplit('.').second.getAsInteger(10, priority);
  return priority;
}

CompileOptions compile_options(const SymbolSpaceOptions &options, const Session::Impl &session) {
  CompileOptions compile = options.compile.value_or(session.options.compile);
  compile.emulated_tls = true;
  return compile;
}

} // namespace

void *find_in_process(std::string_view name) {
  return dlsym(RTLD_DEFAULT, std::string(name).c_str());
}

SymbolSpace::Impl::Impl(Session::Impl &session, SymbolSpaceOptions given)
    : options(std::move(given)), session_(session),
      objects_(compile_options(options, session), session.linker.stats, session.options.cache) {
  if (options.finalise_at_exit)
    add_exit_hook(this, [this] { finalise(); });
}

SymbolSpace::Impl::~Impl() {
  remove_exit_hook(this);
  finalise();
  Guard lock(mutex_);
  for (const Allocation &memory : memory_)
    runtime_.drop_thread_locals([&memory](const void *control) { return memory.contains(control); });
  for (void *frames : frames_)
    __deregister_frame(frames);
  session_.linker.forget_code(code_ranges_);
  if (handle_)
    session_.linker.cells->release(handle_);
}

llvm::Error SymbolSpace::Impl::error(const llvm::Twine &text) const {
  return llvm::createStringError("symbol space '" + options.name + "': " + text);
}

llvm::Error SymbolSpace::Impl::define(std::string_view name, const void *address) {
  Guard lock(mutex_);
  if (linked_.contains(name) || defined_.contains(name))
    return error("'" + llvm::StringRef(name) + "' is defined already");
  defined_.emplace(name, const_cast<void *>(address));
  return llvm::Error::success();
}

llvm::Error SymbolSpace::Impl::add(llvm::Expected<ForeignModule> foreign) {
  if (!foreign)
    return error(llvm::toString(foreign.takeError()));
  llvm::Error problem =
      foreign->module ? prepare_module(*foreign->module) : check_object(foreign->object->getMemBufferRef());
  if (problem)
    return error(foreign->name + ": " + llvm::toString(std::move(problem)));
  Guard lock(mutex_);
  pending_.push_back(std::move(*foreign));
  return llvm::Error::success();
}

llvm::Error SymbolSpace::Impl::link() {
  if (linker_.load() == std::this_thread::get_id())
    return error("is being linked by this very thread: its resolver must not ask it to link");
  Guard linking(link_mutex_);
  std::vector<ForeignModule> modules;
  {
    Guard lock(mutex_);
    modules.swap(pending_);
  }
  if (modules.empty())
    return llvm::Error::success();
  linker_ = std::this_thread::get_id();
  llvm::Error problem = link_modules(modules);
  linker_ = std::thread::id();
  if (problem) {
    Guard lock(mutex_);
    std::erase_if(modules, [](const ForeignModule &module) { return !module.module && !module.object; });
    pending_.insert(pending_.begin(), std::make_move_iterator(modules.begin()),
                    std::make_move_iterator(modules.end()));
  }
  return problem ? error(llvm::toString(std::move(problem))) : llvm::Error::success();
}

llvm::Error SymbolSpace::Impl::link_modules(std::vector<ForeignModule> &modules) {
  if (llvm::Error problem = compile_modules(modules, objects_, options.threads))
    return problem;
  llvm::Expected<std::vector<SpaceGraph>> graphs = graphs_of(modules);
  if (!graphs)
    return graphs.takeError();
  SpaceNames linked;
  {
    Guard lock(mutex_);
    linked = linked_;
  }
  if (llvm::Error problem = choose_definitions(*graphs, linked)) {
    modules.clear(); // one of them is wrong here, and nothing that is added later changes that
    return problem;
  }
  if (llvm::Error problem =
          bind_externals(*graphs, linked, [&](llvm::StringRef name) { return resolve(name); }))
    return problem;
  std::vector<BatchMember> batch;
  std::vector<std::vector<std::string>> names;
  for (SpaceGraph &member : *graphs) {
    names.emplace_back();
    for (const GraphSymbol *symbol : member.exported)
      names.back().push_back(symbol->getName().str());
    shorten_edges(*member.graph,
                  [&](const void *address) { return session_.linker.slabs->in_reach(address); });
    batch.push_back({std::move(member.graph), std::move(member.exported)});
  }
  llvm::Expected<std::vector<LinkedCode>> code = link_together(std::move(batch), *session_.linker.slabs);
  if (!code)
    return code.takeError();
  install(std::move(*code), names);
  return llvm::Error::success();
}

llvm::Expected<std::vector<SpaceGraph>>
SymbolSpace::Impl::graphs_of(const std::vector<ForeignModule> &modules) {
  std::vector<SpaceGraph> graphs;
  for (const ForeignModule &module : modules) {
    auto graph = parse_object(module.object->getMemBufferRef());
    if (!graph)
      return llvm::createStringError(module.name + ": " + llvm::toString(graph.takeError()));
    graphs.push_back({module.name, std::move(*graph), {}});
  }
  return graphs;
}

void *SymbolSpace::Impl::resolve(llvm::StringRef name) {
  {
    Guard lock(mutex_);
    if (auto found = defined_.find(name); found != defined_.end())
      return found->second;
  }
  if (void *own = own_function(name))
    return own;
  if (void *found = options.resolve ? options.resolve(name) : nullptr)
    return found;
  if (llvm::StringRef variable = name; variable.consume_front("__emutls_v."))
    return resolve_thread_local(variable);
  return find_libcall(name);
}

/// Of a shared library, unless the client's resolver keeps it from the space or has another.
void *SymbolSpace::Impl::resolve_thread_local(llvm::StringRef name) {
  void *here = options.resolve ? options.resolve(name) : nullptr;
  return here && here == find_in_process(name) ? import_thread_local(name.str()) : nullptr;
}

void *SymbolSpace::Impl::own_function(std::string_view name) {
  if (name == "__dso_handle" || name == "atexit") {
    if (!handle_)
      handle_ = static_cast<SpaceRuntime **>(session_.linker.cells->allocate(&runtime_));
    return name == "atexit" ? make_atexit() : handle_;
  }
  return find_space_function(name);
}

/// atexit is called with nothing that says whose it is; so each space has its own: it adds the space's handle
/// and goes to __cxa_atexit. The function gets an argument that it does not look at.
void *SymbolSpace::Impl::make_atexit() {
  if (atexit_address_ || !handle_)
    return atexit_address_;
  auto code = session_.linker.slabs->allocate(Segment::Code, 16);
  auto data = session_.linker.slabs->allocate(Segment::Constants, sizeof(void *));
  atexit_ = Allocation(*session_.linker.slabs);
  for (auto *piece : {&code, &data})
    if (*piece)
      atexit_.add(**piece);
  if (!code || !data)
    return nullptr; // no memory: undefined, and the error says so
  void *target = find_space_function("__cxa_atexit");
  std::memcpy(data->writable, &target, sizeof target);
  CodeWriter writer(*code);
  writer.lea_rdx(handle_);
  writer.jump_through(data->address);
  writer.finish(*session_.linker.slabs);
  return atexit_address_ = code->address;
}

void SymbolSpace::Impl::install(std::vector<LinkedCode> linked,
                                const std::vector<std::vector<std::string>> &names) {
  for (const LinkedCode &code : linked)
    map_code(code);
  Guard lock(mutex_);
  for (size_t i = 0; i < linked.size(); ++i) {
    for (size_t n = 0; n < names[i].size(); ++n)
      linked_.emplace(names[i][n], linked[i].addresses[n]);
    note_sections_locked(linked[i]);
    for (const PlacedFunction &function : linked[i].functions)
      code_ranges_.push_back(function.begin);
    memory_.push_back(std::move(linked[i].memory));
  }
}

void SymbolSpace::Impl::map_code(const LinkedCode &code) {
  std::vector<std::unique_ptr<CodeRange>> ranges;
  for (const PlacedFunction &function : code.functions) {
    auto range = std::make_unique<CodeRange>();
    range->begin = function.begin;
    range->end = function.begin + function.size;
    range->role = CodeRole::Local;
    range->name = function.name.empty() ? options.name : function.name;
    ranges.push_back(std::move(range));
  }
  session_.linker.note_code(std::move(ranges));
}

void SymbolSpace::Impl::note_sections_locked(const LinkedCode &code) {
  for (const PlacedSection &section : code.sections) {
    if (section.size == 0)
      continue;
    if (section.name == ".eh_frame") {
      frames_.push_back(reinterpret_cast<void *>(section.begin));
      __register_frame(frames_.back());
      continue;
    }
    Functions functions{priority_of(section.name), reinterpret_cast<void *const *>(section.begin),
                        section.size / sizeof(void *)};
    auto &list = section.name.starts_with(".init_array") ? initialisers_ : later_finalisers_;
    list.insert(std::upper_bound(list.begin(), list.end(), functions, Functions::is_earlier), functions);
  }
}

llvm::Error SymbolSpace::Impl::initialise(int argc, char **argv, char **environment) {
  if (llvm::Error problem = link())
    return problem;
  std::vector<Functions> initialisers;
  {
    Guard lock(mutex_);
    initialisers.swap(initialisers_);
    for (const Functions &later : later_finalisers_)
      finalisers_.insert(
          std::upper_bound(finalisers_.begin(), finalisers_.end(), later, Functions::is_earlier), later);
    later_finalisers_.clear();
  }
  for (const Functions &functions : initialisers)
    for (size_t i = 0; i < functions.count; ++i)
      reinterpret_cast<Initialiser>(functions.begin[i])(argc, argv, environment);
  return llvm::Error::success();
}

void SymbolSpace::Impl::finalise() {
  runtime_.run_exits();
  std::vector<Functions> finalisers;
  {
    Guard lock(mutex_);
    finalisers.swap(finalisers_);
  }
  for (size_t f = finalisers.size(); f-- > 0;)
    for (size_t i = finalisers[f].count; i-- > 0;)
      reinterpret_cast<Finaliser>(finalisers[f].begin[i])();
  runtime_.run_exits(); // what the finalisers asked for
}

llvm::Expected<void *> SymbolSpace::Impl::lookup(std::string_view name) {
  if (void *found = find(name))
    return found;
  if (llvm::Error problem = link())
    return std::move(problem);
  if (void *found = find(name))
    return found;
  return error("defines no '" + llvm::StringRef(name) + "'");
}

void *SymbolSpace::Impl::find(std::string_view name) {
  Guard lock(mutex_);
  auto found = linked_.find(name);
  return found == linked_.end() ? nullptr : found->second;
}

std::vector<std::string> SymbolSpace::Impl::symbols() {
  Guard lock(mutex_);
  std::vector<std::string> names;
  for (auto &[name, address] : linked_)
    names.push_back(name);
  return names;
}

size_t SymbolSpace::Impl::bytes() {
  Guard lock(mutex_);
  size_t sum = 0;
  for (const Allocation &memory : memory_)
    sum += memory.bytes();
  return sum;
}

// --- The public face.

SymbolSpace::SymbolSpace(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
SymbolSpace::~SymbolSpace() = default;

std::unique_ptr<SymbolSpace> SymbolSpace::create(Session &session, SymbolSpaceOptions options) {
  auto impl = std::make_unique<Impl>(*session.impl_, std::move(options));
  return std::unique_ptr<SymbolSpace>(new SymbolSpace(std::move(impl)));
}

llvm::Error SymbolSpace::define(std::string_view name, const void *address) {
  return impl_->define(name, address);
}
llvm::Error SymbolSpace::add_bitcode(llvm::MemoryBufferRef bytes) {
  return impl_->add(read_module(bytes));
}
llvm::Error SymbolSpace::add_module(std::unique_ptr<llvm::LLVMContext> context,
                                    std::unique_ptr<llvm::Module> module) {
  std::string name = module->getModuleIdentifier();
  return impl_->add(ForeignModule{std::move(name), std::move(context), std::move(module), nullptr});
}
llvm::Error SymbolSpace::add_object(std::unique_ptr<llvm::MemoryBuffer> object) {
  std::string name = object->getBufferIdentifier().str();
  return impl_->add(ForeignModule{std::move(name), nullptr, nullptr, std::move(object)});
}
llvm::Error SymbolSpace::link() {
  return impl_->link();
}
llvm::Error SymbolSpace::initialise(int argc, char **argv, char **environment) {
  return impl_->initialise(argc, argv, environment);
}
void SymbolSpace::finalise() {
  impl_->finalise();
}
llvm::Expected<void *> SymbolSpace::lookup(std::string_view name) {
  return impl_->lookup(name);
}
void *SymbolSpace::find(std::string_view name) const {
  return impl_->find(name);
}
std::vector<std::string> SymbolSpace::symbols() const {
  return impl_->symbols();
}
size_t SymbolSpace::bytes() const {
  return impl_->bytes();
}
const std::string &SymbolSpace::name() const {
  return impl_->options.name;
}

} // namespace ligature
