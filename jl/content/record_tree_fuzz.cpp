// SPDX-License-Identifier: MIT
// Any bytes are a tree of records, or none. What was read and written again says the same of every member.
#include "jl/content/record_tree.h"

#include <cstdlib>

using namespace jl::content;

static Bytes said(const RecordTree &tree, const RecordTree::Member &member) {
  Bytes out;
  write_record(record_of(tree, member), out);
  return out;
}

static Bytes written_again(const RecordTree &tree) {
  jl::GcVector<Record> records;
  for (const RecordTree::Member &member : tree.members)
    records.push_back(record_of(tree, member));
  jl::GcVector<TreeMember> members;
  for (size_t i = 0; i < records.size(); i++) {
    TreeMember &member = members.emplace_back(&records[i], tree.descriptions[tree.members[i].instance]);
    for (const RecordTree::Call &call : tree.members[i].calls)
      member.callees.push_back(call.is_member ? call.callee : RecordTree::kNone);
  }
  return write_tree(members);
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  RecordTree *tree = read_tree(Bytes(data, data + size));
  if (!tree)
    return 0;
  RecordTree *again = read_tree(written_again(*tree));
  if (!again || again->members.size() != tree->members.size())
    abort();
  for (size_t i = 0; i < tree->members.size(); i++)
    if (said(*tree, tree->members[i]) != said(*again, again->members[i]))
      abort();
  return 0;
}
