#compdef redflag
# Completions of redflag for zsh.

_redflag() {
    local -a offers
    local line files ret=1
    for line in "${(@f)$(redflag complete-word "--word=$PREFIX" -- "${(@)words[2,CURRENT-1]}" 2>/dev/null)}"; do
        case $line in
            ($'\t'*) files=1 ;;
            (?*) offers+=("${${line%%$'\t'*}//:/\\:}:${line#*$'\t'}") ;;
        esac
    done
    (( $#offers )) && _describe -V 'redflag' offers && ret=0
    [[ -n $files ]] && _files && ret=0
    return ret
}

if [ "$funcstack[1]" = "_redflag" ]; then
    _redflag "$@"
else
    compdef _redflag redflag
fi
