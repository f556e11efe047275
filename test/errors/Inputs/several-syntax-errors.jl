a = 1
b = 2 2
c = ]
for i in 1:3 println(i) end end
d = (1, 2
