// SPDX-License-Identifier: MIT
#include "jl/emit/callbacks.h"

#include "jl/emit/boxing.h"
#include "jl/emit/c_values.h"
#include "jl/emit/calls.h"
#include "jl/emit/memory.h"
#include "jl/emit/names.h"
#include "jl/emit/prologue.h"
#include "jl/emit/runtime_calls.h"
#include "jl/emit/type_tests.h"
#include "jl/emit/values.h"
#include "jl/runtime/callback.h"
#include "jl/runtime/method.h"
#include "jl/runtime/values.h"

namespace jl::emit {

namespace {

std::string callback_name(const CallbackRequest &request) {
  if (request.target)
    return symbol_name(request.target->def);
  DataType *type = type_of(request.f);
  return type->instance == request.f ? without_counters(undecorated_name(type->name->name.text()))
                                     : "closure";
}

class CallbackWriter {
public:
  CallbackWriter(UnitContext &unit, ligature::Entry &entry, const CallbackRequest &request)
      : unit_(unit), entry_(entry), request_(request) {}

  void write() {
    llvm::SmallVector<Value *, 8> types(request_.types->data, request_.types->data + request_.types->length);
    CSignature signature = make_c_signature(unit_, request_.result, types, types.size());
    std::string name = callback_name(request_);
    llvm::Function *function = unit_.builder.create_function("jlcapi_" + name + "_", signature.type);
    function->setAttributes(signature.attributes);
    unit_.builder.prepare(*function);
    unit_.builder.define(entry_, ligature::Abi::Args, nullptr, function, "jlcapi_" + name);
    Emitter e(unit_, function);
    write_body(e, signature);
    e.makes_calls = false; // the callee checks
    e.cold_calls.clear();
    finish_function(e);
  }

private:
  void write_body(Emitter &e, const CSignature &signature) {
    e.task = call_runtime(e, "jl_current_task", {}, "task");
    std::vector<Val> arguments{constant_value(e, request_.f)};
    for (const CParameter &parameter : signature.parameters)
      arguments.push_back(argument(e, parameter));
    auto *world = e.ir.CreateAlignedLoad(unit_.i64(), world_of_task(e), llvm::Align(8), "world");
    e.set_access(world, Access::Task);
    set_world(e, newest_world(e));
    if (request_.target) {
      llvm::BasicBlock *ended = e.cold_branch(e.ir.CreateNot(still_holds(e)), "code_ended", "code_holds");
      end(e, signature, world, emit_invoke(e, request_.target, arguments));
      e.enter(ended);
      e.unreachable = false;
    }
    end(e, signature, world, emit_dynamic_call(e, arguments[0], llvm::ArrayRef(arguments).drop_front()));
  }

  /// A Ref{T} hands on the T that C points to.
  Val argument(Emitter &e, const CParameter &parameter) {
    Value *pointee = callback_pointee(parameter.type);
    if (!pointee)
      return receive_from_c(e, parameter);
    llvm::Value *address = e.function->getArg(parameter.first);
    check_defined(e, address);
    if (is_stored_inline(pointee))
      return load_value(e, e.shape(pointee), address, Access::Data, Bytes::MayChange);
    return boxed_value(e, address, pointee);
  }

  llvm::Value *world_of_task(Emitter &e) { return e.byte_offset(e.task, offsetof(Task, world)); }

  llvm::Value *newest_world(Emitter &e) {
    auto *counter = load_slot(e, current_world_address(), "jl_world_counter#_");
    auto *newest = e.ir.CreateAlignedLoad(unit_.i64(), counter, llvm::Align(8), "newest");
    newest->setAtomic(llvm::AtomicOrdering::Acquire);
    return newest;
  }

  void set_world(Emitter &e, llvm::Value *world) {
    e.set_access(e.ir.CreateAlignedStore(world, world_of_task(e), llvm::Align(8)), Access::Task);
  }

  llvm::Value *still_holds(Emitter &e) {
    llvm::Value *address = e.byte_offset(load_slot(e, request_.watcher), offsetof(CodeInstance, max_world));
    auto *last = e.ir.CreateAlignedLoad(unit_.i64(), address, llvm::Align(8), "last_world");
    last->setAtomic(llvm::AtomicOrdering::Monotonic);
    return e.ir.CreateICmpEQ(last, e.int64(kWorldMax));
  }

  void end(Emitter &e, const CSignature &signature, llvm::Value *world, const Val &value) {
    if (e.unreachable || value.is(ShapeKind::Never))
      return end_unreachable(e);
    Val result = value;
    bool as_bits = signature.result.place != CPlace::Object && signature.result.place != CPlace::Nothing;
    if (as_bits) {
      result = emit_typeassert(e, value, request_.result, "cfunction");
      if (e.unreachable || result.is(ShapeKind::Never))
        return end_unreachable(e);
      result = convert(e, result, request_.result);
    }
    set_world(e, world);
    return_to_c(e, signature, result);
  }

  void end_unreachable(Emitter &e) {
    if (!e.ir.GetInsertBlock()->getTerminator())
      e.ir.CreateUnreachable();
  }

  UnitContext &unit_;
  ligature::Entry &entry_;
  const CallbackRequest &request_;
};

} // namespace

void write_callback(UnitContext &unit, ligature::Entry &entry, const CallbackRequest &request) {
  CallbackWriter(unit, entry, request).write();
}

} // namespace jl::emit
