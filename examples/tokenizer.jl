# SPDX-License-Identifier: MIT
# A pocket calculator: text to tokens, tokens to a tree, tree to a number.
#
#     lig examples/tokenizer.jl

@enum Kind NUMBER NAME OPERATOR OPEN CLOSE FINISH

struct Token
    kind::Kind
    text::String
    position::Int
end
Base.show(io::IO, t::Token) = print(io, t.kind, t.kind === FINISH ? "" : " " * repr(t.text), "@", t.position)

struct CalculatorError <: Exception
    message::String
    position::Int
end
Base.showerror(io::IO, e::CalculatorError) = print(io, e.message, " at ", e.position)

function tokenize(source::AbstractString)
    tokens = Token[]
    i = firstindex(source)
    # The longest run from i whose characters satisfy `wanted`.
    function run(wanted)
        j = i
        while j <= lastindex(source) && wanted(source[j])
            j = nextind(source, j)
        end
        return source[i:prevind(source, j)]
    end
    while i <= lastindex(source)
        c = source[i]
        if isspace(c)
            i = nextind(source, i)
            continue
        end
        kind, text = if isdigit(c) || c == '.'
            NUMBER, run(x -> isdigit(x) || x == '.')
        elseif isletter(c) || c == '_'
            NAME, run(x -> isletter(x) || isdigit(x) || x == '_')
        elseif c in "+-*/^=,"
            OPERATOR, string(c)
        elseif c == '(' || c == ')'
            (c == '(' ? OPEN : CLOSE), string(c)
        else
            throw(CalculatorError("unexpected character $(repr(c))", i))
        end
        push!(tokens, Token(kind, text, i))
        i += ncodeunits(text)
    end
    return push!(tokens, Token(FINISH, "", i))
end

mutable struct Parser
    tokens::Vector{Token}
    next::Int
end
Parser(source::AbstractString) = Parser(tokenize(source), 1)
peek(p::Parser) = p.tokens[p.next]
take!(p::Parser) = (t = peek(p); p.next += 1; t)
at(p::Parser, text) = peek(p).text == text && peek(p).kind !== FINISH
function expect!(p::Parser, text)
    at(p, text) && return take!(p)
    found = peek(p)
    throw(CalculatorError("expected $text, found $(found.kind === FINISH ? "the end" : found.text)", found.position))
end

# How tightly each operator binds; ^ groups to the right.
const BINDING = Dict("=" => 1, "+" => 2, "-" => 2, "*" => 3, "/" => 3, "^" => 5)

function parse_expression(p::Parser, least = 1)
    tree = parse_operand(p)
    while peek(p).kind === OPERATOR && get(BINDING, peek(p).text, 0) >= least
        op = take!(p).text
        binding = BINDING[op]
        right = parse_expression(p, op in ("^", "=") ? binding : binding + 1)
        tree = (Symbol(op), tree, right)
    end
    return tree
end
function parse_operand(p::Parser)
    token = take!(p)
    if token.kind === NUMBER
        value = tryparse(Float64, token.text)
        value === nothing && throw(CalculatorError("no number: $(token.text)", token.position))
        return value
    elseif token.kind === NAME
        return at(p, "(") ? (Symbol(token.text), parse_arguments(p)...) : Symbol(token.text)
    elseif token.kind === OPEN
        tree = parse_expression(p)
        expect!(p, ")")
        return tree
    elseif token.text == "-"
        return (:-, parse_expression(p, 4))
    end
    throw(CalculatorError(token.kind === FINISH ? "unexpected end" : "unexpected $(token.text)", token.position))
end
function parse_arguments(p::Parser)
    arguments = []
    expect!(p, "(")
    while !at(p, ")")
        push!(arguments, parse_expression(p))
        at(p, ",") ? take!(p) : break
    end
    expect!(p, ")")
    return arguments
end
function parse_line(source)
    p = Parser(source)
    tree = parse_expression(p)
    peek(p).kind === FINISH || throw(CalculatorError("unexpected $(peek(p).text)", peek(p).position))
    return tree
end

const FUNCTIONS = Dict(:+ => +, :- => -, :* => *, :/ => /, :^ => ^, :sqrt => sqrt, :max => max, :abs => abs)

evaluate(x::Float64, _) = x
evaluate(name::Symbol, variables) = get(() -> throw(CalculatorError("unknown name $name", 0)), variables, name)
function evaluate(tree::Tuple, variables)
    if tree[1] === :(=)
        return variables[tree[2]] = evaluate(tree[3], variables)
    end
    f = get(FUNCTIONS, tree[1], nothing)
    f === nothing && throw(CalculatorError("unknown function $(tree[1])", 0))
    return f((evaluate(t, variables) for t in tree[2:end])...)
end

println(tokenize("2*(x1+ß)"))
println(parse_line("1 + 2 * 3 ^ 2 ^ x - f(1, -y)"))
variables = Dict{Symbol,Float64}(:π => pi)
for line in ["1 + 2 * 3", "(1 + 2) * 3", "2 ^ 3 ^ 2", "10 - 4 - 3", "-2 ^ 2", "1 / 4 / 2", "a = b = 6 * 7", "a / 4 + b",
             "sqrt(a + 7) * max(1, 2, 3)", "2 * π", "größe = 3", "größe * größe", "1 +", "(1 + 2", "1 2", "3 \$ 4", "nothere", "f(1)", "1.2.3",
             "abs(-(3 - 10))"]
    print(rpad(line, 28), " -> ")
    try
        println(evaluate(parse_line(line), variables))
    catch e
        e isa CalculatorError || rethrow()
        showerror(stdout, e)
        println()
    end
end
println(join(("$k = $(variables[k])" for k in sort(collect(keys(variables)))), ", "))
