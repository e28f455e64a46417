# Completions of redflag for elvish.

use str

set edit:completion:arg-completer[redflag] = {|@words|
    for line [(redflag complete-word --word=$words[-1] -- (all $words[1..-1]) 2>/dev/null | from-lines)] {
        if (str:has-prefix $line "\t") {
            edit:complete-filename $@words
        } else {
            var value help = (str:split &max=2 "\t" $line)
            edit:complex-candidate $value &display=$value'  '$help
        }
    }
}
