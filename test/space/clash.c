// SPDX-License-Identifier: MIT
// Defines what the other module defines too, in a space of its own; and C's old-fashioned common variables.
int shared[4];
static int hidden_counter;
extern int missing_on_purpose(void) __attribute__((weak));

double area_of(double side) { return side + 1000; }
int count(void) { return ++hidden_counter + shared[3] + (missing_on_purpose ? missing_on_purpose() : 0); }
