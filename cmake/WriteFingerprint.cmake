# Run by add_fingerprint: hashes the files named in LIST (names without their folders count as well) into SOURCE.
file(STRINGS ${LIST} files)
set(all "")
foreach(file ${files})
  get_filename_component(name ${file} NAME)
  file(SHA256 ${file} hash)
  string(APPEND all "${name} ${hash}\n")
endforeach()
string(SHA256 fingerprint "${all}")
file(CONFIGURE OUTPUT ${SOURCE} CONTENT
  "namespace ${NAMESPACE} {\nconst char *${FUNCTION}() { return \"${fingerprint}\"; }\n}\n" @ONLY)
