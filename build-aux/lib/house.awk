# house.awk FILE… - floors, lengths. Run by build-aux/check in the checkout.

BEGIN {
  floor["model"] = 1
  floor["store"] = 2
  floor["rules"] = floor["exchange"] = floor["ecosystem"] = floor["sync"] = 3
  floor["widgets"] = 4
  floor["pages"] = 5
  floor["app"] = floor["cli"] = 6
  soft_lines = 500; hard_lines = 900; soft_function = 60
}

function fault (text) { print file ":" FNR ": " text; faults++ }
function note (text) { print file ": note: " text }

function end_of_file ()
{
  if (file == "")
    return
  if (lines > hard_lines)
    { print file ": " lines " lines, " hard_lines " at most"; faults++ }
  else if (lines > soft_lines)
    note(lines " lines: time to split it")
}

FNR == 1 {
  end_of_file()
  file = FILENAME
  split(file, path, "/")
  folder = path[2]
  opened = 0
}

{ lines = FNR }

/^#[ ]*include[ ]*"/ {
  split($0, quoted, "\"")
  split(quoted[2], included, "/")
  target = included[1]
  if (!(target in floor))
    {
      if (quoted[2] != "config.h" && !(quoted[2] ~ /^(ent-)?[a-z]+-resources\.h$/))
        fault("write the folder too: \"" folder "/…\" instead of \"" quoted[2] "\"")
    }
  else if (folder in floor && floor[target] > floor[folder])
    fault(folder " (floor " floor[folder] ") includes " target " (floor " floor[target] ")")
  else if (folder == "cli" && target != "cli" && floor[target] > 3)
    fault("the command line uses floors 1 to 3 only, not " target)
  else if (folder == "app" && target == "cli")
    fault("the application does not use the command line")
}

/^#[ ]*include[ ]*<(gtk|gdk|gsk|adwaita|libportal-gtk)/ {
  if (folder == "cli" || floor[folder] <= 3)
    fault("no GTK below the widgets")
}

/^\{/ { opened = FNR }
/^\}/ {
  if (opened && $0 == "}" && FNR - opened - 1 > soft_function)
    note("the function that ends on line " FNR " has " FNR - opened - 1 " lines")
  opened = 0
}

END {
  end_of_file()
  exit faults > 0
}
