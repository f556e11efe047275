#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Computes what the numeric programs of examples/ must print, independently of lig.

`examples/expected/compute.py` rewrites their .txt files beside it; the others' were worked out line by line from
Julia's rules. Python's floats are the same IEEE doubles as Julia's and neither fuses a multiplication with an addition,
so the same operations in the same order give the same bits; printing differs and is done here by Julia's rules (`show`).
"""
import math
import os
from itertools import permutations

HERE = os.path.dirname(os.path.abspath(__file__))


def show(x):
    """A number as Julia prints it: shortest digits that read back, 1.0e-5 and 1.0e6 in that style."""
    if isinstance(x, int):
        return str(x)
    if not math.isfinite(x):
        return {"inf": "Inf", "-inf": "-Inf", "nan": "NaN"}[repr(x)]
    sign = "-" if math.copysign(1.0, x) < 0 else ""
    if x == 0:
        return sign + "0.0"
    mantissa, _, exponent = repr(abs(x)).partition("e")
    whole, _, fraction = mantissa.partition(".")
    point = len(whole) + int(exponent or 0)  # the decimal point stands after that many digits
    digits = whole + fraction
    point -= len(digits) - len(digits.lstrip("0"))
    digits = digits.strip("0")
    if not -4 < point <= 6:
        return f"{sign}{digits[0]}.{digits[1:] or '0'}e{point - 1}"
    if point <= 0:
        return sign + "0." + "0" * -point + digits
    digits = digits.ljust(point, "0")
    return f"{sign}{digits[:point]}.{digits[point:] or '0'}"


def lines(*rows):
    return "".join("".join(x if isinstance(x, str) else show(x) for x in row) + "\n" for row in rows)


def mandelbrot(n=400):
    def escape_time(cr, ci, limit):
        zr = zi = 0.0
        for step in range(limit):
            zr2, zi2 = zr * zr, zi * zi
            if zr2 + zi2 > 4.0:
                return step
            zi = 2.0 * zr * zi + ci
            zr = zr2 - zi2 + cr
        return limit

    def at(i, count, low, high):
        return low + i * (high - low) / (count - 1)

    out = ""
    for row in range(25):
        for column in range(72):
            steps = escape_time(at(column, 72, -2.2, 0.8), at(row, 25, -1.2, 1.2), 100)
            out += "#" if steps == 100 else " .:-=+*o%@"[min(steps, 9)]
        out += "\n"
    inside = sum(escape_time(at(column, n, -2.0, 1.0), at(row, n, -1.5, 1.5), 200) == 200
                 for row in range(n) for column in range(n))
    return out + lines((inside, " of ", n * n, " points inside, area about ", 9.0 * inside / n**2))


def nbody(steps=200_000):
    solar_mass, days = 4 * (3.141592653589793 * 3.141592653589793), 365.24
    raw = [
        (0.0, 0.0, 0.0, 0.0, 0.0, 0.0, None),
        (4.84143144246472090e+00, -1.16032004402742839e+00, -1.03622044471123109e-01,
         1.66007664274403694e-03, 7.69901118419740425e-03, -6.90460016972063023e-05, 9.54791938424326609e-04),
        (8.34336671824457987e+00, 4.12479856412430479e+00, -4.03523417114321381e-01,
         -2.76742510726411899e-03, 4.99852801234917238e-03, 2.30417297573763929e-05, 2.85885980666130812e-04),
        (1.28943695621391310e+01, -1.51111514016986312e+01, -2.23307578892655734e-01,
         2.96460137564761618e-03, 2.37847173959480950e-03, -2.96589568540237556e-05, 4.36624404335156298e-05),
        (1.53796971148509165e+01, -2.59193146099879641e+01, 1.79258772950371181e-01,
         2.68067772490389322e-03, 1.62824170038242295e-03, -9.51592254519715870e-05, 5.15138902046611451e-05),
    ]
    pos = [list(r[:3]) for r in raw]
    vel = [[v * days for v in r[3:6]] for r in raw]
    mass = [solar_mass if r[6] is None else r[6] * solar_mass for r in raw]
    for axis in range(3):
        momentum = 0.0
        for v, m in zip(vel, mass):
            momentum += v[axis] * m
        vel[0][axis] = -momentum / solar_mass

    def energy():
        e = 0.0
        for i in range(5):
            vx, vy, vz = vel[i]
            e += 0.5 * mass[i] * (vx * vx + vy * vy + vz * vz)
            for j in range(i + 1, 5):
                dx, dy, dz = (p - q for p, q in zip(pos[i], pos[j]))
                e -= mass[i] * mass[j] / math.sqrt(dx * dx + dy * dy + dz * dz)
        return e

    start = energy()
    pairs = [(pos[i], vel[i], mass[i], pos[j], vel[j], mass[j]) for i in range(5) for j in range(i + 1, 5)]
    for _ in range(steps):
        for p, v, m, q, w, k in pairs:
            dx, dy, dz = p[0] - q[0], p[1] - q[1], p[2] - q[2]
            d2 = dx * dx + dy * dy + dz * dz
            pull = 0.01 / (d2 * math.sqrt(d2))
            v[0] -= dx * k * pull
            v[1] -= dy * k * pull
            v[2] -= dz * k * pull
            w[0] += dx * m * pull
            w[1] += dy * m * pull
            w[2] += dz * m * pull
        for p, v in zip(pos, vel):
            p[0] += 0.01 * v[0]
            p[1] += 0.01 * v[1]
            p[2] += 0.01 * v[2]
    return lines(("energy at the start  ", start), ("energy at the end    ", energy()),
                 *((p[0], " ", p[1], " ", p[2]) for p in pos))


def fannkuch(n=9):
    """By the definition of the permutations' order: the k-th one turns its first d + 1 cards round by the
    digit d of k written in the factorial number system, the highest digit first."""
    checksum = most = 0
    for k in range(math.factorial(n)):
        digits, rest = [], k
        for base in range(2, n + 1):
            rest, digit = divmod(rest, base)
            digits.append(digit)
        cards = list(range(1, n + 1))
        for size in range(n, 1, -1):
            d = digits[size - 2]
            cards[:size] = cards[d:size] + cards[:d]
        flips = 0
        while cards[0] != 1:
            top = cards[0]
            cards[:top] = cards[top - 1::-1] if top == len(cards) else cards[:top][::-1]
            flips += 1
        checksum += flips if k % 2 == 0 else -flips
        most = max(most, flips)
    return lines((checksum,), ("Pfannkuchen(", n, ") = ", most))


def spectral_norm(n=500):
    a = [[1.0 / ((i + j) * (i + j + 1) // 2 + i + 1) for j in range(n)] for i in range(n)]
    at = [[a[j][i] for j in range(n)] for i in range(n)]

    def dot(x, y):
        total = 0.0
        for p, q in zip(x, y):
            total += p * q
        return total

    def both(v):
        w = [dot(row, v) for row in a]
        return [dot(row, w) for row in at]

    u = [1.0] * n
    for _ in range(10):
        v = both(u)
        u = both(v)
    return lines((math.sqrt(dot(u, v) / dot(v, v)),))


def binary_trees(depth=14):
    nodes = lambda d: 2**(d + 1) - 1  # of a full tree
    rows = [("stretch tree of depth ", depth + 1, "\t check: ", nodes(depth + 1))]
    for d in range(4, depth + 1, 2):
        trees = 2**(depth - d + 4)
        rows.append((trees, "\t trees of depth ", d, "\t check: ", trees * nodes(d)))
    return lines(*rows, ("long lived tree of depth ", depth, "\t check: ", nodes(depth)))


def nqueens(largest=10):
    out = ""
    for n in range(1, largest + 1):
        ways = 0
        for queens in permutations(range(n)):
            if len({q + r for r, q in enumerate(queens)}) == n == len({q - r for r, q in enumerate(queens)}):
                ways += 1
                if n == largest and ways == 1:
                    out += "".join("".join("Q " if c == q else ". " for c in range(n)) + "\n" for q in queens)
        out += lines((n, " queens: ", ways, " ways"))
    return out


def matmul(n=300):
    def ramp(scale):
        return [[scale * (i - j) * (i + j) for j in range(n)] for i in range(n)]

    a, b = ramp(1.0 / n**2), ramp(2.0 / n**2)
    columns = list(zip(*b))

    def element(i, j):
        total = 0.0
        for x, y in zip(a[i], columns[j]):
            total += x * y
        return total

    trace = 0.0
    for i in range(n):
        trace += element(i, i)
    last = n - 1
    f, g = 0, 1
    for _ in range(50):
        f, g = g, f + g
    return lines(("trace         ", trace),
                 ("corners       ", element(0, 0), " ", element(0, last), " ", element(last, 0), " ", element(last, last)),
                 ("exchanged     ", 1, 0), ("fibonacci(50) ", f))


def sieve(limit=2_000_000):
    primes = []  # by trial division of the odd numbers, with the primes so far
    for k in [2, *range(3, limit + 1, 2)]:
        root = math.isqrt(k)
        for p in primes:
            if p > root:
                primes.append(k)
                break
            if k % p == 0:
                break
        else:
            primes.append(k)
    gaps = [(q - p, -p) for p, q in zip(primes, primes[1:])]
    gap, start = max(gaps)
    return lines(("primes up to ", limit, ": ", len(primes)), ("the last one:  ", primes[-1]),
                 ("their sum:     ", sum(primes)), ("twins:         ", sum(g == 2 for g, _ in gaps)),
                 ("widest gap:    ", gap, " after ", -start))


def quicksort(n=500_000):
    state = 42

    def following():
        nonlocal state
        state = (state * 1103515245 + 12345) % 2147483648
        return state

    def report(title, v, word="sorted"):
        return (title, ": ", v[0], " ", v[len(v) // 2 - 1], " ", v[-1], "  ", word)

    numbers = [following() for _ in range(n)]
    ascending, descending = sorted(numbers), sorted(numbers, reverse=True)
    # These two orders may put equal keys either way round.
    by_digits = unique_places(descending[:100], lambda x: x % 1_000_000)
    floats = [following() / 2147483648 - 0.5 for _ in range(n)]
    around = unique_places(floats, lambda x: abs(x - 0.125))
    return lines(report("as they came ", numbers, "not sorted"), report("ascending    ", ascending),
                 report("descending   ", descending), report("last digits  ", by_digits),
                 report("floats       ", sorted(floats)), report("around 0.125 ", around))


def unique_places(v, key):
    """v sorted by key, where the first, middle and last element have keys that no other one has, so that
    an unstable sort puts the same elements there."""
    v = sorted(v, key=key)
    keys = [key(x) for x in v]
    for place in (0, len(v) // 2 - 1, len(v) - 1):
        assert keys.count(keys[place]) == 1, f"place {place} is not unique"
    return v


def shapes():
    circle = lambda r: (math.pi * r**2, 2 * math.pi * r)
    root = math.sqrt
    found = [("circle", *circle(1.0)), ("circle", *circle(2)), ("rectangle", 2.0 * 3.5, 2.0 + 3.5 + 2.0 + 3.5),
             ("square", 9, 12.0), ("triangle", 6.0, 4.0 + root(4.0**2 + 3.0**2) + 3.0)]
    rows = [(name, ": area ", area, ", perimeter ", perimeter) for name, area, perimeter in found]
    total = 0.0
    for _, area, _ in found:
        total += area
    rows.append(("all together: ", total))
    # By hand, from a drawing: the boxes and distances are small whole numbers.
    meeting = [(1, 4), (1, 5), (2, 3), (2, 5), (3, 5), (4, 5)]
    rows += [(found[i - 1][0], " ", i, " meets ", found[j - 1][0], " ", j) for i, j in meeting]
    grown = [math.pi * 2.0**2, math.pi * 4**2, 4.0 * 7.0, 36, 6.0]
    rows += [(name, " grown: ", area) for (name, _, _), area in zip(found, grown)]
    return lines(*rows)


def main():
    for program in (mandelbrot, nbody, fannkuch, spectral_norm, binary_trees, nqueens, matmul, sieve, quicksort, shapes):
        with open(os.path.join(HERE, program.__name__ + ".txt"), "w") as file:
            file.write(program())


if __name__ == "__main__":
    main()
