# `ctest -L stress` in the preset tsan: each test of what threads do together, 200 times under ThreadSanitizer, and the
# end at the first report. docs/invariants.md names the tests; `make stress` builds and runs them.
if(LIGATURE_SANITIZE MATCHES thread)
  set(stress_targets "")
  function(add_stress_test target filter)
    add_test(NAME stress_${target}
      COMMAND ${target}-test --gtest_filter=${filter} --gtest_repeat=200 --gtest_brief=1 --gtest_break_on_failure)
    set_tests_properties(stress_${target} PROPERTIES LABELS stress TIMEOUT 3600
      ENVIRONMENT "TSAN_OPTIONS=halt_on_error=1;GTEST_OUTPUT=")
    set(stress_targets ${stress_targets} ${target}-test PARENT_SCOPE)
  endfunction()
  add_stress_test(ligature-base "ThreadPool.*")
  add_stress_test(ligature-entries "Publish.Racing*:CodeMap.ReadersNeedNoLock*")
  add_stress_test(ligature-link "LinkMemory.*")
  add_stress_test(ligature-session
    "Waiting.*:Concurrent.*:Claim.*:Pool.*:Failure.*:Unlink.MeetsThePool*:Call.ThreadsMeet*:Faults.UnresolvableSymbol")
  add_stress_test(ligature-space "SymbolSpace.LinksOnSeveral*:SymbolSpace.Waiting*:SymbolSpace.ThreadLocals*")
  add_custom_target(stress-tests DEPENDS ${stress_targets})
endif()
