// The LLVM headers that nearly every file of the compiler half includes.
#pragma once
#include <llvm/ADT/SmallVector.h>
#include <llvm/ADT/StringRef.h>
#include <llvm/IR/IRBuilder.h>
#include <llvm/IR/Module.h>
#include <llvm/Support/Error.h>
#include <map>
#include <memory>
#include <string>
#include <vector>
