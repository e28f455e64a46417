use crate::words::Again;

pub const AGAIN: Again = Again {
    last_time: |date, level| format!("La última vez, el {date}: {level}."),
    now: |level| format!("Ahora: {level}."),
    no_result: "sin resultado",
    not_finished: "sin terminar",
    what_comes: "Volvemos a preguntar lo que puede haber cambiado. Las demás respuestas son las de la última vez. Puede verlas y cambiarlas.",
    how_many: |open| match open {
        1 => "Viene una pregunta, y quizá alguna más.".to_owned(),
        _ => format!("Vienen {open} preguntas, y quizá alguna más."),
    },
    answer_then: |answer| format!("La última vez: {answer}"),
    as_last_time: "como la última vez",
    heading: "En comparación con la última vez",
    more_urgent: "Esto es más urgente que la última vez.",
    as_urgent: "Esto es igual de urgente que la última vez.",
    less_urgent: "Esto es menos urgente que la última vez, por estas respuestas",
    less_urgent_by_file: "Esto es menos urgente que la última vez, y no es por ninguna respuesta: desde entonces han cambiado las preguntas o sus reglas.",
    other_version: |then, now| {
        format!("La última vez se usó la versión {then} de las preguntas, ahora la {now}.")
    },
    nothing_changed: "No ha cambiado ninguna respuesta.",
    changed: "Ha cambiado",
    column_then: "Antes",
    column_now: "Ahora",
};
