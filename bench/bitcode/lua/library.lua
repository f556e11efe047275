-- The standard library, function by function.
print(select("#", ...), ..., arg[1])
print(io.read("l"), io.read("n"), io.read("n"), io.read("l"), io.read("a"))
-- strings
print(("x"):rep(3, "-"), ("hello"):byte(1, -1), string.char(72, 105), ("abc"):find("b", 1, true))
print(("key = value"):match("^(%w+)%s*=%s*(%w+)$"), ("a,b,,c"):gsub(",", ";"), ("abc"):gsub("%w", "%0%0", 2))
print(("hello world"):gsub("o", {o = "0"}), ("abc"):gsub("", "-"), ("THE (quick) fox"):find("%((%a+)%)"))
print(string.format("%5d|%-5d|%05.1f|%x|%q|%s|%10.3s|%g|%a|%i|%c|%%", 42, 42, 3.14159, 255, 'a"b\n', nil, "abcdef", 1e20, 1.0, 7, 65))
print(string.unpack("<i4 z s1 d", string.pack("<i4 z s1 d", -2, "zero", "one", 2.5)))
print(#string.pack("!8 b Xi8 i8 f", 1, 2, 3), string.packsize("i4 i8"), pcall(string.pack, "i17", 1))
print(("%bxy"):len(), ("f(a(b)c)d"):match("%b()"), ("  trim  "):match("^%s*(.-)%s*$"), ("THE"):lower():upper())
for k, v in string.gmatch("a=1, b=2", "(%w+)=(%w+)") do io.write(k, v, ";") end print()
-- utf8
print(utf8.char(228, 8364, 128512), utf8.len("äöü"), utf8.codepoint("ä€", 1, -1), utf8.offset("aäb", 3), utf8.len("\xff"))
for p, c in utf8.codes("aä€") do io.write(p, ":", c, " ") end print()
-- tables
local t = {5, 2, 8, 1}
table.sort(t, function(a, b) return a > b end)
table.insert(t, 1, "first") table.insert(t, "last")
print(table.concat(t, " "), table.remove(t), table.remove(t, 1), table.unpack(t, 2, 3))
print(table.move({1, 2, 3}, 1, 3, 2)[3], table.pack(1, nil, 3).n, next({}), rawlen({1, 2}), #"abc", rawequal(t, t))
print(pcall(table.sort, {3, 1, "x"}), pcall(table.concat, {{}}))
-- mathematics
print(math.type(1), math.type(1.0), math.type("1"), 7 // 2, -7 // 2, 7 % -3, -7 % 3, 7.5 // 2, 2 ^ 10, 1 / 0, -1 / 0, 0 / 0 ~= 0 / 0)
print(math.maxinteger + 1 == math.mininteger, math.tointeger(3.0), math.floor(-3.5), math.ceil(3.2), math.fmod(-7, 3), math.ult(1, -1))
print(1 << 62, 1 << 64, -1 >> 60, 5 & 3, 5 | 3, 5 ~ 3, ~0, "10" + 5, "0x10" * 1, 10 .. 20, 3 | 0)
print(string.format("%.10f %.10f %.10f %.10f", math.sin(1), math.exp(1), math.log(8, 2), math.sqrt(2)), math.max(1, 5, 3), math.abs(-4))
math.randomseed(42) local r = math.random(10) print(r >= 1 and r <= 10, pcall(math.random, 2, 1))
print(tonumber("ff", 16), tonumber("zz", 36), tonumber("1e1"), tonumber(" 0x1p4 "), tonumber("1 2"), tostring(1e15), 1e100, 2^53)
-- operating system
print(os.time({year = 2000, month = 1, day = 1, hour = 12}) ~= nil, os.date("!%Y-%m-%d %H:%M:%S", 86400), os.getenv("NO_SUCH_THING"))
print(type(os.clock()), os.rename("/no/such/file", "x"), os.execute("exit 3"))
-- files
local name = os.tmpname()
local f <close> = assert(io.open(name, "w+"))
print(f:write("one\n", 2, "\n3.5 rest"):seek("set", 0), f:read("l", "n", "n", "a"), io.type(f), f:seek("cur"))
for line in io.lines(name) do io.write("[", line, "]") end print()
local p = io.popen("echo from a process") print(p:read("a"), p:close()) os.remove(name)
print(io.open("/no/such/file"), pcall(io.lines, "/no/such/file"))
io.stderr:write("to stderr\n") io.stdout:setvbuf("full")
