// SPDX-License-Identifier: MIT
//
// One file per entry: for folders where the pack's lock means nothing (network file systems). Slower to open
// an entry, but all it asks of the file system is that a rename is seen whole or not at all.
//
//   FOLDER/v1/files/3f/9c...e1   an entry (entry.h); 2 and 30 digits of the place's hash
//   FOLDER/v1/files/3f/.new-...  one being written; removed after an hour
//
// The file's time of change is its time of use. Room is made in one of the 256 folders at a time, each having
// an equal part of the bound: hashes spread evenly. As parts are looked at while others grow, the bound is
// passed by up to a quarter. What is larger than a part's share is not kept.
#pragma once

#include "cache/file_handle.h"
#include "cache/store.h"

#include <atomic>

namespace ligature::cache {

class FileStore final : public Store {
public:
  /// `folder` is FOLDER/v1/files, checked already.
  FileStore(File folder, uint64_t limit) : folder_(std::move(folder)), limit_(limit) {}

  std::string kind() const override { return "files"; }
  ReadResult read(const Place &place) override;
  WriteResult write(std::span<const NewEntry> entries, Deadline deadline) override;
  void touch(std::span<const Place> places, Deadline deadline) override;
  void remove(std::span<const Place> places, Deadline deadline) override;
  void visit(Check check, const std::function<void(const EntryInfo &)> &visit) override;
  Usage usage() override;
  bool remove_if(Check check, const std::function<bool(const EntryInfo &)> &which, Deadline deadline,
                 uint64_t &removed) override;
  WriteResult shrink(uint64_t bytes, Deadline deadline) override;
  bool clear(Deadline deadline) override;

private:
  struct Known { // a file of one of the 256
    std::string name;
    uint64_t bytes;
    EntryInfo info;
    unsigned part;
  };
  File open_part(unsigned part) const;
  std::vector<Known> list_part(const File &part, Check check) const;
  bool write_one(const NewEntry &entry);
  uint64_t shrink_parts(unsigned first, unsigned count, uint64_t bytes);

  const File folder_;
  const uint64_t limit_;
  std::atomic<unsigned> next_part_{unsigned(now_minutes()) * 29}; ///< to be looked at; any start will do
  std::atomic<unsigned> serial_{0};
};

} // namespace ligature::cache
