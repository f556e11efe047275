// SPDX-License-Identifier: MIT
// How `--help` looks: CLI11's way, but with a usage line of our own and with nothing about options that they
// do not say themselves.
#pragma once

#include <CLI/CLI.hpp>

#include <string>

class HelpFormat final : public CLI::Formatter {
public:
  /// `usage` is that of the command itself; of its subcommands CLI11 knows it.
  explicit HelpFormat(std::string usage) : usage_(std::move(usage)) {}

  std::string make_usage(const CLI::App *app, std::string name) const override {
    return app->get_parent() ? Formatter::make_usage(app, std::move(name)) : "Usage: " + usage_ + "\n";
  }
  /// Without the value that a flag has when none is given: --perf{map}.
  std::string make_option_name(const CLI::Option *option, bool is_positional) const override {
    std::string name = Formatter::make_option_name(option, is_positional);
    return name.substr(0, name.find('{'));
  }
  std::string make_option_opts(const CLI::Option *option) const override {
    return option->get_option_text().empty() ? "" : " " + option->get_option_text();
  }

private:
  std::string usage_;
};
