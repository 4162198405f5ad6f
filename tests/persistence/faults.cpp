#include "tests/persistence/faults.hpp"

namespace yimen::persistence {

namespace {

FaultyDisk* present_disk = nullptr;
StatementFaults* present_faults = nullptr;
sqlite3_vfs* real_system = nullptr;
sqlite3_vfs shim_system;
sqlite3_io_methods shim_methods;

// SQLite makes room for this; the real file lies behind it.
struct ShimFile {
  sqlite3_file base;
  sqlite3_file* real;
};

sqlite3_file* real_of(sqlite3_file* file) { return reinterpret_cast<ShimFile*>(file)->real; }

int shim_open(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* out_flags) {
  auto* shim = reinterpret_cast<ShimFile*>(file);
  shim->real = reinterpret_cast<sqlite3_file*>(shim + 1);
  const int code = real_system->xOpen(real_system, name, shim->real, flags, out_flags);
  shim->base.pMethods = shim->real->pMethods != nullptr ? &shim_methods : nullptr;
  return code;
}

int changed_or_fault() { return present_disk != nullptr ? present_disk->change() : SQLITE_OK; }

void make_methods() {
  shim_methods.iVersion = 2;
  shim_methods.xClose = [](sqlite3_file* file) {
    return real_of(file)->pMethods->xClose(real_of(file));
  };
  shim_methods.xRead = [](sqlite3_file* file, void* to, int amount, sqlite3_int64 offset) {
    return real_of(file)->pMethods->xRead(real_of(file), to, amount, offset);
  };
  shim_methods.xWrite = [](sqlite3_file* file, const void* from, int amount,
                           sqlite3_int64 offset) {
    const int fault = changed_or_fault();
    if (fault != SQLITE_OK) return fault;
    return real_of(file)->pMethods->xWrite(real_of(file), from, amount, offset);
  };
  shim_methods.xTruncate = [](sqlite3_file* file, sqlite3_int64 size) {
    const int fault = changed_or_fault();
    if (fault != SQLITE_OK) return fault;
    return real_of(file)->pMethods->xTruncate(real_of(file), size);
  };
  shim_methods.xSync = [](sqlite3_file* file, int flags) {
    const int fault = changed_or_fault();
    if (fault != SQLITE_OK) return fault;
    return real_of(file)->pMethods->xSync(real_of(file), flags);
  };
  shim_methods.xFileSize = [](sqlite3_file* file, sqlite3_int64* size) {
    return real_of(file)->pMethods->xFileSize(real_of(file), size);
  };
  shim_methods.xLock = [](sqlite3_file* file, int level) {
    return real_of(file)->pMethods->xLock(real_of(file), level);
  };
  shim_methods.xUnlock = [](sqlite3_file* file, int level) {
    return real_of(file)->pMethods->xUnlock(real_of(file), level);
  };
  shim_methods.xCheckReservedLock = [](sqlite3_file* file, int* held) {
    return real_of(file)->pMethods->xCheckReservedLock(real_of(file), held);
  };
  shim_methods.xFileControl = [](sqlite3_file* file, int operation, void* argument) {
    return real_of(file)->pMethods->xFileControl(real_of(file), operation, argument);
  };
  shim_methods.xSectorSize = [](sqlite3_file* file) {
    return real_of(file)->pMethods->xSectorSize(real_of(file));
  };
  shim_methods.xDeviceCharacteristics = [](sqlite3_file* file) {
    return real_of(file)->pMethods->xDeviceCharacteristics(real_of(file));
  };
  shim_methods.xShmMap = [](sqlite3_file* file, int page, int size, int extends,
                            void volatile** at) {
    return real_of(file)->pMethods->xShmMap(real_of(file), page, size, extends, at);
  };
  shim_methods.xShmLock = [](sqlite3_file* file, int offset, int count, int flags) {
    return real_of(file)->pMethods->xShmLock(real_of(file), offset, count, flags);
  };
  shim_methods.xShmBarrier = [](sqlite3_file* file) {
    real_of(file)->pMethods->xShmBarrier(real_of(file));
  };
  shim_methods.xShmUnmap = [](sqlite3_file* file, int deletes) {
    return real_of(file)->pMethods->xShmUnmap(real_of(file), deletes);
  };
}

int on_open(sqlite3* connection, const char**, const sqlite3_api_routines*) {
  if (present_faults != nullptr) present_faults->opened(connection);
  return SQLITE_OK;
}

int on_statement(unsigned, void* connection, void*, void*) {
  if (present_faults != nullptr) present_faults->begins(static_cast<sqlite3*>(connection));
  return 0;
}

}  // namespace

FaultyDisk::FaultyDisk() {
  real_system = sqlite3_vfs_find(nullptr);
  make_methods();
  shim_system = *real_system;
  shim_system.zName = "faulty";
  shim_system.pNext = nullptr;
  shim_system.szOsFile = static_cast<int>(sizeof(ShimFile)) + real_system->szOsFile;
  shim_system.xOpen = shim_open;
  present_disk = this;
  sqlite3_vfs_register(&shim_system, 1);
}

FaultyDisk::~FaultyDisk() {
  sqlite3_vfs_unregister(&shim_system);
  sqlite3_vfs_register(real_system, 1);
  present_disk = nullptr;
}

void FaultyDisk::break_at(int nth, int code, bool is_lasting) {
  struck_ = false;
  code_ = code;
  is_lasting_ = is_lasting;
  left_ = nth;
}

void FaultyDisk::repair() { left_ = 0; }

int FaultyDisk::change() {
  if (left_ == 0) return SQLITE_OK;
  if (left_ > 1) {
    --left_;
    return SQLITE_OK;
  }
  struck_ = true;
  if (!is_lasting_) left_ = 0;
  return code_;
}

StatementFaults::StatementFaults() {
  present_faults = this;
  sqlite3_auto_extension(reinterpret_cast<void (*)()>(on_open));
}

StatementFaults::~StatementFaults() {
  sqlite3_cancel_auto_extension(reinterpret_cast<void (*)()>(on_open));
  present_faults = nullptr;
}

void StatementFaults::opened(sqlite3* connection) {
  if (writer_ != nullptr || sqlite3_db_readonly(connection, "main") != 0) return;
  writer_ = connection;
  sqlite3_trace_v2(connection, SQLITE_TRACE_STMT, on_statement, connection);
}

void StatementFaults::break_at(int nth) {
  struck_ = false;
  left_ = nth;
}

void StatementFaults::begins(sqlite3* connection) {
  if (left_ == 0 || --left_ != 0) return;
  struck_ = true;
  sqlite3_interrupt(connection);
}

}  // namespace yimen::persistence
