# SPDX-License-Identifier: MIT
# A bank: mutable structs, transfers that happen whole or not at all, interest, statements.
#
#     lig examples/bank.jl

@enum Currency EUR USD

# Money is counted in cents, never in floats.
struct Money
    cents::Int
    currency::Currency
end
Money(text::AbstractString, currency) = Money(round(Int, 100 * parse(Float64, text)), currency)
function Base.show(io::IO, m::Money)
    whole, cents = divrem(abs(m.cents), 100)
    print(io, m.cents < 0 ? "-" : "", whole, ".", lpad(cents, 2, '0'), " ", m.currency)
end
function same(a::Money, b::Money)
    a.currency === b.currency || throw(ArgumentError("$(a.currency) and $(b.currency) do not mix"))
    return a.currency
end
Base.:+(a::Money, b::Money) = Money(a.cents + b.cents, same(a, b))
Base.:-(a::Money, b::Money) = Money(a.cents - b.cents, same(a, b))
Base.:-(a::Money) = Money(-a.cents, a.currency)
Base.:*(a::Money, x::Real) = Money(round(Int, a.cents * x), a.currency)
Base.isless(a::Money, b::Money) = (same(a, b); isless(a.cents, b.cents))
Base.zero(a::Money) = Money(0, a.currency)

abstract type Account end
struct Entry
    day::Int
    what::String
    amount::Money
end
mutable struct Checking <: Account
    const number::Int
    owner::String
    balance::Money
    overdraft::Money
    entries::Vector{Entry}
end
mutable struct Savings <: Account
    const number::Int
    owner::String
    balance::Money
    rate::Float64
    entries::Vector{Entry}
end

mutable struct Bank
    day::Int
    accounts::Dict{Int,Account}
end
Bank() = Bank(1, Dict())

struct Refused <: Exception
    account::Account
    amount::Money
end
Base.showerror(io::IO, e::Refused) =
    print(io, "account ", e.account.number, " has ", available(e.account), " available, not ", e.amount)

available(a::Account) = a.balance
available(a::Checking) = a.balance + a.overdraft

function open!(bank::Bank, T, owner, condition, start)
    number = 100 + length(bank.accounts)
    account = T(number, owner, zero(start), condition, Entry[])
    bank.accounts[number] = account
    book!(bank, account, "opened", start)
    return account
end
function book!(bank::Bank, account::Account, what, amount::Money)
    available(account) + amount < zero(amount) && throw(Refused(account, -amount))
    account.balance += amount
    push!(account.entries, Entry(bank.day, what, amount))
    return account
end
function transfer!(bank::Bank, from::Account, to::Account, amount::Money)
    amount > zero(amount) || throw(ArgumentError("cannot transfer $amount"))
    book!(bank, from, "to $(to.number)", -amount)
    try
        book!(bank, to, "from $(from.number)", amount)
    catch
        from.balance += amount # as if nothing had been
        pop!(from.entries)
        rethrow()
    end
    return nothing
end

interest(a::Savings, days) = a.balance * (a.rate * days / 365)
interest(a::Checking, days) = a.balance < zero(a.balance) ? a.balance * (0.12 * days / 365) : zero(a.balance)
function advance!(bank::Bank, days)
    bank.day += days
    for (_, account) in sort!(collect(bank.accounts); by = first)
        due = interest(account, days)
        due == zero(due) || (account.balance += due; push!(account.entries, Entry(bank.day, "interest", due)))
    end
end

function statement(io::IO, a::Account)
    println(io, nameof(typeof(a)), " ", a.number, " of ", a.owner)
    sum = zero(a.balance)
    for e in a.entries
        sum += e.amount
        println(io, lpad(e.day, 6), "  ", rpad(e.what, 12), lpad(string(e.amount), 14), lpad(string(sum), 14))
    end
    @assert sum == a.balance
end

bank = Bank()
ada = open!(bank, Checking, "Ada", Money("200", EUR), Money("150.50", EUR))
saved = open!(bank, Savings, "Ada", 0.03, Money("1000", EUR))
bob = open!(bank, Savings, "Bob", 0.01, Money("75.25", USD))

advance!(bank, 30)
transfer!(bank, ada, saved, Money("300", EUR))
advance!(bank, 365)
book!(bank, ada, "salary", Money("2100", EUR))
for (from, to, amount) in [(ada, saved, Money("9000", EUR)), (ada, bob, Money("1", EUR)), (saved, ada, Money("-5", EUR)),
                           (saved, ada, Money("333.33", EUR))]
    try
        transfer!(bank, from, to, amount)
        println("done: ", amount)
    catch e
        println("refused: ", sprint(showerror, e))
    end
end
for number in sort(collect(keys(bank.accounts)))
    statement(stdout, bank.accounts[number])
end
ada.owner = "Ada L."
println(ada.owner, " owns ", count(a -> startswith(a.owner, "Ada"), values(bank.accounts)), " accounts with ",
        sum(a.balance.cents for a in values(bank.accounts) if a.balance.currency === EUR), " cents")
try
    ada.number = 7
catch e
    println(sprint(showerror, e))
end
println(EUR, " ", Int(USD), " ", instances(Currency), " ", Currency(0) === EUR, " ", maximum([Money(5, USD), Money(7, USD)]))
