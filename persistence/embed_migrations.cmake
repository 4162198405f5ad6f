# cmake -DFOLDER=… -DOUTPUT=… -DSTORE=… -P embed_migrations.cmake
# Writes one source file that holds every migration with its version, name and SHA-256, so that the
# program needs no path at run time.
file(GLOB paths "${FOLDER}/*.sql")
list(SORT paths)
set(rows "")
foreach(path IN LISTS paths)
  get_filename_component(name "${path}" NAME_WE)
  string(REGEX MATCH "^[0-9]+" version "${name}")
  math(EXPR version "1${version} - 10000")
  file(READ "${path}" text)
  file(SHA256 "${path}" checksum)
  string(APPEND rows
    "  {${version}, \"${name}\", \"${checksum}\", R\"migration(${text})migration\"},\n")
endforeach()
file(WRITE "${OUTPUT}" "#include \"persistence/${STORE}/migrations.hpp\"

namespace yimen::persistence::${STORE} {

const std::vector<Migration>& embedded_migrations() {
  static const std::vector<Migration> migrations{
${rows}  };
  return migrations;
}

}  // namespace yimen::persistence::${STORE}
")
