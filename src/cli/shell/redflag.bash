# Completions of redflag for bash.

_redflag() {
    local line
    COMPREPLY=()
    # Not by `< <(...)`, which needs /dev/fd: not every system in a system has it.
    while IFS= read -r line; do
        if [[ $line == $'\t'* ]]; then
            # Files, by their names and in the way of bash.
            compopt -o filenames -o default 2>/dev/null
            while IFS= read -r line; do
                [[ -n $line ]] && COMPREPLY+=("$line")
            done <<<"$(compgen -f -- "$2")"
        elif [[ -n $line ]]; then
            COMPREPLY+=("${line%%$'\t'*}")
        fi
    done <<<"$(redflag complete-word "--word=$2" -- "${COMP_WORDS[@]:1:COMP_CWORD-1}" 2>/dev/null)"
}

# Older shells can't keep the order.
complete -F _redflag -o nosort redflag 2>/dev/null || complete -F _redflag redflag
