// SPDX-License-Identifier: MIT
#include "debug/elf_image.h"
#include "debug/gdb.h"
#include "debug/unwind.h"

#include <gtest/gtest.h>
#include <llvm/DebugInfo/DWARF/DWARFContext.h>
#include <llvm/DebugInfo/DWARF/DWARFDebugFrame.h>
#include <llvm/Object/ObjectFile.h>
#include <llvm/Support/MemoryBuffer.h>

#include <cstring>

namespace {

using namespace ligature;

// f has g inlined, which has h inlined; the code is real, so that it can be read.
//   push rbp; mov rbp, rsp; push rbx; nop x6; pop rbx; pop rbp; ret; nop
constexpr uint8_t kCode[] = {0x55, 0x48, 0x89, 0xe5, 0x53, 0x90, 0x90, 0x90,
                             0x90, 0x90, 0x90, 0x5b, 0x5d, 0xc3, 0x90, 0x90};
int f, g, h;

CodeRange make_range() {
  return {.begin = reinterpret_cast<uintptr_t>(kCode),
          .end = reinterpret_cast<uintptr_t>(kCode) + sizeof kCode,
          .name = "f#1",
          .lines = PackedLines(
              LineTable{{{0, 1, 0}, {5, 2, 1}, {6, 1, 2}, {7, 0, LineScope::kNone}, {8, 3, 1}, {9, 4, 0}},
                        {{0, LineScope::kNone, 0}, {1, 0, 3}, {2, 1, 2}}}),
          .positions =
              std::make_shared<const std::vector<const void *>>(std::vector<const void *>{&f, &g, &h})};
}

SourcePlace place(const void *method) {
  if (method == &f)
    return {"f", "a.x", 10};
  return method == &g ? SourcePlace{"g", "b.x", 20} : SourcePlace{"h", "b.x", 30};
}

struct Image {
  CodeRange range = make_range();
  std::string bytes;
  std::unique_ptr<llvm::object::ObjectFile> object;
  std::unique_ptr<llvm::DWARFContext> dwarf;
  Image() {
    const CodeRange *one = &range;
    bytes = write_elf_image(describe({&one, 1}, place), "/folder").value();
    object = llvm::cantFail(llvm::object::ObjectFile::createObjectFile({bytes, "image"}));
    dwarf = llvm::DWARFContext::create(*object);
  }
  std::string at(size_t offset) {
    llvm::DILineInfoSpecifier what{llvm::DILineInfoSpecifier::FileLineInfoKind::AbsoluteFilePath,
                                   llvm::DINameKind::ShortName};
    std::string text;
    auto frames = dwarf->getInliningInfoForAddress({range.begin + offset}, what);
    for (uint32_t i = 0; i < frames.getNumberOfFrames(); i++) {
      const llvm::DILineInfo &frame = frames.getFrame(i);
      text += (i ? " < " : "") + frame.FunctionName + " " + frame.FileName + ":" + std::to_string(frame.Line);
    }
    return text;
  }
};

TEST(ElfImage, NamesFileLineAndInlinedCallsAtEachAddress) {
  Image image;
  EXPECT_EQ(image.at(0), "f#1 /folder/a.x:11");
  // The call's own line is the first byte's, so that it can have a breakpoint.
  EXPECT_EQ(image.at(5), "g /folder/a.x:13 < f#1 /folder/a.x:13");
  EXPECT_EQ(image.at(6), "h /folder/b.x:31 < g /folder/b.x:22 < f#1 /folder/a.x:13");
  EXPECT_EQ(image.at(8), "g /folder/a.x:13 < f#1 /folder/a.x:13");
  EXPECT_EQ(image.at(sizeof kCode - 1), "f#1 /folder/a.x:14");
}

TEST(ElfImage, AdmitsBreakpointsOnlyWhereAnInstructionBegins) {
  Image image;
  const CodeRange *one = &image.range;
  DebugUnit unit = describe({&one, 1}, place);
  std::string text;
  for (const DebugUnit::Row &row : unit.functions[0].rows)
    text += std::to_string(row.address - image.range.begin) + " " + unit.files[row.file] + ":" +
            std::to_string(row.line) + (row.breakpoint ? "\n" : " (within)\n");
  // 5 is one byte of g: no room for a row of its own beside that of the call in f.
  EXPECT_EQ(text, "0 a.x:11\n5 a.x:13\n6 b.x:22\n6 b.x:31\n8 a.x:13\n9 a.x:14\n");
}

TEST(ElfImage, HasEachFunctionUnderItsSessionNameAndItsOwn) {
  Image image;
  std::vector<std::string> names;
  for (const auto &symbol : image.object->symbols()) {
    names.push_back(llvm::cantFail(symbol.getName()).str());
    EXPECT_EQ(llvm::cantFail(symbol.getAddress()), image.range.begin);
  }
  EXPECT_EQ(names, (std::vector<std::string>{"f#1", "f"}));
}

TEST(ElfImage, PassesLlvmsOwnVerifier) {
  Image image;
  std::string text;
  llvm::raw_string_ostream out(text);
  EXPECT_TRUE(image.dwarf->verify(out)) << text;
}

TEST(ElfImage, IsWrittenForCodeWithoutPositions) {
  CodeRange range = make_range();
  range.lines = {};
  const CodeRange *one = &range;
  auto image = write_elf_image(describe({&one, 1}, place), "/folder");
  ASSERT_TRUE(image);
  EXPECT_TRUE(llvm::cantFail(llvm::object::ObjectFile::createObjectFile({*image, "image"})));
}

TEST(Unwind, FollowsThePrologueAndTheEpilogue) {
  Image image;
  std::string text;
  llvm::raw_string_ostream out(text);
  llvm::cantFail(image.dwarf->getDebugFrame())->dump(out, {}, {});
  auto rules = text.substr(text.find("FDE"));
  auto line = [&](size_t offset, const char *rule) {
    char expected[64];
    std::snprintf(expected, sizeof expected, "0x%zx: CFA=%s\n", image.range.begin + offset, rule);
    EXPECT_NE(rules.find(expected), std::string::npos) << expected << rules;
  };
  line(0, "reg7+8: reg16=[CFA-8]");
  line(1, "reg7+16: reg6=[CFA-16], reg16=[CFA-8]");
  line(4, "reg6+16: reg6=[CFA-16], reg16=[CFA-8]");
  line(5, "reg6+16: reg3=[CFA-24], reg6=[CFA-16], reg16=[CFA-8]");
  line(13, "reg7+8: reg3=[CFA-24], reg16=[CFA-8]");
  line(14, "reg6+16: reg3=[CFA-24], reg6=[CFA-16], reg16=[CFA-8]");
}

// What gdb reads, declared once more as gdb's manual has it.
extern "C" {
struct Entry {
  Entry *next, *previous;
  const char *address;
  uint64_t size;
};
struct Descriptor {
  uint32_t version, action;
  Entry *relevant, *first;
};
extern Descriptor __jit_debug_descriptor;
}

TEST(Gdb, ListsAFileForAsLongAsTheCodeIsThere) {
  CodeRange range = make_range();
  CodeRange other;
  other.begin = 0x1000; // never read: it has no bytes
  other.end = 0x1000;
  other.name = "other#1";
  auto listener = make_gdb_listener();
  const CodeRange *one = &range, *two = &other;
  listener->code_added({&one, 1}, place);
  listener->code_added({&two, 1}, place);
  auto first = [] { return __jit_debug_descriptor.first; };
  ASSERT_TRUE(first() && first()->next);
  EXPECT_EQ(std::memcmp(first()->address, "\177ELF", 4), 0);
  EXPECT_EQ(first()->next->previous, first());
  EXPECT_EQ(first()->next->next, nullptr);
  uintptr_t begin = other.begin;
  listener->code_removed({&begin, 1});
  ASSERT_TRUE(first());
  EXPECT_EQ(first()->next, nullptr);
  listener = nullptr;
  EXPECT_EQ(first(), nullptr);
}

} // namespace
