// A value that copies share until one of them is changed (copy on write).
#pragma once

#include <atomic>
#include <utility>

namespace yimen::workflow {

// Reading and copying are safe from many threads; changing one copy never shows in another.
// Default-made and moved-from holders read as a default-made T.
template <class T>
class Shared {
 public:
  Shared() = default;
  explicit Shared(T value) : node_(new Node{std::move(value)}) {}
  Shared(const Shared& other) : node_(other.node_) {
    if (node_ != nullptr) node_->owners.fetch_add(1, std::memory_order_relaxed);
  }
  Shared(Shared&& other) noexcept : node_(std::exchange(other.node_, nullptr)) {}
  Shared& operator=(Shared other) noexcept {
    std::swap(node_, other.node_);
    return *this;
  }
  ~Shared() {
    if (node_ != nullptr && node_->owners.fetch_sub(1, std::memory_order_acq_rel) == 1) {
      delete node_;
    }
  }

  [[nodiscard]] const T& read() const {
    static const T nothing{};
    return node_ != nullptr ? node_->value : nothing;
  }

  // This holder's own, to be changed; a copy where others share it.
  [[nodiscard]] T& own() {
    if (node_ == nullptr) {
      node_ = new Node{};
    } else if (node_->owners.load(std::memory_order_acquire) != 1) {
      *this = Shared(T(node_->value));
    }
    return node_->value;
  }

  bool operator==(const Shared& other) const {
    return node_ == other.node_ || read() == other.read();
  }

 private:
  struct Node {
    T value;
    std::atomic<int> owners{1};
  };

  Node* node_ = nullptr;
};

}  // namespace yimen::workflow
