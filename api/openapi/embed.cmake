# cmake -DFOLDER=… -DOUTPUT=… -P embed.cmake
# Writes one source file that holds every JSON file of the folder by its name, so that the program
# needs no path at run time.
file(GLOB paths "${FOLDER}/*.json")
list(SORT paths)
set(rows "")
foreach(path IN LISTS paths)
  get_filename_component(name "${path}" NAME_WE)
  file(READ "${path}" text)
  string(APPEND rows "  {\"${name}\", R\"openapi(${text})openapi\"},\n")
endforeach()
file(WRITE "${OUTPUT}" "#include \"api/openapi/sources.hpp\"

namespace yimen::api::openapi {

const std::vector<std::pair<std::string, std::string>>& embedded_sources() {
  static const std::vector<std::pair<std::string, std::string>> sources{
${rows}  };
  return sources;
}

}  // namespace yimen::api::openapi
")
