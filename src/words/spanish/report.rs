//! Reports in Spanish.

use super::super::{Handover, Headings, Opening, Report};

pub const REPORT: Report = Report {
    headings: HEADINGS,
    handover: HANDOVER,

    form_result: "Qué significan sus respuestas hasta ahora",

    nothing_decided: "Ninguna respuesta indicó algo más urgente.",
    these_decided: "Con solo estas respuestas, el resultado es así de urgente o más:",
    a_few_decided: "Con solo estas respuestas, el resultado es así de urgente o más. Puede que basten menos:",
    would_be: |others, level, at_least| {
        let least = if at_least { "al menos " } else { "" };
        format!("Con {}, el resultado sería {least}\"{level}\".", others.join(" o "))
    },
    rules: |count| if count == 1 { "Regla" } else { "Reglas" },

    until: |day, hour| match hour {
        Some(hour) => format!("antes del {day}, a {}", the(hour)),
        None => format!("a más tardar el {day}"),
    },
    call: |name, at_once, until| match (at_once, until) {
        (true, Some(until)) => format!("Llame ahora: {name} ({until})"),
        (true, None) => format!("Llame ahora: {name}"),
        (false, Some(until)) => format!("Llame: {name} ({until})"),
        (false, None) => format!("Llame: {name}"),
    },
    open_until: |hour| format!("abierto hasta {}", the(hour)),
    opens: |name, day, hour| match day {
        Opening::Today => format!("{name} abre a {}.", the(hour)),
        Opening::Tomorrow => format!("{name} abre mañana a {}.", the(hour)),
        Opening::On(day) => format!("{name} abre el {day} a {}.", the(hour)),
    },
    now_call: |name| format!("Ahora: {name}"),
    call_then: "Llame entonces",
    and_more: |signs| format!("y {signs} más abajo"),

    whole_report: |path| format!("El informe completo: {path}"),
    not_kept: "El informe completo no se guardó.",

    not_finished_yet: |open| match open {
        1 => "Sin terminar: falta alrededor de 1 pregunta".to_owned(),
        _ => format!("Sin terminar: faltan unas {open} preguntas"),
    },
    certain_so_far: |level| format!("Seguro hasta ahora: al menos \"{level}\"."),
    at_least: |certain| format!("Sin terminar: al menos \"{certain}\""),
    at_least_could_be: |certain, possible| {
        format!("Sin terminar: al menos \"{certain}\", podría ser \"{possible}\"")
    },
    could_be: |possible| format!("Sin terminar: aún no hay resultado, podría ser \"{possible}\""),
    no_result: "Sin terminar: aún no hay resultado",
    go_on: "Siga con las preguntas para tener un resultado.",

    how_soon: "Cuándo",
    whom_to_contact: "A quién acudir",
    not_finished,
    stopped_early,
    flags_not_asked: |questions, place| match questions {
        1 => format!("No se hizo 1 pregunta sobre señales de alarma: vea \"{place}\"."),
        _ => format!("No se hicieron {questions} preguntas sobre señales de alarma: vea \"{place}\"."),
    },

    answered_unsure: |unsure| format!("Se respondió \"{unsure}\" a:"),
    could_mean: |meaning| format!("Podría significar: {meaning}"),
    because_unsure: "No está seguro de algo que importa. Hasta que se aclare, cuenta como así de urgente.",
    because_unsure_clinician: "Se respondió \"No lo sé\"",
    none_of: "nada de esto: ",

    say_result: |level, within| match within {
        Some(within) => format!("Me indicaron: \"{level}\", {within}."),
        None => format!("Me indicaron: \"{level}\"."),
    },
    say_unsure: |question| format!("No sé qué responder a esto: {question}"),

    answer_changed: |level| format!("Se cambió una respuesta. Antes, el resultado era \"{level}\"."),
    changed_from_to: |question, old, new, level| {
        format!("La respuesta a \"{question}\" pasó de {old} a {new}. Antes, el resultado era \"{level}\".")
    },

    number: "Número",
    question: "Pregunta",
    answer: "Respuesta",
    question_number: |number, question| format!("Pregunta {number}: {question}"),

    made: "Fecha",
    answered_on: "Respuestas del",
    answered_by: "Quién respondió",
    site: "Lugar",
    in_words_for: "Con palabras para",
    patient: "paciente",
    clinician: "profesional de salud",
    state: "Estado",
    state_not_finished: "sin terminar",
    program: "Programa",
    questionnaire: "Cuestionario",
};

const HEADINGS: Headings = Headings {
    result: "Resultado",
    why: "Por qué",
    also: "Además",
    not_certain: "Lo que queda en duda",
    what_to_do: "Qué hacer ahora",
    decided: "Las respuestas que lo decidieron",
    would_be: "Qué lo haría más urgente",
    on_the_phone: "Qué decir por teléfono",
    check_again: "Cuándo comprobar cómo sigue",
    changed_answers: "Respuestas cambiadas",
    all_answers: "Todas las respuestas",
    about_check: "Sobre este cuestionario",
    sources: "Fuentes",
    about_report: "Sobre este informe",
    handover: "Traspaso (SBAR)",
    rules: "Reglas que se cumplen",
    absent: "Señales de alarma preguntadas y ausentes",
    not_asked: "Señales de alarma por las que no se preguntó",
    to_consider: "Para considerar",
    for_the_person: "Lo que debe hacer la persona",
};

const HANDOVER: Handover = Handover {
    reference: "Referencia",
    corrected: "Respuestas corregidas",
    observed: "observado",
    from_record: "del historial",
    note: "nota",
    title: |title| format!("Traspaso SBAR: {title}"),
    situation: "Situación",
    background: "Antecedentes",
    assessment: "Evaluación",
    recommendation: "Recomendación",

    not_finished: |open| format!("Sin terminar: {open} sin responder; puede cumplirse alguna regla más."),
    stopped_early: |open| {
        format!(
            "Detenido antes del final: {open} sin responder; nada podía cambiar el nivel. Puede cumplirse alguna regla más."
        )
    },
    could_mean: |question, meaning| format!("{question} (podría significar: {meaning})"),
    contact: |who| format!("Contacto: {who}"),

    presenting: "Motivo de consulta",
    findings: "Hallazgos",
    advise: "Aconsejar",
    consider: "Considerar",
    unsure: "Se respondió \"No lo sé\"",
    lowered: "Resultado rebajado por un cambio",
    because: "Motivo",
    no_findings: "Aún sin hallazgos.",
    nothing: "Nada registrado.",
    others: "Otras reglas que se cumplen",
    absent: "Señales de alarma ausentes",
    other_answers: "Otras respuestas",

    none: "nada",
    none_of: |findings| format!("sin {findings}"),
};

fn stopped_early(open: usize) -> String {
    let missing = match open {
        1 => "falta 1 respuesta".to_owned(),
        _ => format!("faltan {open} respuestas"),
    };
    format!(
        "El cuestionario se detuvo antes del final: {missing}. Nada de lo que faltaba podía cambiar la urgencia. \
         Podía añadir motivos y pasos."
    )
}

fn not_finished(open: usize, could_be: bool) -> String {
    let (missing, more) = match open {
        1 => ("falta 1 respuesta".to_owned(), " Con ella puede ser más urgente."),
        _ => (format!("faltan {open} respuestas"), " Entre ellas puede haber algo más urgente."),
    };
    format!("Aún no ha terminado: {missing}.{}", if could_be { more } else { "" })
}

/// An hour of the clock with its article: `las 8:00`, but `la 1:00`.
fn the(hour: &str) -> String {
    if hour.starts_with("1:") { format!("la {hour}") } else { format!("las {hour}") }
}
