// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include <string>
#include <thread>

#include "jl/runtime/test_support.h"

using namespace jl;

namespace {

/// A module under Main with `names` defined as constants and exported, each with its own value.
Module *library(Task *task, const char *name, std::initializer_list<const char *> names) {
  Module *module = new_module(Symbol::intern(name), modules::Main, true, true);
  for (const char *each : names) {
    set_const(task, get_binding_for_write(task, module, Symbol::intern(each)), new_box(task, nullptr));
    export_name(module, Symbol::intern(each));
  }
  return module;
}

Module *client(const char *name) {
  return new_module(Symbol::intern(name), modules::Main, true, true);
}
Symbol sym(const char *name) {
  return Symbol::intern(name);
}

} // namespace

RUNTIME_TEST(Modules, UsingFindsExportedNamesOnly) {
  Module *lib = library(task, "LibA", {"shown"});
  set_global(task, get_binding_for_write(task, lib, sym("hidden")), true_value());
  Module *m = client("UserA");
  use_module(task, m, lib);
  EXPECT_EQ(global_value(m, sym("shown")), global_value(lib, sym("shown")));
  EXPECT_EQ(global_value(m, sym("hidden")), nullptr);
  EXPECT_EQ(global_value(m, sym("LibA")), lib);
  EXPECT_EQ(module_path(m), "Main.UserA");
}

RUNTIME_TEST(Modules, UsingAfterAFailedReadIsSeen) {
  Module *m = client("Late");
  Binding *read = get_binding_for_read(m, sym("late_name"));
  EXPECT_EQ(test::thrown(task, [&] { read_binding(task, read); }),
            "UndefVarError: `late_name` not defined in `Main.Late`\n"
            "Suggestion: check for spelling errors or missing imports.");
  Module *lib = library(task, "LibLate", {"late_name"});
  use_module(task, m, lib);
  EXPECT_EQ(read_binding(task, read), global_value(lib, sym("late_name")));
}

RUNTIME_TEST(Modules, ConflictingExportsMustBeQualified) {
  Module *a = library(task, "ConflictA", {"twice"}), *b = library(task, "ConflictB", {"twice"});
  Module *m = client("Conflict");
  use_module(task, m, a);
  use_module(task, m, b);
  testing::internal::CaptureStderr();
  EXPECT_EQ(find_binding(m, sym("twice")), nullptr);
  EXPECT_EQ(find_binding(m, sym("twice")), nullptr);
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "WARNING: both Main.ConflictB and Main.ConflictA export "
                                                    "\"twice\"; uses of it in module Main.Conflict must be "
                                                    "qualified\n");
  import_name(task, m, a, sym("twice"), sym("twice"), false);
  EXPECT_EQ(global_value(m, sym("twice")), global_value(a, sym("twice")));
}

RUNTIME_TEST(Modules, TheSameThingThroughTwoModulesIsNoConflict) {
  Module *a = library(task, "Origin", {"thing"});
  Module *b = client("Reexport");
  use_module(task, b, a);
  export_name(b, sym("thing"));
  Module *m = client("Both");
  use_module(task, m, a);
  use_module(task, m, b);
  EXPECT_EQ(global_value(m, sym("thing")), global_value(a, sym("thing")));
}

RUNTIME_TEST(Modules, ModulesUsingEachOtherTerminate) {
  Module *a = client("RingA"), *b = client("RingB");
  use_module(task, a, b);
  use_module(task, b, a);
  export_name(a, sym("nowhere"));
  export_name(b, sym("nowhere"));
  EXPECT_EQ(find_binding(a, sym("nowhere")), nullptr);
}

// For ThreadSanitizer.
RUNTIME_TEST(Modules, ThreadsLookWhileNamesComeIn) {
  constexpr int kNames = 200, kThreads = 3;
  static Module *user, *libraries[kNames];
  static Symbol names[kNames];
  static std::atomic<int> wrong{0}, looking{0};
  user = client("Busy");
  for (int i = 0; i < kNames; i++) {
    names[i] = sym(("busy" + std::to_string(i)).c_str());
    libraries[i] = client(("Busy" + std::to_string(i)).c_str());
  }
  auto look = [](Task *) {
    looking++;
    int i = 0;
    while (i < kNames) { // as inference looks at a global
      Binding *binding = owner_of(get_binding_for_read(user, names[i]));
      Value *value = binding->value.load();
      wrong += value && (value != libraries[i] || binding->module != libraries[i] || !binding->is_const ||
                         binding->const_world > current_world());
      i += value != nullptr;
    }
  };
  std::thread threads[kThreads];
  for (std::thread &thread : threads)
    thread = test::thread_with_task(look);
  while (looking < kThreads)
    std::this_thread::yield();
  for (int i = 0; i < kNames; i++) {
    export_name(libraries[i], names[i]);
    set_const(task, get_binding_for_write(task, libraries[i], names[i]), libraries[i]);
    use_module(task, user, libraries[i]);
    if (i % 2)
      import_name(task, user, libraries[i], names[i], names[i], true);
  }
  for (std::thread &thread : threads)
    thread.join();
  EXPECT_EQ(wrong, 0);
}

// One thread asks what a name means while another assigns it for the first time: it is the module's own, or
// comes from the module in use, and never first one and then the other.
RUNTIME_TEST(Modules, ANameIsEitherImportedOrDefined) {
  constexpr int kNames = 500;
  static Module *user;
  static Symbol names[kNames];
  static Binding *meant[kNames];
  static std::atomic<int> looker{0}, writer{0};
  user = client("Torn");
  Module *lib = client("TornLibrary");
  for (int i = 0; i < kNames; i++) {
    names[i] = sym(("torn" + std::to_string(i)).c_str());
    set_const(task, get_binding_for_write(task, lib, names[i]), lib);
    export_name(lib, names[i]);
  }
  use_module(task, user, lib);
  std::thread thread = test::thread_with_task([](Task *) {
    for (int i = 0; i < kNames; i++) {
      looker = i + 1;
      while (writer <= i)
        ;
      meant[i] = find_binding(user, names[i]);
    }
  });
  bool is_own[kNames];
  for (int i = 0; i < kNames; i++) {
    writer = i + 1;
    while (looker <= i)
      ;
    is_own[i] = test::thrown(task, [&] { get_binding_for_write(task, user, names[i]); }).empty();
  }
  thread.join();
  for (int i = 0; i < kNames; i++)
    EXPECT_EQ(meant[i]->module, is_own[i] ? user : lib) << i;
}

RUNTIME_TEST(Modules, ImportWithAnotherName) {
  Module *lib = library(task, "LibAs", {"original"});
  Module *m = client("UserAs");
  import_name(task, m, lib, sym("original"), sym("renamed"), true);
  EXPECT_EQ(global_value(m, sym("renamed")), global_value(lib, sym("original")));
  EXPECT_EQ(global_value(m, sym("original")), nullptr);
}

RUNTIME_TEST(Modules, ImportedNamesCannotBeAssigned) {
  Module *lib = library(task, "LibFixed", {"fixed"});
  Module *m = client("UserFixed");
  import_name(task, m, lib, sym("fixed"), sym("fixed"), false);
  EXPECT_EQ(test::thrown(task, [&] { get_binding_for_write(task, m, sym("fixed")); }),
            "cannot assign a value to imported variable Main.LibFixed.fixed from module Main.UserFixed");
}

RUNTIME_TEST(Modules, OwnDefinitionsShadowNamesNotUsedYet) {
  Module *lib = library(task, "LibShadow", {"shadowed"});
  Module *m = client("UserShadow");
  use_module(task, m, lib);
  set_global(task, get_binding_for_write(task, m, sym("shadowed")), false_value());
  EXPECT_EQ(global_value(m, sym("shadowed")), false_value());
  EXPECT_NE(global_value(lib, sym("shadowed")), false_value());
}

RUNTIME_TEST(Modules, MethodsNeedAnExplicitImport) {
  Module *lib = library(task, "LibExtend", {"extended"});
  Module *user = client("UserExtend");
  use_module(task, user, lib);
  ASSERT_NE(find_binding(user, sym("extended")), nullptr);
  EXPECT_EQ(test::thrown(task, [&] { get_binding_for_method(task, user, sym("extended")); }),
            "error in method definition: function Main.LibExtend.extended must be explicitly imported to be "
            "extended");
  import_name(task, user, lib, sym("extended"), sym("extended"), true);
  EXPECT_EQ(get_binding_for_method(task, user, sym("extended")), own_binding(lib, sym("extended")));
}

RUNTIME_TEST(Modules, ConstructorsNeedNoImport) {
  Module *m = client("UserConstructor");
  EXPECT_EQ(get_binding_for_method(task, m, sym("Int64")), own_binding(modules::Core, sym("Int64")));
  EXPECT_EQ(global_value(m, sym("Int64")), types::Int64);
}

RUNTIME_TEST(Modules, FailedImportsWarn) {
  Module *lib = library(task, "LibWarn", {"there"});
  Module *m = client("UserWarn");
  testing::internal::CaptureStderr();
  import_name(task, m, lib, sym("missing"), sym("missing"), true);
  set_global(task, get_binding_for_write(task, m, sym("there")), true_value());
  import_name(task, m, lib, sym("there"), sym("there"), true);
  EXPECT_EQ(testing::internal::GetCapturedStderr(),
            "WARNING: could not import Main.LibWarn.missing into Main.UserWarn\n"
            "WARNING: import of Main.LibWarn.there into Main.UserWarn conflicts with an existing identifier; "
            "ignored.\n");
}

RUNTIME_TEST(Constants, MayBeReplacedByValuesWithAWarning) {
  Module *m = client("Constants");
  Binding *binding = get_binding_for_write(task, m, sym("limit"));
  set_const(task, binding, box_int64(task, 1000));
  testing::internal::CaptureStderr();
  set_const(task, binding, box_int64(task, 1000)); // the same value: nothing happens
  set_const(task, binding, box_int64(task, 2000));
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "WARNING: redefinition of constant Main.Constants.limit. "
                                                    "This may fail, cause incorrect answers, or produce "
                                                    "other errors.\n");
  EXPECT_EQ(unbox_int64(global_value(m, sym("limit"))), 2000);
}

RUNTIME_TEST(Constants, TypesAreNeverReplaced) {
  Module *m = client("ConstantTypes");
  Binding *binding = get_binding_for_write(task, m, sym("T"));
  set_const(task, binding, types::Int64);
  EXPECT_EQ(test::thrown(task, [&] { set_const(task, binding, types::Int32); }),
            "invalid redefinition of constant Main.ConstantTypes.T");
  EXPECT_EQ(test::thrown(task, [&] { set_global(task, binding, true_value()); }),
            "invalid redefinition of constant Main.ConstantTypes.T");
}

RUNTIME_TEST(Constants, DeclaredTypesAreChecked) {
  Module *m = client("Typed");
  Binding *binding = get_binding_for_write(task, m, sym("x"));
  binding->type = types::Int64;
  set_global(task, binding, box_int64(task, 3));
  EXPECT_EQ(test::thrown(task, [&] { set_global(task, binding, true_value()); }),
            "cannot assign an incompatible value to the global Main.Typed.x.");
}

RUNTIME_TEST(Modules, NamesAreSorted) {
  Module *lib = library(task, "Names", {"zeta", "alpha"});
  set_global(task, get_binding_for_write(task, lib, sym("beta")), true_value());
  GcVector<Symbol> exported, all;
  module_names(lib, false, false, exported);
  module_names(lib, true, false, all);
  EXPECT_EQ(exported, (GcVector<Symbol>{sym("Names"), sym("alpha"), sym("zeta")}));
  EXPECT_EQ(all, (GcVector<Symbol>{sym("Names"), sym("alpha"), sym("beta"), sym("zeta")}));
}
