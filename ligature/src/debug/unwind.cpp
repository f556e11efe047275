// SPDX-License-Identifier: MIT
//
//   state     CFA      left by
//   Entered   rsp+8    push rbp
//   Pushed    rsp+16   mov rsp, rbp
//   Framed    rbp+16   pop rbp or leave
//   Popped    rsp+8    a return or jump: what follows is reached from elsewhere, and is framed
//
// Calls are only ever made while framed, so frames below the innermost are right even where this reading of
// code in its order of address is not that of its control flow.
#include "debug/unwind.h"

#include "base/bytes.h"

#include <llvm/ADT/StringRef.h>
#include <llvm/BinaryFormat/Dwarf.h>
#include <llvm/MC/MCAsmInfo.h>
#include <llvm/MC/MCContext.h>
#include <llvm/MC/MCDisassembler/MCDisassembler.h>
#include <llvm/MC/MCInst.h>
#include <llvm/MC/MCInstrInfo.h>
#include <llvm/MC/MCRegisterInfo.h>
#include <llvm/MC/MCSubtargetInfo.h>
#include <llvm/MC/MCTargetOptions.h>
#include <llvm/MC/TargetRegistry.h>
#include <llvm/Support/LEB128.h>
#include <llvm/Support/TargetSelect.h>
#include <llvm/Support/raw_ostream.h>
#include <llvm/TargetParser/Host.h>

#include <memory>

namespace ligature {
namespace {

namespace dwarf = llvm::dwarf;

// DWARF's numbers for x86-64.
constexpr uint8_t kRbx = 3, kRbp = 6, kRsp = 7, kR12 = 12, kR15 = 15, kReturnAddress = 16;

void put_uleb(std::string &out, uint64_t value) {
  uint8_t bytes[16];
  out.append(reinterpret_cast<const char *>(bytes), llvm::encodeULEB128(value, bytes));
}

void put_cfa(std::string &out, uint8_t reg, uint64_t offset) {
  append_fixed(out, uint8_t{dwarf::DW_CFA_def_cfa});
  put_uleb(out, reg);
  put_uleb(out, offset);
}

/// Writes a CIE or FDE: its length, then `body` padded to a multiple of eight.
void put_entry(std::string &out, std::string body) {
  while ((body.size() + 4) % 8 != 0)
    append_fixed(body, uint8_t{dwarf::DW_CFA_nop});
  append_fixed(out, static_cast<uint32_t>(body.size()));
  out += body;
}

void put_common_entry(std::string &out) {
  std::string body;
  append_fixed(body, ~uint32_t{0});
  append_fixed(body, uint8_t{1});    // version
  append_fixed(body, uint8_t{0});    // no augmentation
  put_uleb(body, 1);                 // code alignment
  append_fixed(body, uint8_t{0x78}); // data alignment: -8
  append_fixed(body, kReturnAddress);
  put_cfa(body, kRsp, 8);
  append_fixed(body, static_cast<uint8_t>(dwarf::DW_CFA_offset | kReturnAddress));
  put_uleb(body, 1);
  put_entry(out, std::move(body));
}

/// What the code reader needs of LLVM, made once.
class CodeReader {
public:
  /// Null if LLVM does not read this machine's code.
  static const CodeReader *get() {
    static const CodeReader reader;
    return reader.disassembler_ ? &reader : nullptr;
  }
  /// Its length; 0 if it is none.
  uint64_t read(llvm::ArrayRef<uint8_t> bytes, llvm::MCInst &instruction) const {
    uint64_t size = 0;
    auto status = disassembler_->getInstruction(instruction, size, bytes, 0, llvm::nulls());
    return status == llvm::MCDisassembler::Fail ? 0 : size;
  }
  llvm::StringRef name(const llvm::MCInst &instruction) const {
    return info_->getName(instruction.getOpcode());
  }
  bool ends_flow(const llvm::MCInst &instruction) const {
    return info_->get(instruction.getOpcode()).isBarrier();
  }
  int dwarf_register(const llvm::MCInst &instruction) const {
    return registers_->getDwarfRegNum(instruction.getOperand(0).getReg(), false);
  }

private:
  CodeReader() {
    llvm::InitializeNativeTarget();
    llvm::InitializeNativeTargetDisassembler();
    std::string triple = llvm::sys::getProcessTriple(), error;
    const llvm::Target *target = llvm::TargetRegistry::lookupTarget(triple, error);
    if (!target)
      return;
    registers_.reset(target->createMCRegInfo(triple));
    assembly_.reset(target->createMCAsmInfo(*registers_, triple, llvm::MCTargetOptions()));
    info_.reset(target->createMCInstrInfo());
    subtarget_.reset(target->createMCSubtargetInfo(triple, llvm::sys::getHostCPUName(), ""));
    context_ = std::make_unique<llvm::MCContext>(llvm::Triple(triple), assembly_.get(), registers_.get(),
                                                 subtarget_.get());
    disassembler_.reset(target->createMCDisassembler(*subtarget_, *context_));
  }

  std::unique_ptr<llvm::MCRegisterInfo> registers_;
  std::unique_ptr<llvm::MCAsmInfo> assembly_;
  std::unique_ptr<llvm::MCInstrInfo> info_;
  std::unique_ptr<llvm::MCSubtargetInfo> subtarget_;
  std::unique_ptr<llvm::MCContext> context_;
  std::unique_ptr<llvm::MCDisassembler> disassembler_;
};

/// Reads one function and writes the program of its FDE.
class FrameReader {
public:
  FrameReader(const CodeReader &reader, std::string &out) : reader_(reader), out_(out) {}

  /// False if no frame is set up: foreign code need not have frame pointers.
  bool read(const uint8_t *begin, const uint8_t *end) {
    llvm::ArrayRef<uint8_t> rest(begin, end);
    while (!rest.empty()) {
      llvm::MCInst instruction;
      uint64_t size = reader_.read(rest, instruction);
      if (size == 0) // constants in the code: what comes after keeps the frame
        break;
      rest = rest.drop_front(size);
      after_ = static_cast<uint64_t>(rest.begin() - begin);
      step(instruction);
    }
    return state_ != State::Entered && state_ != State::Pushed;
  }

private:
  enum class State : uint8_t { Entered, Pushed, Framed, Popped };

  void step(const llvm::MCInst &instruction) {
    llvm::StringRef name = reader_.name(instruction);
    bool push = name == "PUSH64r";
    switch (state_) {
    case State::Entered:
      if (push && reader_.dwarf_register(instruction) == kRbp)
        enter(State::Pushed, kRsp, 16), saved(kRbp, 2);
      break;
    case State::Pushed:
      if (name == "MOV64rr" && reader_.dwarf_register(instruction) == kRbp)
        enter(State::Framed, kRbp, 16);
      break;
    case State::Framed:
      if (push && saving_)
        save(reader_.dwarf_register(instruction));
      else
        saving_ = false;
      if (name == "LEAVE64" || (name == "POP64r" && reader_.dwarf_register(instruction) == kRbp)) {
        enter(State::Popped, kRsp, 8);
        append_fixed(out_, static_cast<uint8_t>(dwarf::DW_CFA_restore | kRbp));
      }
      break;
    case State::Popped:
      if (reader_.ends_flow(instruction))
        enter(State::Framed, kRbp, 16), saved(kRbp, 2);
      break;
    }
  }

  /// A push after the frame is set up: of a register that callers want back, or for alignment.
  void save(int reg) {
    ++slot_;
    if (reg == kRbx || (reg >= kR12 && reg <= kR15))
      saved(static_cast<uint8_t>(reg), slot_);
  }

  void advance() {
    if (after_ != at_) {
      append_fixed(out_, uint8_t{dwarf::DW_CFA_advance_loc4});
      append_fixed(out_, static_cast<uint32_t>(after_ - at_));
    }
    at_ = after_;
  }

  void enter(State state, uint8_t reg, uint64_t offset) {
    advance();
    put_cfa(out_, reg, offset);
    state_ = state;
  }

  void saved(uint8_t reg, uint64_t slot) {
    advance();
    append_fixed(out_, static_cast<uint8_t>(dwarf::DW_CFA_offset | reg));
    put_uleb(out_, slot);
  }

  const CodeReader &reader_;
  std::string &out_;
  State state_ = State::Entered;
  bool saving_ = true;          // still in the pushes of the prologue
  uint64_t slot_ = 2;           // return address, rbp
  uint64_t at_ = 0, after_ = 0; // offsets: of the last rule, after the instruction at hand
};

} // namespace

std::string unwind_section(std::span<const std::pair<uintptr_t, uintptr_t>> functions) {
  const CodeReader *reader = CodeReader::get();
  if (!reader)
    return {};
  std::string section;
  put_common_entry(section);
  for (auto [begin, end] : functions) {
    std::string body;
    append_fixed(body, uint32_t{0}); // the common entry's offset
    append_fixed(body, static_cast<uint64_t>(begin));
    append_fixed(body, static_cast<uint64_t>(end - begin));
    FrameReader frames(*reader, body);
    if (frames.read(reinterpret_cast<const uint8_t *>(begin), reinterpret_cast<const uint8_t *>(end)))
      put_entry(section, std::move(body));
  }
  return section;
}

} // namespace ligature
