-- Calls, tables, strings and floats for about a second.
local function fib(n) if n < 2 then return n end return fib(n - 1) + fib(n - 2) end
print(fib(29))

local values = {}
for i = 1, 150000 do values[i] = (i * 7919) % 100003 end
table.sort(values)
print(values[1], values[75000], values[#values])

local words = 0
for word in string.gmatch(string.rep("all work and no play ", 15000), "%a+") do words = words + #word end
print(words)

local function nbody(steps)
  local bodies = {{0, 0, 0, 0, 10}, {4, 1, -0.5, 1.2, 0.1}, {-6, 2, 0.3, -1.1, 0.2}}
  for _ = 1, steps do
    for i, a in ipairs(bodies) do
      for j = i + 1, #bodies do
        local b = bodies[j]
        local dx, dy = a[1] - b[1], a[2] - b[2]
        local d = dx * dx + dy * dy + 0.01
        local force = 0.001 / (d * math.sqrt(d))
        a[3], a[4] = a[3] - dx * b[5] * force, a[4] - dy * b[5] * force
        b[3], b[4] = b[3] + dx * a[5] * force, b[4] + dy * a[5] * force
      end
    end
    for _, a in ipairs(bodies) do a[1], a[2] = a[1] + 0.001 * a[3], a[2] + 0.001 * a[4] end
  end
  return bodies[2][1]
end
print(string.format("%.9f", nbody(60000)))

local pieces = {}
for i = 1, 60000 do pieces[#pieces + 1] = tostring(i):reverse():upper() end
print(#table.concat(pieces, ","))
