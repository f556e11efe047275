// The other half: the same static names, the strong definitions.
int shared = 21, tentative[4] = {0, 0, 0, 7};
static int counter = 100;
static const char *name(void) { return counter++ == 100 ? "other" : "again"; }
const char *other_name(void) { return name(); }
int twice(int x) { return 2 * x; }
int (*address_of_twice(void))(int) { return twice; }
const char *chosen(void) { return "strong"; }
