// SPDX-License-Identifier: MIT
#include "link/check_elf.h"

#include <llvm/Object/ELF.h> // not ELFObjectFile.h, which C++23 rejects in LLVM 19

namespace ligature {
namespace {

using Elf = llvm::object::ELF64LEFile;

llvm::Error damaged(const llvm::Twine &text) {
  return llvm::createStringError("object: " + text);
}

class Checker {
public:
  explicit Checker(const Elf &elf) : elf_(elf) {}

  llvm::Error run() {
    auto sections = elf_.sections();
    if (!sections)
      return sections.takeError();
    sections_ = *sections;
    for (const Elf::Elf_Shdr &section : sections_)
      if (llvm::Error error = check_section(section))
        return error;
    if (!symbols_)
      return damaged("has no symbol table");
    for (const Elf::Elf_Shdr &section : sections_)
      if (section.sh_type == llvm::ELF::SHT_RELA)
        if (llvm::Error error = check_relocations(section))
          return error;
    return llvm::Error::success();
  }

private:
  llvm::Error check_section(const Elf::Elf_Shdr &section) {
    auto name = elf_.getSectionName(section);
    if (!name)
      return name.takeError();
    if (section.sh_type != llvm::ELF::SHT_NOBITS)
      if (auto bytes = elf_.getSectionContents(section); !bytes)
        return bytes.takeError();
    if (section.sh_addralign > 1 && !llvm::isPowerOf2_64(section.sh_addralign))
      return damaged("section " + *name + " has an impossible alignment");
    if (section.sh_type == llvm::ELF::SHT_REL)
      return damaged("section " + *name + " holds relocations of a kind that x86-64 does not have");
    return section.sh_type == llvm::ELF::SHT_SYMTAB ? check_symbols(section) : llvm::Error::success();
  }

  llvm::Error check_symbols(const Elf::Elf_Shdr &table) {
    if (symbols_)
      return damaged("has two symbol tables");
    symbols_ = &table;
    auto names = elf_.getStringTableForSymtab(table);
    auto symbols = elf_.symbols(&table);
    if (!names || !symbols)
      return llvm::joinErrors(names.takeError(), symbols.takeError());
    for (const auto &symbol : *symbols) {
      auto name = symbol.getName(*names);
      if (!name)
        return name.takeError();
      if (name->empty() && symbol.getBinding() != llvm::ELF::STB_LOCAL)
        return damaged("a symbol that others may refer to has no name");
      if (symbol.st_shndx < llvm::ELF::SHN_LORESERVE && symbol.st_shndx >= sections_.size())
        return damaged("symbol '" + *name + "' is in a section that does not exist");
    }
    return llvm::Error::success();
  }

  llvm::Error check_relocations(const Elf::Elf_Shdr &section) {
    if (section.sh_info >= sections_.size() || section.sh_link >= sections_.size() ||
        &sections_[section.sh_link] != symbols_)
      return damaged("relocations belong to sections that do not exist");
    auto relocations = elf_.relas(section);
    if (!relocations)
      return relocations.takeError();
    size_t count = symbols_->sh_size / sizeof(Elf::Elf_Sym);
    for (const auto &relocation : *relocations)
      if (uint32_t symbol = relocation.getSymbol(/*isMips64EL=*/false); // 0 is no symbol
          symbol >= count || (symbol == 0 && relocation.getType(false) != llvm::ELF::R_X86_64_NONE))
        return damaged("a relocation refers to a symbol that does not exist");
    return llvm::Error::success();
  }

  const Elf &elf_;
  llvm::ArrayRef<Elf::Elf_Shdr> sections_;
  const Elf::Elf_Shdr *symbols_ = nullptr;
};

} // namespace

llvm::Error check_elf(llvm::MemoryBufferRef object) {
  auto elf = Elf::create(object.getBuffer());
  if (!elf)
    return elf.takeError();
  const auto &header = elf->getHeader();
  if (!header.checkMagic() || header.getFileClass() != llvm::ELF::ELFCLASS64 ||
      header.getDataEncoding() != llvm::ELF::ELFDATA2LSB || header.e_machine != llvm::ELF::EM_X86_64 ||
      header.e_type != llvm::ELF::ET_REL)
    return damaged("is not a relocatable ELF object for x86-64");
  return Checker(*elf).run();
}

} // namespace ligature
