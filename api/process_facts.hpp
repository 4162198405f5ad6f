// What the kernel says about this process, for those who watch it.
#pragma once

#include <cstdint>

#include "api/exposition.hpp"

namespace yimen::api {

// The usual process_… families: memory, time on the processor, descriptors, start.
void write_process_facts(Exposition& out);

}  // namespace yimen::api
