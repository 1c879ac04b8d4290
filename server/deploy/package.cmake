# package.cmake -- what `cmake --install` puts where, and the package of `cpack -G DEB`.
#
#     cmake -S . -B build -DCMAKE_INSTALL_PREFIX=/usr && cmake --build build && (cd build && cpack -G DEB)
#
# The pages of the manual about the commands are made of what `runde COMMAND --help` says; without
# help2man they are left out.

include(GNUInstallDirs)
set(DEPLOY ${CMAKE_CURRENT_SOURCE_DIR}/server/deploy)
set(PACK ${CMAKE_BINARY_DIR}/package)
set(RUNDE_COMMANDS serve demo new link chief list export import erase backup upgrade check) # `version` is a word of --version.

find_program(HELP2MAN help2man)
set(MANUAL ${PACK}/runde.1.gz ${PACK}/runde.ini.5.gz)
foreach(page runde.1 runde.ini.5)
    add_custom_command(OUTPUT ${PACK}/${page}.gz
        COMMAND ${CMAKE_COMMAND} -E make_directory ${PACK}
        COMMAND gzip -9nc ${DEPLOY}/${page} > ${PACK}/${page}.gz
        DEPENDS ${DEPLOY}/${page} VERBATIM)
endforeach()
if(HELP2MAN)
    foreach(command ${RUNDE_COMMANDS})
        add_custom_command(OUTPUT ${PACK}/runde-${command}.1.gz
            COMMAND ${CMAKE_COMMAND} -E make_directory ${PACK}
            COMMAND bash ${DEPLOY}/manual.sh ${HELP2MAN} $<TARGET_FILE:runde> ${command}
                ${PROJECT_VERSION} > ${PACK}/runde-${command}.1.gz
            DEPENDS runde ${DEPLOY}/manual.sh VERBATIM)
        list(APPEND MANUAL ${PACK}/runde-${command}.1.gz)
    endforeach()
else()
    message(STATUS "help2man is not there: no pages of the manual about the commands")
endif()
set(LICENCES)
foreach(name lit-html hyphen papaparse)
    if(EXISTS ${CMAKE_SOURCE_DIR}/web/made/${name}.licence)
        list(APPEND LICENCES ${CMAKE_SOURCE_DIR}/web/made/${name}.licence)
    else()
        list(APPEND LICENCES ${CMAKE_SOURCE_DIR}/web/node_modules/${name}/LICENSE)
    endif()
endforeach()
add_custom_command(OUTPUT ${PACK}/copyright ${PACK}/changelog.gz
    COMMAND ${CMAKE_COMMAND} -E make_directory ${PACK}
    COMMAND ${CMAKE_COMMAND} -E cat ${DEPLOY}/copyright ${LICENCES} > ${PACK}/copyright
    COMMAND gzip -9nc ${DEPLOY}/changelog > ${PACK}/changelog.gz
    DEPENDS ${DEPLOY}/copyright ${DEPLOY}/changelog ${PAGES_MADE} VERBATIM)
add_custom_target(package_files ALL DEPENDS ${MANUAL} ${PACK}/copyright ${PACK}/changelog.gz)

install(TARGETS runde)
install(FILES ${PACK}/runde.1.gz DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
install(FILES ${PACK}/runde.ini.5.gz DESTINATION ${CMAKE_INSTALL_MANDIR}/man5)
if(HELP2MAN)
    foreach(command ${RUNDE_COMMANDS})
        install(FILES ${PACK}/runde-${command}.1.gz DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
    endforeach()
endif()
install(FILES ${DEPLOY}/completion DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions
    RENAME runde)
install(FILES ${PACK}/copyright ${PACK}/changelog.gz ${DEPLOY}/nginx.conf ${DEPLOY}/haproxy.cfg
    ${DEPLOY}/nginx-nodes.conf ${DEPLOY}/haproxy-nodes.cfg
    ${DEPLOY}/Caddyfile ${DEPLOY}/postgresql.sql ${DEPLOY}/alerts.yml ${DEPLOY}/grafana.json DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/runde)
install(FILES ${DEPLOY}/runde.service ${DEPLOY}/runde.socket DESTINATION /usr/lib/systemd/system)
install(FILES ${DEPLOY}/runde.ini DESTINATION /etc)

set(CPACK_PACKAGE_NAME runde)
set(CPACK_PACKAGE_CONTACT "Runde's maintainers <runde@packages.runde.example>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "leads a meeting that goes round a table")
set(CPACK_PACKAGE_DESCRIPTION
"A server runs the timed rounds of a structured meeting. Everybody takes part
from a phone or without one, the room sees the table on the big screen, and
the decision minutes are ready when people stand up.
.
It is made for the Danish skoleudviklingssamtale, whose agenda is built in,
and fits any meeting of the kind. Danish and English.")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION net)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
# Loaded by name when the server starts, which no tool can see.
set(CPACK_DEBIAN_PACKAGE_DEPENDS "libwebsockets-evlib-uv, tzdata, hunspell-da, hunspell-en-gb")
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "nginx | caddy | haproxy, postgresql")
set(CPACK_DEBIAN_COMPRESSION_TYPE xz)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA
    ${DEPLOY}/package/conffiles ${DEPLOY}/package/postinst ${DEPLOY}/package/prerm
    ${DEPLOY}/package/postrm)
include(CPack)
