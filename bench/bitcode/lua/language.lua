-- The language: scoping, closures, metatables, coroutines, errors, goto, collection.
local function counter() local n = 0 return function() n = n + 1 return n end end
local a, b = counter(), counter()
print(a(), a(), b())
for i = 3, 1, -1 do for j = 1, 3 do if j == 2 then goto next end io.write(i, j, " ") ::next:: end end print()
local function varargs(...) local x, y = ... return select("#", ...), x, y, ... end
print(varargs(1, nil, 3), (varargs(4)))
local n = 0 repeat local done = n >= 3 n = n + 1 until done print(n) while true do n = n - 1 if n < 0 then break end end
-- metatables
local V = {}
V.__index = V
V.__add = function(p, q) return setmetatable({x = p.x + q.x}, V) end
V.__eq = function(p, q) return p.x == q.x end
V.__lt = function(p, q) return p.x < q.x end
V.__le = function(p, q) return p.x <= q.x end
V.__call = function(self, y) return self.x * y end
V.__tostring = function(self) return "V(" .. self.x .. ")" end
V.__len = function() return 99 end
V.__concat = function(p, q) return tostring(p) .. "~" .. tostring(q) end
V.__unm = function(p) return setmetatable({x = -p.x}, V) end
V.__idiv = function() return "idiv" end
V.__band = function() return "band" end
V.__close = function(v) io.write("closing ", v.x, "\n") end
V.__name = "Vector"
local v, w = setmetatable({x = 1}, V), setmetatable({x = 2}, V)
print(tostring(v + w), v == w, v < w, v <= w, v(21), #v, v .. w, tostring(-v), v // 1, v & 1, v ~= setmetatable({x = 1}, V))
local proxy = setmetatable({}, {__index = function(_, k) return k .. "!" end, __newindex = function(t, k, x) rawset(t, k, x * 2) end,
  __pairs = function() return function(_, k) if not k then return 1, "one" end end end})
proxy.y = 21 print(proxy.y, proxy.z) for k, x in pairs(proxy) do print(k, x) end
do local c <close> = v local k <const> = 5 print(k) end
-- coroutines
local function gen(m) return coroutine.wrap(function() for i = 1, m do coroutine.yield(i, i * i) end return "end" end) end
local g = gen(2) print(g()) print(g()) print(g()) print(pcall(g))
local co = coroutine.create(function(x, y) local z = coroutine.yield(x + y) error({code = z}) end)
print(coroutine.resume(co, 1, 2)) local ok, e = coroutine.resume(co, 7) print(ok, e.code, coroutine.status(co), coroutine.isyieldable())
print(coroutine.close(coroutine.create(print)), select(2, coroutine.running()))
local function permute(t, i) i = i or 1 if i > #t then coroutine.yield(table.concat(t)) end
  for j = i, #t do t[i], t[j] = t[j], t[i] permute(t, i + 1) t[i], t[j] = t[j], t[i] end end
for s in coroutine.wrap(function() permute({"a", "b", "c"}) end) do io.write(s, " ") end print()
-- errors
print(pcall(error), pcall(error, "message", 0), pcall(error, {1}) == false, select(2, pcall(error, setmetatable({}, {__tostring = function() return "E" end}))) ~= nil)
print(xpcall(function() local x = nil; return x.field end, function(m) return "handled: " .. m end))
print(pcall(function() return 1 + {} end), pcall(function() return #5 end), pcall(function() return {} < {} end), pcall(function() return 2^53 | 0.5 end))
print(pcall(string.rep), pcall(setmetatable, 1, {}), select(2, load("x = = 1")), select(2, load("goto nowhere")))
local function deep(k) return k == 0 and 0 or 1 + deep(k - 1) end
print(deep(10000), pcall(function() local function f() return 1 + f() end return f() end) == false)
print(select(2, pcall(error, "position", 2)), assert(1, "no"), pcall(assert, false, "asserted"), pcall(assert, nil))
-- load, dump, environments
print(load("return ...", "chunk", "t", {})(5), load(string.dump(function(x) return x * 2 end))(21))
local env = {print = print} local chunk = load("y = 5 print(y) return _ENV", "c", "t", env) print(chunk() == env, env.y, y)
print(pcall(load, function() error("reader") end), #debug.traceback("t", 1) > 0, debug.getinfo(1, "l").currentline)
-- collection
local weak = setmetatable({}, {__mode = "k"})
weak[{}] = 1 weak[V] = 2 collectgarbage() local count = 0 for _ in pairs(weak) do count = count + 1 end print(count)
local finalised = 0
for i = 1, 100 do setmetatable({}, {__gc = function() finalised = finalised + 1 end}) end
collectgarbage() collectgarbage() print(finalised, collectgarbage("count") > 0, collectgarbage("generational"), collectgarbage("incremental"))
local big = {} for i = 1, 50000 do big[i] = {i, tostring(i)} end big = nil collectgarbage("step", 100)
-- big tables, strings and integer keys
local m = {} for i = 1, 1000 do m["k" .. i] = i m[i * 1.5] = i m[-i] = i end
local sum = 0 for _, x in pairs(m) do sum = sum + x end print(sum, m.k500, m[1.5], m[-7])
local long = {} for i = 1, 300 do long[#long + 1] = "local v" .. i % 150 .. " = " .. i end
print(load(table.concat({"do ", table.concat(long, " ", 1, 150), " end return 1"}))())
debug.sethook(function() end, "l") local h = 1 debug.sethook() print(h, debug.gethook())
print(require("helper").answer, package.loaded.helper ~= nil, pcall(require, "no.such.module") == false)
setmetatable({}, {__gc = function() print("at the end") end})
os.exit(7, true)
