function thrower(x)
    error("bad thing: ", x)
end

thrower(3)
