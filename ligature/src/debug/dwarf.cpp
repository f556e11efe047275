// SPDX-License-Identifier: MIT
#include "debug/dwarf.h"

#include <algorithm>

namespace ligature {

namespace {

namespace dwarf = llvm::dwarf;
namespace yaml = llvm::DWARFYAML;

enum Abbreviation : unsigned { kEnd, kUnit, kAbstract, kFunction, kInlined };

constexpr unsigned kUnitHeader = 11; // length, version, abbreviations, size of an address
constexpr const char *kProducer = "ligature";

/// Line tables and DIEs count files from 1; 0 is none.
uint64_t file_number(uint32_t file) {
  return file == DebugUnit::kNone ? 0 : file + 1;
}

yaml::Abbrev abbreviation(unsigned code, dwarf::Tag tag, dwarf::Constants children,
                          std::initializer_list<std::pair<dwarf::Attribute, dwarf::Form>> attributes) {
  yaml::Abbrev result;
  result.Code = code;
  result.Tag = tag;
  result.Children = children;
  for (auto [attribute, form] : attributes)
    result.Attributes.push_back({attribute, form, 0});
  return result;
}

yaml::LineTableOpcode opcode(dwarf::LineNumberOps operation) {
  yaml::LineTableOpcode result{};
  result.Opcode = operation;
  return result;
}

yaml::LineTableOpcode extended(dwarf::LineNumberExtendedOps operation, uint64_t bytes, uint64_t data = 0) {
  yaml::LineTableOpcode result = opcode(dwarf::DW_LNS_extended_op);
  result.SubOpcode = operation;
  result.ExtLen = bytes;
  result.Data = data;
  return result;
}

yaml::LineTableOpcode with_data(dwarf::LineNumberOps operation, uint64_t data) {
  yaml::LineTableOpcode result = opcode(operation);
  result.Data = data;
  return result;
}

yaml::LineTableOpcode advance_line(int64_t lines) {
  yaml::LineTableOpcode result = opcode(dwarf::DW_LNS_advance_line);
  result.SData = lines;
  return result;
}

} // namespace

Dwarf::Dwarf(const DebugUnit &unit, const std::string &folder) : unit_(unit) {
  data.IsLittleEndian = true;
  data.Is64BitAddrSize = true;
  data.DebugStrings.emplace();
  data.DebugRanges.emplace();
  write_abbreviations();
  write_lines();
  write_unit(folder);
}

// The order of values in `entry` calls, and their sizes there, follow this.
void Dwarf::write_abbreviations() {
  using namespace dwarf;
  yaml::AbbrevTable table;
  table.Table = {
      abbreviation(kUnit, DW_TAG_compile_unit, DW_CHILDREN_yes,
                   {{DW_AT_producer, DW_FORM_strp},
                    {DW_AT_language, DW_FORM_data2},
                    {DW_AT_name, DW_FORM_strp},
                    {DW_AT_comp_dir, DW_FORM_strp},
                    {DW_AT_stmt_list, DW_FORM_sec_offset},
                    {DW_AT_low_pc, DW_FORM_addr},
                    {DW_AT_high_pc, DW_FORM_data8}}),
      abbreviation(kAbstract, DW_TAG_subprogram, DW_CHILDREN_no,
                   {{DW_AT_name, DW_FORM_strp},
                    {DW_AT_decl_file, DW_FORM_data4},
                    {DW_AT_decl_line, DW_FORM_data4},
                    {DW_AT_inline, DW_FORM_data1}}),
      abbreviation(kFunction, DW_TAG_subprogram, DW_CHILDREN_yes,
                   {{DW_AT_name, DW_FORM_strp},
                    {DW_AT_decl_file, DW_FORM_data4},
                    {DW_AT_decl_line, DW_FORM_data4},
                    {DW_AT_external, DW_FORM_flag},
                    {DW_AT_low_pc, DW_FORM_addr},
                    {DW_AT_high_pc, DW_FORM_data8}}),
      abbreviation(kInlined, DW_TAG_inlined_subroutine, DW_CHILDREN_yes,
                   {{DW_AT_abstract_origin, DW_FORM_ref4},
                    {DW_AT_ranges, DW_FORM_sec_offset},
                    {DW_AT_call_file, DW_FORM_data4},
                    {DW_AT_call_line, DW_FORM_data4}}),
  };
  data.DebugAbbrev.push_back(std::move(table));
}

void Dwarf::write_lines() {
  yaml::LineTable table{};
  table.Format = dwarf::DWARF32;
  table.Version = 4;
  table.MinInstLength = 1;
  table.MaxOpsPerInst = 1;
  table.DefaultIsStmt = 1;
  table.LineBase = 0;
  table.LineRange = 1;
  for (const std::string &file : unit_.files)
    table.Files.push_back({file, 0, 0, 0});
  for (const DebugUnit::Function &function : unit_.functions)
    if (!function.rows.empty())
      write_line_rows(table, function);
  data.DebugLines.push_back(std::move(table));
}

void Dwarf::write_line_rows(yaml::LineTable &table, const DebugUnit::Function &function) {
  auto &operations = table.Opcodes;
  uintptr_t address = function.rows.front().address;
  uint32_t file = 0; // the table's initial state: file 1, line 1
  int64_t line = 1;
  bool breakpoint = true;
  operations.push_back(extended(dwarf::DW_LNE_set_address, 9, address));
  for (const DebugUnit::Row &row : function.rows) {
    if (row.file != file)
      operations.push_back(with_data(dwarf::DW_LNS_set_file, file_number(row.file)));
    if (row.line != line)
      operations.push_back(advance_line(row.line - line));
    if (row.address != address)
      operations.push_back(with_data(dwarf::DW_LNS_advance_pc, row.address - address));
    if (row.breakpoint != breakpoint)
      operations.push_back(opcode(dwarf::DW_LNS_negate_stmt));
    operations.push_back(opcode(dwarf::DW_LNS_copy));
    file = row.file, line = row.line, address = row.address, breakpoint = row.breakpoint;
  }
  operations.push_back(with_data(dwarf::DW_LNS_advance_pc, function.end - address));
  operations.push_back(extended(dwarf::DW_LNE_end_sequence, 1));
}

void Dwarf::write_unit(const std::string &folder) {
  yaml::Unit unit{};
  unit.Format = dwarf::DWARF32;
  unit.Version = 4;
  unit.AddrSize = 8;
  data.CompileUnits.push_back(std::move(unit));
  info_bytes_ = kUnitHeader;
  uintptr_t begin = ~uintptr_t{0}, end = 0;
  for (const DebugUnit::Function &function : unit_.functions) {
    begin = std::min(begin, function.begin);
    end = std::max(end, function.end);
  }
  // C: a debugger's expressions need some language, and no functions of it are mangled.
  std::string name = unit_.files.empty() ? unit_.functions.front().name : unit_.files.front();
  entry(kUnit, {text(kProducer), dwarf::DW_LANG_C99, text(name), text(folder), 0, begin, end - begin},
        4 + 2 + 4 + 4 + 4 + 8 + 8);
  for (const DebugUnit::Place &place : unit_.places)
    write_abstract(place);
  for (const DebugUnit::Function &function : unit_.functions)
    write_function(function);
  entry(kEnd, {}, 0);
}

void Dwarf::write_abstract(const DebugUnit::Place &place) {
  abstract_.push_back(info_bytes_);
  if (place.inlined)
    entry(kAbstract,
          {text(place.function), file_number(place.file), static_cast<uint32_t>(place.base_line + 1),
           dwarf::DW_INL_inlined},
          4 + 4 + 4 + 1);
}

void Dwarf::write_function(const DebugUnit::Function &function) {
  uint64_t file = 0, line = 0;
  if (function.place != DebugUnit::kNone) {
    const DebugUnit::Place &place = unit_.places[function.place];
    file = file_number(place.file);
    line = static_cast<uint32_t>(place.base_line + 1);
  }
  entry(kFunction, {text(function.name), file, line, 1, function.begin, function.end - function.begin},
        4 + 4 + 4 + 1 + 8 + 8);
  write_inlined(function, DebugUnit::kNone);
  entry(kEnd, {}, 0);
}

void Dwarf::write_inlined(const DebugUnit::Function &function, uint32_t parent) {
  for (uint32_t i = parent == DebugUnit::kNone ? 0 : parent + 1; i < function.inlined.size(); i++) {
    const DebugUnit::Inlined &call = function.inlined[i];
    if (call.parent != parent || call.ranges.empty())
      continue;
    entry(kInlined,
          {abstract_[call.place], ranges(call.ranges), file_number(call.call_file),
           static_cast<uint32_t>(call.call_line)},
          4 + 4 + 4 + 4);
    write_inlined(function, i); // as deep as calls were inlined
    entry(kEnd, {}, 0);
  }
}

uint64_t Dwarf::text(const std::string &string) {
  uint64_t offset = text_bytes_;
  texts_.push_back(string);
  data.DebugStrings->push_back(texts_.back());
  text_bytes_ += string.size() + 1;
  return offset;
}

uint64_t Dwarf::ranges(const std::vector<std::pair<uintptr_t, uintptr_t>> &ranges) {
  uint64_t offset = range_bytes_;
  yaml::Ranges list;
  list.AddrSize = 8;
  // Relative to the unit's first address, unless told otherwise: which this entry does.
  list.Entries.push_back({~uint64_t{0}, 0});
  for (auto [begin, end] : ranges)
    list.Entries.push_back({begin, end});
  range_bytes_ += 16 * (list.Entries.size() + 1);
  data.DebugRanges->push_back(std::move(list));
  return offset;
}

void Dwarf::entry(unsigned code, std::initializer_list<uint64_t> values, unsigned size) {
  yaml::Entry result{};
  result.AbbrCode = code;
  for (uint64_t value : values)
    result.Values.push_back({value, {}, {}});
  info_bytes_ += 1 + size;
  data.CompileUnits.front().Entries.push_back(std::move(result));
}

} // namespace ligature
