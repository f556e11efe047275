// SPDX-License-Identifier: MIT
// Calls whose method is known only at run time: shapes of six classes in one array, and messages between two of them, which
// take two dispatches where Julia takes one on both types.
// The same in Julia: ../dynamic_dispatch.jl
"use strict";

class Shape {
  meet(other) { return other.meetShape(this); }
  meetShape(other) { return 1; }
  meetCircle(other) { return 1; }
  meetSquare(other) { return 1; }
}
class Circle extends Shape {
  constructor(r) { super(); this.r = r; }
  area() { return 3.0 * this.r * this.r; }
  meet(other) { return other.meetCircle(this); }
  meetCircle(other) { return 2; }
  meetSquare(other) { return 4; }
}
class Square extends Shape {
  constructor(a) { super(); this.a = a; }
  area() { return this.a * this.a; }
  meet(other) { return other.meetSquare(this); }
  meetCircle(other) { return 3; }
}
class Rectangle extends Shape {
  constructor(a, b) { super(); this.a = a; this.b = b; }
  area() { return this.a * this.b; }
}
class Triangle extends Shape {
  constructor(base, height) { super(); this.base = base; this.height = height; }
  area() { return this.base * this.height / 2; }
}
class Point extends Shape {
  area() { return 0.0; }
  meet(other) { return 5; }
}
class Ring extends Shape {
  constructor(inner, outer) { super(); this.inner = inner; this.outer = outer; }
  area() { return 3.0 * (this.outer * this.outer - this.inner * this.inner); }
}

function make(k) {
  const kind = (k * 7919) % 6;
  const x = (k % 13) + 1.0;
  switch (kind) {
    case 0: return new Circle(x);
    case 1: return new Square(x);
    case 2: return new Rectangle(x, 2.0);
    case 3: return new Triangle(x, 4.0);
    case 4: return new Point();
    default: return new Ring(x, x + 1);
  }
}

function work(n) {
  const shapes = [];
  for (let k = 1; k <= 1000; k++)
    shapes.push(make(k));
  let sum = 0.0;
  let meetings = 0;
  for (let round = 1; round <= n; round++) {
    for (let i = 0; i < 999; i++) {
      sum += shapes[i].area();
      meetings += shapes[i].meet(shapes[i + 1]);
    }
  }
  return sum + meetings;
}

require("./measure.js").measure(work, 1000, x => x.toFixed(1));
