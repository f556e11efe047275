// SPDX-License-Identifier: MIT
#include "debug/elf_image.h"

#include "debug/dwarf.h"
#include "debug/unwind.h"

#include <llvm/BinaryFormat/ELF.h>
#include <llvm/ObjectYAML/ELFYAML.h>
#include <llvm/ObjectYAML/yaml2obj.h>
#include <llvm/Support/raw_ostream.h>

namespace ligature {

namespace {

namespace ELF = llvm::ELF;
namespace yaml = llvm::ELFYAML;

constexpr const char *kText = ".text";

/// Where the code is; the file has none of it.
std::unique_ptr<yaml::Section> text_section(const DebugUnit &unit) {
  auto section = std::make_unique<yaml::NoBitsSection>();
  section->Name = kText;
  section->Type = ELF::SHT_NOBITS;
  section->Flags = yaml::ELF_SHF(ELF::SHF_ALLOC | ELF::SHF_EXECINSTR);
  section->Address = unit.functions.front().begin;
  section->Size = unit.functions.back().end - unit.functions.front().begin;
  section->AddressAlign = 1;
  return section;
}

std::unique_ptr<yaml::Section> frame_section(const std::string &bytes) {
  auto section = std::make_unique<yaml::RawContentSection>();
  section->Name = ".debug_frame";
  section->Type = ELF::SHT_PROGBITS;
  section->AddressAlign = 8;
  section->Content = llvm::yaml::BinaryRef({reinterpret_cast<const uint8_t *>(bytes.data()), bytes.size()});
  return section;
}

void add_symbol(yaml::Object &object, llvm::StringRef name, const DebugUnit::Function &function) {
  yaml::Symbol symbol{};
  symbol.Name = name;
  symbol.Type = yaml::ELF_STT(ELF::STT_FUNC);
  symbol.Section = llvm::StringRef(kText);
  symbol.Binding = yaml::ELF_STB(ELF::STB_GLOBAL);
  symbol.Value = function.begin;
  symbol.Size = function.end - function.begin;
  object.Symbols->push_back(symbol);
}

/// Each function under its session name, and under the name that it has in the source.
void add_symbols(yaml::Object &object, const DebugUnit &unit) {
  object.Symbols.emplace();
  for (const DebugUnit::Function &function : unit.functions) {
    add_symbol(object, function.name, function);
    if (function.role == CodeRole::Function && function.place != DebugUnit::kNone &&
        !unit.places[function.place].function.empty())
      add_symbol(object, unit.places[function.place].function, function);
  }
}

yaml::FileHeader header() {
  yaml::FileHeader header{};
  header.Class = yaml::ELF_ELFCLASS(ELF::ELFCLASS64);
  header.Data = yaml::ELF_ELFDATA(ELF::ELFDATA2LSB);
  header.OSABI = yaml::ELF_ELFOSABI(ELF::ELFOSABI_NONE);
  header.Type = yaml::ELF_ET(ELF::ET_EXEC); // addresses are absolute
  header.Machine = yaml::ELF_EM(ELF::EM_X86_64);
  return header;
}

} // namespace

std::expected<std::string, std::string> write_elf_image(const DebugUnit &unit, const std::string &folder) {
  std::vector<std::pair<uintptr_t, uintptr_t>> extents;
  for (const DebugUnit::Function &function : unit.functions)
    extents.emplace_back(function.begin, function.end);
  std::string frames = unwind_section(extents);
  Dwarf dwarf(unit, folder);
  yaml::Object object;
  object.Header = header();
  object.Chunks.push_back(text_section(unit));
  object.Chunks.push_back(frame_section(frames));
  object.DWARF = std::move(dwarf.data);
  add_symbols(object, unit);
  std::string image, reason;
  llvm::raw_string_ostream out(image);
  auto note = [&](const llvm::Twine &text) { reason += text.str(); };
  if (!llvm::yaml::yaml2elf(object, out, note, UINT64_MAX))
    return std::unexpected("debug information: " + reason);
  return image;
}

} // namespace ligature
