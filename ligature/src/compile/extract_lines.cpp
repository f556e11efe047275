// SPDX-License-Identifier: MIT
//
// Per function: the scopes are its subprogram and what was inlined into it (in tree order, so a parent comes
// first and the last scope that covers an address is the innermost). The rows are cut wherever the line
// program or the innermost scope changes.
#include "compile/extract_lines.h"

#include <llvm/DebugInfo/DWARF/DWARFContext.h>
#include <llvm/IR/DebugInfo.h>
#include <llvm/ObjCopy/ConfigManager.h>
#include <llvm/ObjCopy/ObjCopy.h>
#include <llvm/Object/ELF.h> // not ELFObjectFile.h, which C++23 rejects in LLVM 19
#include <llvm/Object/ObjectFile.h>
#include <llvm/Support/SmallVectorMemoryBuffer.h>

#include <algorithm>

namespace ligature {
namespace {

/// A function of the object: its symbol and where it is.
struct Extent {
  std::string symbol;
  uint64_t section, begin, end;
};

/// A scope with the code it covers.
struct CoveredScope {
  LineScope scope;
  std::vector<std::pair<uint64_t, uint64_t>> ranges;
  bool covers(uint64_t address) const {
    return std::any_of(ranges.begin(), ranges.end(),
                       [&](auto &range) { return address >= range.first && address < range.second; });
  }
};

uint32_t method_ordinal(const llvm::DWARFDie &die) {
  for (const char *name : {die.getLinkageName(), die.getName(llvm::DINameKind::ShortName)}) {
    uint32_t ordinal;
    llvm::StringRef text(name ? name : "");
    if (text.consume_front("m") && !text.getAsInteger(10, ordinal))
      return ordinal;
  }
  return LineScope::kNone;
}

llvm::Error add_scopes(const llvm::DWARFDie &die, uint32_t parent, std::vector<CoveredScope> &scopes) {
  uint32_t self = parent;
  bool inlined = die.getTag() == llvm::dwarf::DW_TAG_inlined_subroutine;
  if (inlined || die.getTag() == llvm::dwarf::DW_TAG_subprogram) {
    CoveredScope scope;
    auto ranges = die.getAddressRanges();
    if (!ranges)
      return ranges.takeError();
    for (const llvm::DWARFAddressRange &range : *ranges)
      scope.ranges.emplace_back(range.LowPC, range.HighPC);
    auto call_line = llvm::dwarf::toUnsigned(die.find(llvm::dwarf::DW_AT_call_line), 0);
    scope.scope = {method_ordinal(die), parent, static_cast<int32_t>(call_line)};
    self = static_cast<uint32_t>(scopes.size());
    scopes.push_back(std::move(scope));
  }
  for (llvm::DWARFDie child : die.children())
    if (llvm::Error error = add_scopes(child, self, scopes))
      return error;
  return llvm::Error::success();
}

uint32_t innermost(const std::vector<CoveredScope> &scopes, uint64_t address) {
  for (size_t i = scopes.size(); i-- > 0;)
    if (scopes[i].covers(address))
      return static_cast<uint32_t>(i);
  return LineScope::kNone;
}

std::vector<LineRow> make_rows(const Extent &function, const llvm::DWARFDebugLine::LineTable &program,
                               const std::vector<CoveredScope> &scopes) {
  std::map<uint64_t, int32_t> lines; // where the line changes
  for (const auto &row : program.Rows)
    if (!row.EndSequence && row.Line != 0 && row.Address.SectionIndex == function.section &&
        row.Address.Address >= function.begin && row.Address.Address < function.end)
      lines[row.Address.Address] = static_cast<int32_t>(row.Line); // the last row at an address counts
  std::vector<uint64_t> cuts;
  for (auto &[address, line] : lines)
    cuts.push_back(address);
  for (const CoveredScope &scope : scopes)
    for (auto &[begin, end] : scope.ranges)
      for (uint64_t cut : {begin, end})
        if (cut >= function.begin && cut < function.end)
          cuts.push_back(cut);
  std::sort(cuts.begin(), cuts.end());
  cuts.erase(std::unique(cuts.begin(), cuts.end()), cuts.end());
  std::vector<LineRow> rows;
  for (uint64_t cut : cuts) {
    auto after = lines.upper_bound(cut);
    int32_t line = after == lines.begin() ? 0 : std::prev(after)->second;
    LineRow row{static_cast<uint32_t>(cut - function.begin), line, innermost(scopes, cut)};
    if (rows.empty() || rows.back().line != row.line || rows.back().scope != row.scope)
      rows.push_back(row);
  }
  return rows;
}

llvm::Expected<std::vector<Extent>> functions_of(llvm::StringRef bytes) {
  auto elf = llvm::object::ELF64LEFile::create(bytes);
  if (!elf)
    return elf.takeError();
  auto sections = elf->sections();
  if (!sections)
    return sections.takeError();
  std::vector<Extent> functions;
  for (const auto &section : *sections) {
    if (section.sh_type != llvm::ELF::SHT_SYMTAB)
      continue;
    auto names = elf->getStringTableForSymtab(section);
    auto symbols = elf->symbols(&section);
    if (!names || !symbols)
      return llvm::joinErrors(names.takeError(), symbols.takeError());
    for (const auto &symbol : *symbols) {
      if (symbol.getType() != llvm::ELF::STT_FUNC || symbol.st_size == 0)
        continue;
      auto name = symbol.getName(*names);
      if (!name)
        return name.takeError();
      functions.push_back({name->str(), symbol.st_shndx, symbol.st_value, symbol.st_value + symbol.st_size});
    }
  }
  std::sort(functions.begin(), functions.end(), [](auto &a, auto &b) { return a.symbol < b.symbol; });
  return functions;
}

llvm::Error read_lines_of(llvm::DWARFContext &dwarf, const Extent &function, ObjectLines &lines) {
  llvm::DWARFDie die;
  llvm::DWARFUnit *unit = nullptr;
  for (const auto &candidate : dwarf.compile_units()) {
    for (llvm::DWARFDie child : candidate->getUnitDIE(false).children()) {
      auto ranges = child.getTag() == llvm::dwarf::DW_TAG_subprogram ? child.getAddressRanges()
                                                                     : llvm::DWARFAddressRangesVector();
      if (!ranges)
        return ranges.takeError();
      for (const llvm::DWARFAddressRange &range : *ranges)
        if (range.SectionIndex == function.section && range.LowPC == function.begin)
          die = child, unit = candidate.get();
    }
  }
  if (!die)
    return llvm::Error::success(); // a function without positions
  std::vector<CoveredScope> scopes;
  if (llvm::Error error = add_scopes(die, LineScope::kNone, scopes))
    return error;
  const llvm::DWARFDebugLine::LineTable *program = dwarf.getLineTableForUnit(unit);
  if (!program)
    return llvm::Error::success();
  ObjectLines::Function result{function.symbol, {make_rows(function, *program, scopes), {}}};
  for (CoveredScope &scope : scopes)
    result.table.scopes.push_back(scope.scope);
  lines.functions.push_back(std::move(result));
  return llvm::Error::success();
}

llvm::Error drop_debug_sections(Object &object, llvm::object::ObjectFile &elf) {
  llvm::objcopy::ConfigManager config;
  config.Common.StripDebug = true;
  llvm::SmallVector<char, 0> bytes;
  llvm::raw_svector_ostream out(bytes);
  if (llvm::Error error = llvm::objcopy::executeObjcopyOnBinary(config, elf, out))
    return error;
  object.bytes = std::make_unique<llvm::SmallVectorMemoryBuffer>(std::move(bytes), "unit", false);
  return llvm::Error::success();
}

bool has_debug_info(const llvm::object::ObjectFile &elf) {
  for (const llvm::object::SectionRef &section : elf.sections()) {
    auto name = section.getName();
    if (name ? *name == ".debug_info" : (llvm::consumeError(name.takeError()), false))
      return true;
  }
  return false;
}

} // namespace

void carry_ordinals(llvm::Module &module) {
  llvm::DebugInfoFinder finder;
  finder.processModule(module);
  for (llvm::DISubprogram *scope : finder.subprograms())
    if (!scope->getLinkageName().empty())
      scope->replaceOperandWith(2, scope->getRawLinkageName()); // operand 2 is the name
}

llvm::Error take_lines_out(Object &object) {
  auto elf = llvm::object::ObjectFile::createELFObjectFile(object.bytes->getMemBufferRef());
  if (!elf)
    return elf.takeError();
  if (!has_debug_info(**elf))
    return llvm::Error::success();
  auto functions = functions_of(object.bytes->getBuffer());
  if (!functions)
    return functions.takeError();
  auto dwarf = llvm::DWARFContext::create(**elf);
  for (const Extent &function : *functions)
    if (llvm::Error error = read_lines_of(*dwarf, function, object.lines))
      return error;
  dwarf = nullptr;
  return drop_debug_sections(object, **elf);
}

} // namespace ligature
