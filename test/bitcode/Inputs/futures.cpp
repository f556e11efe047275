// SPDX-License-Identifier: MIT
#include <future>
#include <iostream>
#include <mutex>
#include <stdexcept>

int main() {
  std::once_flag once;
  for (int i = 0; i < 2; i++)
    std::call_once(once, [] { std::cout << "once "; });
  auto answer = std::async(std::launch::async, [] { return 42; });
  std::cout << answer.get() << ' ';
  std::promise<int> promise;
  std::thread giver([&promise] { promise.set_value(7); });
  std::cout << promise.get_future().get() << ' ';
  giver.join();
  auto failing = std::async(std::launch::async, []() -> int { throw std::runtime_error("nothing here"); });
  try {
    failing.get();
  } catch (const std::runtime_error &error) {
    std::cout << "caught " << error.what() << '\n';
  }
}
