// SPDX-License-Identifier: MIT
// Five bodies under gravity: floats in mutable structs.
// The same in Julia: ../nbody.jl
#include "measure.h"
#include <math.h>

#define SOLAR_MASS (4 * 3.141592653589793 * 3.141592653589793)
#define DAYS 365.24
#define BODIES 5

struct body {
  double x, y, z, vx, vy, vz, mass;
};

static struct body planet(double x, double y, double z, double vx, double vy, double vz, double mass) {
  return (struct body){x, y, z, vx * DAYS, vy * DAYS, vz * DAYS, mass * SOLAR_MASS};
}

static void solar_system(struct body *bodies) {
  bodies[0] = (struct body){0, 0, 0, 0, 0, 0, SOLAR_MASS};
  bodies[1] = planet(4.84143144246472090e+00, -1.16032004402742839e+00, -1.03622044471123109e-01,
                     1.66007664274403694e-03, 7.69901118419740425e-03, -6.90460016972063023e-05,
                     9.54791938424326609e-04);
  bodies[2] = planet(8.34336671824457987e+00, 4.12479856412430479e+00, -4.03523417114321381e-01,
                     -2.76742510726411899e-03, 4.99852801234917238e-03, 2.30417297573763929e-05,
                     2.85885980666130812e-04);
  bodies[3] = planet(1.28943695621391310e+01, -1.51111514016986312e+01, -2.23307578892655734e-01,
                     2.96460137564761618e-03, 2.37847173959480950e-03, -2.96589568540237556e-05,
                     4.36624404335156298e-05);
  bodies[4] = planet(1.53796971148509165e+01, -2.59193146099879641e+01, 1.79258772950371181e-01,
                     2.68067772490389322e-03, 1.62824170038242295e-03, -9.51592254519715870e-05,
                     5.15138902046611451e-05);
}

static void rest(struct body *bodies) {
  double px = 0, py = 0, pz = 0;
  for (int64_t i = 0; i < BODIES; i++) {
    px += bodies[i].vx * bodies[i].mass;
    py += bodies[i].vy * bodies[i].mass;
    pz += bodies[i].vz * bodies[i].mass;
  }
  bodies[0].vx = -px / SOLAR_MASS;
  bodies[0].vy = -py / SOLAR_MASS;
  bodies[0].vz = -pz / SOLAR_MASS;
}

static double energy(const struct body *bodies, int64_t n) {
  double e = 0.0;
  for (int64_t i = 0; i < n; i++) {
    const struct body *a = &bodies[i];
    e += 0.5 * a->mass * (a->vx * a->vx + a->vy * a->vy + a->vz * a->vz);
    for (int64_t j = i + 1; j < n; j++) {
      const struct body *b = &bodies[j];
      double dx = a->x - b->x;
      double dy = a->y - b->y;
      double dz = a->z - b->z;
      e -= a->mass * b->mass / sqrt(dx * dx + dy * dy + dz * dz);
    }
  }
  return e;
}

__attribute__((noinline)) static void advance(struct body *bodies, int64_t n, double dt) {
  for (int64_t i = 0; i < n; i++) {
    struct body *a = &bodies[i];
    for (int64_t j = i + 1; j < n; j++) {
      struct body *b = &bodies[j];
      double dx = a->x - b->x;
      double dy = a->y - b->y;
      double dz = a->z - b->z;
      double d2 = dx * dx + dy * dy + dz * dz;
      double pull = dt / (d2 * sqrt(d2));
      a->vx -= dx * b->mass * pull;
      a->vy -= dy * b->mass * pull;
      a->vz -= dz * b->mass * pull;
      b->vx += dx * a->mass * pull;
      b->vy += dy * a->mass * pull;
      b->vz += dz * a->mass * pull;
    }
  }
  for (int64_t i = 0; i < n; i++) {
    struct body *b = &bodies[i];
    b->x += dt * b->vx;
    b->y += dt * b->vy;
    b->z += dt * b->vz;
  }
}

static double work(int64_t steps) {
  // The number of bodies is not a constant to the loops, as in the Julia program.
  volatile int64_t n = BODIES;
  struct body bodies[BODIES];
  solar_system(bodies);
  rest(bodies);
  for (int64_t i = 0; i < steps; i++)
    advance(bodies, n, 0.01);
  return energy(bodies, n);
}

MEASURE(500000, "%.17g")
