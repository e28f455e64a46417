//! What can still come, in Spanish.

use super::super::Outlook;

pub const OUTLOOK: Outlook = Outlook {
    ruled_out: "descartado",
    possible: |levels, questions| match questions {
        0 => format!("Aún posible: {levels}"),
        1 => format!("Aún posible: {levels} · 1 pregunta puede cambiarlo"),
        _ => format!("Aún posible: {levels} · {questions} preguntas pueden cambiarlo"),
    },
    possible_short: |levels, questions| match questions {
        0 => format!("Posible: {levels}"),
        _ => format!("Posible: {levels} · {}", counted(questions)),
    },
    levels: possible,
    questions: counted,
    decided: |level, key| format!("Decidido: {level}. Nada más puede cambiarlo. {key} termina aquí."),
    decided_short: |level, key| format!("Decidido: {level}. Con {key}, fin."),
    decided_shortest: |key| format!("Decidido · {key}"),

    not_decided: "Las respuestas aún pueden cambiar la urgencia.",
    not_taken: "Lo elegido aquí aún no cuenta. Pulse antes Enter o quítelo.",

    can_be: |levels, questions| match questions {
        0 => format!("Aún posible: {levels}."),
        1 => format!("Aún posible: {levels}. 1 pregunta aún puede cambiarlo."),
        _ => format!("Aún posible: {levels}. {questions} preguntas aún pueden cambiarlo."),
    },
    is_decided: |level| {
        format!(
            "Decidido: {level}. Nada de lo que falta puede cambiar la urgencia. Escriba terminar para ver ya el \
             resultado, o siga."
        )
    },
};

fn counted(questions: usize) -> String {
    match questions {
        1 => "1 pregunta".to_owned(),
        _ => format!("{questions} preguntas"),
    }
}

fn possible(levels: usize) -> String {
    match levels {
        1 => "1 nivel posible".to_owned(),
        _ => format!("{levels} niveles posibles"),
    }
}
