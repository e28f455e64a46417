# Completions of redflag for fish.

function __redflag_offers
    set -l before (commandline -opc)
    set -l word (commandline -ct)
    set -e before[1]
    for line in (redflag complete-word "--word=$word" -- $before 2>/dev/null)
        if string match -q -- \t'*' $line
            __fish_complete_path $word
        else
            echo $line
        end
    end
end

complete -c redflag -f -k -a '(__redflag_offers)'
