-- What `require` in language.lua finds.
return {answer = 42}
