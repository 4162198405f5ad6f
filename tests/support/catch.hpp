// The only file that names Catch2, so that its version is a matter of one line.
#pragma once

#include <catch2/catch.hpp>
