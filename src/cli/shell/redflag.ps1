# Completions of redflag for PowerShell.

Register-ArgumentCompleter -Native -CommandName redflag -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $before = @($commandAst.CommandElements | Select-Object -Skip 1 |
        Where-Object { $_.Extent.EndOffset -lt $cursorPosition } | ForEach-Object { $_.Extent.Text })
    redflag complete-word "--word=$wordToComplete" -- $before 2>$null | ForEach-Object {
        $value, $help = $_ -split "`t", 2
        if ($value) {
            if (-not $help) { $help = $value }
            [System.Management.Automation.CompletionResult]::new($value, $value, 'ParameterValue', $help)
        } else {
            [System.Management.Automation.CompletionCompleters]::CompleteFilename($wordToComplete)
        }
    }
}
