# What the system refuses to do with files and folders by name is a Base.IOError; to open them a SystemError.
# RUN: %lig %s | FileCheck %s
dir = mktempdir()
cd(dir)
mkdir("there")
write("there/file", "")
# CHECK:      IOError: unlink("none"): no such file or directory (ENOENT)
# CHECK-NEXT: IOError: mkdir("there"; mode=0o777): file already exists (EEXIST)
# CHECK-NEXT: IOError: rm("there"): directory not empty (ENOTEMPTY)
# CHECK-NEXT: IOError: readdir("none"): no such file or directory (ENOENT)
# CHECK-NEXT: IOError: cd("none"): no such file or directory (ENOENT)
# CHECK-NEXT: IOError: rename("none", "other"): no such file or directory (ENOENT)
# CHECK-NEXT: IOError: mkdir("there/file/x"; mode=0o777): not a directory (ENOTDIR)
# CHECK-NEXT: SystemError: opening file "none": No such file or directory
for f in (() -> rm("none"), () -> mkdir("there"), () -> rm("there"), () -> readdir("none"), () -> cd("none"), () -> mv("none", "other"),
    () -> mkdir("there/file/x"), () -> open("none"))
    try
        f()
    catch e
        println(sprint(showerror, e))
    end
end
# CHECK-NEXT: Base.IOError -2
try
    rm("none")
catch e
    println(typeof(e), " ", e.code)
end
cd("/")
