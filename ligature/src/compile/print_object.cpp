// SPDX-License-Identifier: MIT
#include "ligature/compile.h"

#include <llvm/Object/ELF.h> // not ELFObjectFile.h, which C++23 rejects in LLVM 19
#include <llvm/Support/Format.h>

namespace ligature {
namespace {

using Elf = llvm::object::ELF64LEFile;
using Section = Elf::Elf_Shdr;
using Symbol = Elf::Elf_Sym;

/// The value, or an empty one where the object is damaged: a printer goes on.
template <class T> T value_or_empty(llvm::Expected<T> value) {
  if (value)
    return *value;
  llvm::consumeError(value.takeError());
  return T{};
}

class Printer {
public:
  Printer(const Elf &elf, llvm::raw_ostream &out) : elf_(elf), out_(out) {
    sections_ = value_or_empty(elf.sections());
    for (const Section &section : sections_)
      if (section.sh_type == llvm::ELF::SHT_SYMTAB) {
        symbols_ = value_or_empty(elf.symbols(&section));
        names_ = value_or_empty(elf.getStringTableForSymtab(section));
      }
  }
  void print();

private:
  llvm::StringRef section_name(const Section &section) {
    return value_or_empty(elf_.getSectionName(section));
  }
  llvm::StringRef symbol_name(const Symbol &symbol) {
    if (symbol.getType() == llvm::ELF::STT_SECTION && symbol.st_shndx < sections_.size())
      return section_name(sections_[symbol.st_shndx]);
    return value_or_empty(symbol.getName(names_));
  }
  void print_relocations(const Section &relocations);
  void print_symbols();

  const Elf &elf_;
  llvm::raw_ostream &out_;
  Elf::Elf_Shdr_Range sections_;
  Elf::Elf_Sym_Range symbols_;
  llvm::StringRef names_;
};

void Printer::print_relocations(const Section &relocations) {
  for (const auto &relocation : value_or_empty(elf_.relas(relocations))) {
    uint32_t symbol = relocation.getSymbol(false);
    out_ << "  " << llvm::format_hex_no_prefix(relocation.r_offset, 4) << ' '
         << elf_.getRelocationTypeName(relocation.getType(false)) << ' '
         << (symbol < symbols_.size() ? symbol_name(symbols_[symbol]) : "?");
    if (int64_t addend = relocation.r_addend)
      out_ << (addend < 0 ? " - " : " + ") << (addend < 0 ? 0 - static_cast<uint64_t>(addend) : addend);
    out_ << '\n';
  }
}

void Printer::print_symbols() {
  for (const Symbol &symbol : symbols_) {
    llvm::StringRef name = symbol_name(symbol);
    if (symbol.getType() == llvm::ELF::STT_FILE || symbol.getType() == llvm::ELF::STT_SECTION || name.empty())
      continue;
    if (symbol.st_shndx == llvm::ELF::SHN_UNDEF)
      out_ << "undefined " << name << '\n';
    else
      out_ << (symbol.getBinding() == llvm::ELF::STB_LOCAL ? "local " : "global ") << name << " at "
           << llvm::format_hex_no_prefix(symbol.st_value, 4) << ", " << symbol.st_size << " bytes\n";
  }
}

void Printer::print() {
  for (size_t i = 0; i < sections_.size(); ++i) {
    if (!(sections_[i].sh_flags & llvm::ELF::SHF_ALLOC) || sections_[i].sh_size == 0)
      continue;
    out_ << "section " << section_name(sections_[i]) << ", " << sections_[i].sh_size << " bytes\n";
    for (const Section &other : sections_)
      if (other.sh_type == llvm::ELF::SHT_RELA && other.sh_info == i)
        print_relocations(other);
  }
  print_symbols();
}

} // namespace

std::string print_object(llvm::MemoryBufferRef object) {
  auto elf = Elf::create(object.getBuffer());
  if (!elf)
    return "not an object: " + llvm::toString(elf.takeError()) + "\n";
  std::string text;
  llvm::raw_string_ostream out(text);
  Printer(*elf, out).print();
  return text;
}

} // namespace ligature
