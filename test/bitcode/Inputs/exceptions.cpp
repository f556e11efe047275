// Exceptions through several functions, static objects, templates and inline variables shared by two files.
#include <iostream>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

inline int inline_count = 0;
struct Noisy {
  std::string name;
  explicit Noisy(std::string given) : name(std::move(given)) { std::cout << "made " << name << ' ' << ++inline_count << '\n'; }
  ~Noisy() { std::cout << "gone " << name << '\n'; }
};
int other_file(int depth);

#ifdef OTHER
static Noisy local("other");
static thread_local int per_thread = 5;
int other_file(int depth) {
  Noisy guard("guard");
  per_thread += depth;
  if (depth == 0)
    throw std::out_of_range("deep " + std::to_string(per_thread));
  return other_file(depth - 1) + 1;
}
#else
static Noisy local("main");
thread_local std::unique_ptr<Noisy> of_thread;
struct Shape { virtual ~Shape() = default; virtual double area() const = 0; };
struct Square : Shape { double side = 3; double area() const override { return side * side; } };
int main() {
  std::map<std::string, std::vector<int>> table;
  for (int i = 0; i < 5; ++i)
    table[i % 2 ? "odd" : "even"].push_back(i * i);
  for (auto &[name, values] : table) {
    std::cout << name;
    for (int value : values)
      std::cout << ' ' << value;
    std::cout << '\n';
  }
  try {
    other_file(1);
  } catch (const std::logic_error &problem) {
    std::cout << "caught " << problem.what() << '\n';
  }
  std::thread([] { of_thread = std::make_unique<Noisy>("thread"); }).join();
  std::unique_ptr<Shape> shape = std::make_unique<Square>();
  std::cout << shape->area() << ' ' << (dynamic_cast<Square *>(shape.get()) != nullptr) << '\n';
  try {
    std::cout << std::stoi("no number");
  } catch (const std::invalid_argument &) {
    std::cout << "not a number\n";
  }
  return inline_count;
}
#endif
