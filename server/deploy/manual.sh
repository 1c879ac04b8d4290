# manual.sh HELP2MAN RUNDE COMMAND VERSION -- a page of the manual, of what `runde COMMAND --help` says.
set -euo pipefail
about=$("$2" --help | awk -v command="$3" '$1 == "runde" && $2 == command { sub(/^ *[^ ]+ +[^ ]+ +/, ""); print }')
# man(1) finds a page by a name without blanks.
"$1" --no-info --section=1 --name="$about" --version-string="$4" "$2 $3" |
  sed "s/^runde $3 \\\\-/runde-$3 \\\\-/; s/^\.TH RUNDE /.TH RUNDE-${3^^} /" | gzip -9n
